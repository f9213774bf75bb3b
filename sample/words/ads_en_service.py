"""What English ads say of the occupations that serve, sell to and answer customers."""

from __future__ import annotations

from sample.terms import OccupationWords, SpecialtyWords

ENGLISH_SERVICE: dict[str, OccupationWords] = {
    "customer_service": OccupationWords(
        tasks=(
            "help {customers} quickly and in plain language",
            "log every case in {tool} and follow it until it is solved",
            "hand tricky complaints over to the right team",
            "explain our offers and policies about {goods}",
            "spot complaints that keep coming back and tell your lead",
        ),
        specialties={
            "chat": SpecialtyWords(
                ("Live Chat Agent", "Chat Support Representative"),
                (
                    "handle three to four chats at the same time",
                    "adapt saved replies so they never sound robotic",
                    "answer website and WhatsApp messages within minutes",
                ),
            ),
            "phone": SpecialtyWords(
                ("Inbound Call Center Agent", "Phone Support Representative"),
                (
                    "answer incoming calls and solve most of them on the first try",
                    "keep a warm voice with upset callers",
                    "verify each caller's details before making changes",
                ),
            ),
            "email": SpecialtyWords(
                ("Email Support Specialist", "Customer Care Writer"),
                (
                    "clear a shared inbox of about fifty tickets a day",
                    "write careful answers to formal complaints",
                    "read the customer's history before replying",
                ),
            ),
        },
    ),
    "technical_support": OccupationWords(
        tasks=(
            "diagnose problems remotely and walk people through the fix",
            "document each ticket in {tool}",
            "escalate what cannot be fixed from a distance",
            "turn common problems into short help articles",
        ),
        specialties={
            "internet": SpecialtyWords(
                ("Internet Support Agent", "Broadband Technical Support"),
                (
                    "check signal levels and set up home routers over the phone",
                    "book field technicians when a line is down",
                    "explain outages and repair times to {customers}",
                ),
            ),
            "software": SpecialtyWords(
                ("Application Support Specialist", "SaaS Support Agent (Tier 1)"),
                (
                    "answer product questions by chat for {company}",
                    "reproduce bugs and report them to engineering",
                    "set up accounts, roles and permissions",
                ),
            ),
            "devices": SpecialtyWords(
                ("IT Help Desk Technician", "Remote Desktop Support"),
                (
                    "install software and printers over a remote session",
                    "look after laptops, backups and antivirus for the staff",
                    "keep the list of devices and licences current",
                ),
            ),
        },
    ),
    "telesales": OccupationWords(
        tasks=(
            "reach a weekly target with uncapped commission",
            "record every conversation in {tool}",
            "answer objections honestly",
            "call people back exactly when you promised",
        ),
        specialties={
            "outbound": SpecialtyWords(
                ("Outbound Sales Agent", "Telesales Representative"),
                (
                    "call warm leads and offer {goods}",
                    "close the sale and confirm the order on the same call",
                    "make around a hundred dials a shift",
                ),
            ),
            "renewals": SpecialtyWords(
                ("Retention Specialist", "Renewals Agent"),
                (
                    "talk to {customers} who want to cancel and find a better plan",
                    "renew contracts that are about to end",
                    "win back accounts lost in the last quarter",
                ),
            ),
            "b2b": SpecialtyWords(
                ("Sales Development Representative", "B2B Lead Generation Agent"),
                (
                    "build lists of companies on LinkedIn",
                    "write first-contact emails and follow up",
                    "pass qualified meetings to the account team",
                ),
            ),
        },
    ),
    "collections": OccupationWords(
        tasks=(
            "work an assigned list of overdue accounts",
            "record promises to pay in {tool}",
            "stay respectful and within the law at all times",
            "report recovered amounts every week",
        ),
        specialties={
            "early": SpecialtyWords(
                ("Early Collections Agent", "Payment Reminder Caller"),
                (
                    "call {customers} shortly before and after the due date",
                    "explain the ways to pay",
                    "handle many short calls per shift",
                ),
            ),
            "agreements": SpecialtyWords(
                ("Payment Plan Negotiator", "Debt Resolution Agent"),
                (
                    "work out instalments people can really afford",
                    "negotiate settlements inside approved limits",
                    "explain interest and fees clearly",
                ),
            ),
            "written": SpecialtyWords(
                ("Accounts Receivable Assistant", "Digital Collections Assistant"),
                (
                    "send reminders by email and text on schedule",
                    "answer written requests for statements",
                    "sort overdue invoices by age in a spreadsheet",
                ),
            ),
        },
    ),
    "ecommerce_support": OccupationWords(
        tasks=(
            "check the shop in {tool} every day and fix what is missing",
            "answer {customers} before and after they buy",
            "agree stock levels of {goods} with the warehouse",
            "protect the seller rating",
        ),
        specialties={
            "listings": SpecialtyWords(
                ("Product Listing Specialist", "Marketplace Listing Assistant"),
                (
                    "publish listings with clean photos and accurate titles",
                    "remove backgrounds and order images",
                    "adjust prices and coupons against competitors",
                ),
            ),
            "orders": SpecialtyWords(
                ("Order Processing Assistant", "E-commerce Fulfilment Coordinator"),
                (
                    "create shipping labels and share tracking numbers",
                    "chase couriers about late parcels",
                    "match the day's orders against what was shipped",
                ),
            ),
            "returns": SpecialtyWords(
                ("Returns and Refunds Agent", "After-sales Support Agent"),
                (
                    "process returns, exchanges and refunds",
                    "answer marketplace claims with evidence",
                    "turn unhappy buyers into returning ones",
                ),
            ),
        },
    ),
    "appointment_setting": OccupationWords(
        tasks=(
            "keep the calendar in {tool} full and free of clashes",
            "confirm every booking the day before",
            "rebook people who missed their slot",
            "note the reason for each visit",
        ),
        specialties={
            "clinics": SpecialtyWords(
                ("Virtual Medical Receptionist", "Patient Scheduler"),
                (
                    "book patients with the right doctor by phone",
                    "explain how to prepare for tests",
                    "check insurance cover before the visit",
                ),
            ),
            "demos": SpecialtyWords(
                ("Appointment Setter", "Demo Booking Agent"),
                (
                    "contact people who left their details and book a demo",
                    "ask qualifying questions before you book",
                    "message possible buyers of {goods} on LinkedIn",
                ),
            ),
            "visits": SpecialtyWords(
                ("Field Service Scheduler", "Dispatch Assistant"),
                (
                    "plan daily routes for technicians",
                    "text {customers} their arrival window",
                    "reshuffle visits when someone runs late",
                ),
            ),
        },
    ),
}
