"""The figures of the occupations that serve, sell to and answer customers."""

from __future__ import annotations

from sample.terms import OccupationFacts, SpecialtyFacts

_CALL_SHIFTS = {"day": 4, "morning": 2, "afternoon": 2, "evening": 3, "night": 2, "weekend": 2, "core": 1}
_CHAT_SHIFTS = {**_CALL_SHIFTS, "evening": 4, "night": 3, "flexible": 1}

SERVICE_FACTS: dict[str, OccupationFacts] = {
    "customer_service": OccupationFacts(
        share=1.7,
        traits={"people": 0.9, "spoken": 0.2, "creative": -0.4, "pace": 0.6, "persuasion": 0.1},
        pay=(6, 14),
        phone=0.45,
        english=0.31,
        shifts=_CHAT_SHIFTS,
        skills=("courtesy", "conflict", "patience", "crm", "tickets"),
        tools=("Zendesk", "Freshdesk", "Intercom", "WhatsApp Business", "HubSpot", "LiveChat"),
        specialties={
            "chat": SpecialtyFacts(("chat_support", "typing", "writing"), {"spoken": -0.8, "pace": 0.3}),
            "phone": SpecialtyFacts(("calls", "listening"), {"spoken": 0.8, "people": 0.1}),
            "email": SpecialtyFacts(("email_support", "writing", "proofreading"), {"spoken": -0.9, "pace": -0.7}),
        },
        neighbours={"ecommerce_support": 0.7, "technical_support": 0.5, "appointment_setting": 0.5},
    ),
    "technical_support": OccupationFacts(
        share=1.2,
        traits={"technology": 0.9, "people": 0.4, "teaching": 0.5, "creative": -0.3, "spoken": 0.4},
        pay=(7, 18),
        phone=0.1,
        english=0.4,
        shifts=_CALL_SHIFTS,
        skills=("tickets", "patience", "windows", "courtesy"),
        tools=("AnyDesk", "TeamViewer", "Jira Service Desk", "Freshservice", "Zendesk", "GLPI"),
        specialties={
            "internet": SpecialtyFacts(("networks", "calls", "listening"), {"spoken": 0.4, "pace": 0.4}),
            "software": SpecialtyFacts(("chat_support", "bug_reports", "remote_tools"), {"spoken": -0.7}),
            "devices": SpecialtyFacts(("hardware", "windows", "networks"), {"people": -0.3, "pace": -0.3}),
        },
        neighbours={"customer_service": 0.5, "qa_testing": 0.7, "web_development": 0.3},
    ),
    "telesales": OccupationFacts(
        share=1.2,
        traits={"persuasion": 1.0, "people": 0.7, "spoken": 0.9, "pace": 0.6, "creative": -0.1},
        pay=(6, 16),
        phone=0.4,
        english=0.22,
        shifts={"day": 5, "morning": 3, "afternoon": 3, "evening": 2, "weekend": 1},
        skills=("closing", "calls", "crm", "courtesy"),
        tools=("Vicidial", "Salesforce", "HubSpot", "Pipedrive", "Zoho CRM", "Kommo"),
        specialties={
            "outbound": SpecialtyFacts(("prospecting", "listening"), {"pace": 0.4}),
            "renewals": SpecialtyFacts(("conflict", "patience"), {"persuasion": -0.3, "teaching": 0.3}),
            "b2b": SpecialtyFacts(("prospecting", "email_support", "research"), {"pace": -0.6, "spoken": -0.3}),
        },
        neighbours={"appointment_setting": 0.8, "collections": 0.6, "recruiting": 0.4},
    ),
    "collections": OccupationFacts(
        share=0.9,
        traits={"persuasion": 0.7, "numbers": 0.6, "people": 0.3, "spoken": 0.6, "creative": -0.7},
        pay=(6, 13),
        phone=0.4,
        english=0.11,
        shifts={"day": 5, "morning": 3, "afternoon": 3, "evening": 1, "weekend": 1},
        skills=("collections", "conflict", "calls", "excel"),
        tools=("Vicidial", "Excel", "SAP", "Genesys", "Salesforce", "WhatsApp Business"),
        specialties={
            "early": SpecialtyFacts(("courtesy", "patience"), {"pace": 0.5, "people": 0.2}),
            "agreements": SpecialtyFacts(("closing", "accounts"), {"teaching": 0.4, "numbers": 0.2}),
            "written": SpecialtyFacts(("email_support", "chat_support", "writing"), {"spoken": -1.2, "people": -0.3}),
        },
        neighbours={"telesales": 0.6, "bookkeeping": 0.5, "customer_service": 0.4},
    ),
    "ecommerce_support": OccupationFacts(
        share=1.3,
        traits={"persuasion": 0.3, "people": 0.3, "spoken": -0.5, "pace": 0.4, "numbers": 0.2, "technology": 0.1},
        pay=(6, 14),
        phone=0.55,
        english=0.31,
        shifts={**_CHAT_SHIFTS, "flexible": 3},
        skills=("marketplace", "shop_platform", "courtesy", "excel"),
        tools=("Shopify", "Mercado Libre", "WooCommerce", "Tiendanube", "Amazon Seller Central", "VTEX"),
        specialties={
            "listings": SpecialtyFacts(("photoshop", "writing", "attention"), {"people": -0.7, "creative": 0.5}),
            "orders": SpecialtyFacts(("chat_support", "data_entry", "agenda"), {"pace": 0.4, "numbers": 0.2}),
            "returns": SpecialtyFacts(("conflict", "email_support", "patience"), {"people": 0.4, "persuasion": -0.3}),
        },
        neighbours={"customer_service": 0.7, "community_management": 0.5, "data_entry": 0.4},
    ),
    "appointment_setting": OccupationFacts(
        share=0.9,
        traits={"people": 0.7, "spoken": 0.7, "persuasion": 0.5, "creative": -0.5, "pace": 0.2, "numbers": -0.2},
        pay=(6, 15),
        phone=0.6,
        english=0.4,
        shifts={"day": 3, "morning": 4, "afternoon": 4, "evening": 2, "weekend": 1, "core": 1},
        skills=("agenda", "calls", "courtesy", "crm"),
        tools=("Calendly", "Google Calendar", "HubSpot", "GoHighLevel", "Aircall", "Doctoralia"),
        specialties={
            "clinics": SpecialtyFacts(("health_terms", "patience", "listening"), {"teaching": 0.4, "persuasion": -0.4}),
            "demos": SpecialtyFacts(("prospecting", "research", "closing"), {"persuasion": 0.4, "technology": 0.2}),
            "visits": SpecialtyFacts(("chat_support", "excel"), {"spoken": -0.4, "numbers": 0.3}),
        },
        neighbours={"telesales": 0.7, "virtual_assistance": 0.7, "customer_service": 0.5},
    ),
}
