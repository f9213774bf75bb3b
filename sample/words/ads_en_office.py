"""What English ads say of the occupations of records, text and review."""

from __future__ import annotations

from sample.terms import OccupationWords, SpecialtyWords

ENGLISH_OFFICE: dict[str, OccupationWords] = {
    "content_moderation": OccupationWords(
        tasks=(
            "apply the community rules the same way every time",
            "record the reason for each decision in {tool}",
            "escalate serious cases at once",
            "take the wellness breaks this work needs",
        ),
        specialties={
            "comments": SpecialtyWords(
                ("Community Moderator", "Comment Moderator"),
                (
                    "hide insults, spam and scams in comment threads",
                    "cool down arguments between {customers}",
                    "warn or suspend accounts that break the rules",
                ),
            ),
            "images_video": SpecialtyWords(
                ("Image and Video Reviewer", "Trust and Safety Reviewer"),
                (
                    "decide whether reported pictures and clips may stay",
                    "watch live streams during your shift",
                    "tag scenes that are not suitable for minors",
                ),
            ),
            "marketplace": SpecialtyWords(
                ("Listing Reviewer", "Ads Quality Reviewer"),
                (
                    "approve or reject ads for {goods}",
                    "spot fake prices, stolen photos and odd sellers",
                    "ask for documents when an ad looks wrong",
                ),
            ),
        },
    ),
    "virtual_assistance": OccupationWords(
        tasks=(
            "keep tasks and deadlines tidy in {tool}",
            "manage calendars and reminders",
            "sort the inbox and answer what needs no decision",
            "research online and sum it up on one page",
            "keep what you learn confidential",
        ),
        specialties={
            "executive": SpecialtyWords(
                ("Executive Virtual Assistant", "Remote Personal Assistant"),
                (
                    "book travel and track expenses for the founder",
                    "take meeting notes and send the decisions",
                    "speak with suppliers on the director's behalf",
                ),
            ),
            "real_estate": SpecialtyWords(
                ("Real Estate Virtual Assistant", "Property Listing Assistant"),
                (
                    "publish homes on the portals",
                    "call interested buyers and arrange viewings",
                    "update the CRM after each conversation",
                ),
            ),
            "entrepreneurs": SpecialtyWords(
                ("Virtual Assistant for a Small Business", "Admin and Social Media Assistant"),
                (
                    "answer messages, take orders and send invoices",
                    "schedule posts and make simple graphics",
                    "track income and spending in a sheet",
                ),
            ),
        },
    ),
    "data_entry": OccupationWords(
        tasks=(
            "type quickly with an error rate under one percent",
            "find duplicate or incomplete records in {tool}",
            "follow the capture manual to the letter",
            "ask instead of guessing",
        ),
        specialties={
            "forms": SpecialtyWords(
                ("Data Entry Clerk", "Document Data Typist"),
                (
                    "enter scanned forms and invoices into a database",
                    "check amounts and dates against the document",
                    "rename and file the scans",
                ),
            ),
            "catalogue": SpecialtyWords(
                ("Product Data Assistant", "Catalogue Data Entry"),
                (
                    "load {goods} with sizes, photos and prices",
                    "write short descriptions from a template",
                    "make names and categories consistent",
                ),
            ),
            "crm_cleaning": SpecialtyWords(
                ("CRM Data Assistant", "Lead List Researcher"),
                (
                    "complete missing contacts of {customers} by searching the web",
                    "merge duplicate CRM records",
                    "prepare clean lists for the sales team",
                ),
            ),
        },
    ),
    "transcription": OccupationWords(
        tasks=(
            "listen to recordings and type them with clean spelling",
            "mark time stamps and speakers in {tool}",
            "flag what cannot be heard and never invent it",
            "reread everything before you deliver",
        ),
        specialties={
            "interviews": SpecialtyWords(
                ("Interview Transcriber", "General Transcriptionist"),
                (
                    "transcribe research interviews and focus groups",
                    "remove names and private details",
                    "write a one-page summary of each recording",
                ),
            ),
            "medical": SpecialtyWords(
                ("Medical Transcriptionist", "Clinical Report Typist"),
                (
                    "type dictations from doctors",
                    "double-check drug names and doses",
                    "fill in report fields by specialty",
                ),
            ),
            "captions": SpecialtyWords(
                ("Captioner", "Spanish Caption Editor"),
                (
                    "time captions to the picture",
                    "describe sounds for deaf viewers",
                    "fix automatic captions",
                ),
            ),
        },
    ),
    "data_labelling": OccupationWords(
        tasks=(
            "label items following a written guide",
            "deliver daily batches in {tool}",
            "join calibration rounds with other reviewers",
            "tell us when the guide misses a case",
        ),
        specialties={
            "images": SpecialtyWords(
                ("Image Annotator", "Computer Vision Data Labeler"),
                (
                    "draw boxes and outlines around objects in photos",
                    "sort pictures of {goods} by type and condition",
                    "drop blurred or repeated images",
                ),
            ),
            "text": SpecialtyWords(
                ("AI Response Rater", "Spanish Text Annotator"),
                (
                    "rate the answers of an AI assistant",
                    "mark intent and mood in messages from {customers}",
                    "rewrite weak answers in natural Spanish",
                ),
            ),
            "audio": SpecialtyWords(
                ("Speech Data Contributor", "Audio Annotator"),
                (
                    "listen to short clips and confirm what is said",
                    "record sentences with your own voice",
                    "mark noise, accent and change of speaker",
                ),
            ),
        },
    ),
    "bookkeeping": OccupationWords(
        tasks=(
            "post purchases and sales in {tool}",
            "make the balances tie before month end",
            "chase missing receipts in time",
            "keep supporting documents in order in the cloud",
        ),
        specialties={
            "sunat_invoicing": SpecialtyWords(
                ("Invoicing Assistant (Peru)", "Billing Clerk, LatAm"),
                (
                    "issue electronic invoices and credit notes in Peru's tax portal",
                    "correct rejected invoices",
                    "send invoices to {customers} and confirm receipt",
                ),
            ),
            "reconciliation": SpecialtyWords(
                ("Accounting Assistant", "Reconciliation Clerk"),
                (
                    "reconcile bank and payment-gateway accounts weekly",
                    "review payables and receivables",
                    "hunt small differences until you find them",
                ),
            ),
            "foreign_books": SpecialtyWords(
                ("Remote Bookkeeper", "QuickBooks Bookkeeper"),
                (
                    "keep the books of small US companies",
                    "sort card expenses and request receipts by email",
                    "prepare the monthly close for the CPA",
                ),
            ),
        },
    ),
}
