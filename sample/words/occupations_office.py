"""The figures of the occupations of the desk: records, text, figures and review."""

from __future__ import annotations

from sample.terms import OccupationFacts, SpecialtyFacts

_ANY_TIME = {"flexible": 6, "morning": 1, "evening": 1, "core": 1}
_OFFICE = {"day": 5, "core": 4, "morning": 2, "afternoon": 2, "flexible": 2}

OFFICE_FACTS: dict[str, OccupationFacts] = {
    "content_moderation": OccupationFacts(
        share=1.1,
        traits={"people": -0.7, "spoken": -0.8, "creative": -0.6, "pace": 0.6, "technology": 0.2},
        pay=(7, 14),
        phone=0.35,
        english=0.44,
        shifts={"night": 5, "evening": 4, "weekend": 3, "day": 2, "morning": 2, "flexible": 1},
        skills=("content_policy", "attention", "typing"),
        tools=("Two Hat", "Discord", "Besedo", "Meta Business Suite", "Reddit", "Hive"),
        specialties={
            "comments": SpecialtyFacts(("community", "writing", "conflict"), {"people": 0.5}),
            "images_video": SpecialtyFacts(("annotation", "games"), {"pace": 0.3}),
            "marketplace": SpecialtyFacts(("marketplace", "research"), {"numbers": 0.2, "persuasion": 0.1}),
        },
        neighbours={"data_labelling": 0.8, "community_management": 0.4, "qa_testing": 0.4},
    ),
    "virtual_assistance": OccupationFacts(
        share=1.5,
        traits={"people": 0.3, "pace": 0.5, "creative": 0.1, "numbers": 0.1, "spoken": -0.1},
        pay=(8, 20),
        phone=0.2,
        english=0.53,
        shifts={"core": 5, "morning": 3, "afternoon": 2, "evening": 2, "flexible": 3, "day": 2},
        skills=("agenda", "remote_tools", "writing", "research"),
        tools=("Notion", "Trello", "Asana", "Google Workspace", "Slack", "ClickUp"),
        specialties={
            "executive": SpecialtyFacts(("email_support", "files", "excel"), {"people": 0.2, "spoken": 0.3}),
            "real_estate": SpecialtyFacts(("crm", "calls", "canva"), {"persuasion": 0.5, "people": 0.3}),
            "entrepreneurs": SpecialtyFacts(("community", "canva", "invoicing"), {"creative": 0.5, "pace": 0.2}),
        },
        neighbours={"data_entry": 0.5, "appointment_setting": 0.6, "recruiting": 0.5},
    ),
    "data_entry": OccupationFacts(
        share=1.4,
        traits={"people": -0.8, "spoken": -0.9, "creative": -0.9, "numbers": 0.5, "pace": -0.3},
        pay=(6, 11),
        phone=0.1,
        english=0.26,
        shifts=_ANY_TIME | {"day": 2, "afternoon": 1},
        skills=("data_entry", "excel", "typing", "attention"),
        tools=("Excel", "Google Sheets", "Airtable", "SAP", "Access", "Odoo"),
        specialties={
            "forms": SpecialtyFacts(("files", "invoicing"), {"numbers": 0.3}),
            "catalogue": SpecialtyFacts(("shop_platform", "photoshop", "writing"), {"creative": 0.5, "numbers": -0.3}),
            "crm_cleaning": SpecialtyFacts(("crm", "research"), {"technology": 0.4, "persuasion": 0.1}),
        },
        neighbours={"transcription": 0.6, "data_labelling": 0.7, "bookkeeping": 0.4},
    ),
    "transcription": OccupationFacts(
        share=1.0,
        traits={"people": -0.8, "spoken": -0.2, "numbers": -0.7, "creative": -0.3, "pace": -0.7},
        pay=(6, 14),
        phone=0.05,
        english=0.31,
        shifts=_ANY_TIME,
        skills=("transcription", "typing", "listening", "proofreading"),
        tools=("Express Scribe", "oTranscribe", "Trint", "Otter", "Sonix", "InqScribe"),
        specialties={
            "interviews": SpecialtyFacts(("writing", "research"), {"people": 0.2}),
            "medical": SpecialtyFacts(("health_terms", "attention"), {"technology": 0.1, "numbers": 0.3}),
            "captions": SpecialtyFacts(("subtitles", "premiere"), {"creative": 0.5, "technology": 0.3}),
        },
        neighbours={"data_entry": 0.5, "translation": 0.5, "copywriting": 0.3},
    ),
    "data_labelling": OccupationFacts(
        share=1.0,
        traits={"people": -0.9, "spoken": -0.7, "creative": -0.7, "technology": 0.5, "pace": -0.2},
        pay=(6, 15),
        phone=0.4,
        english=0.44,
        shifts=_ANY_TIME,
        skills=("annotation", "attention", "remote_tools"),
        tools=("Label Studio", "CVAT", "Labelbox", "Prodigy", "Toloka", "SuperAnnotate"),
        specialties={
            "images": SpecialtyFacts(("photoshop", "games"), {"numbers": 0.2, "creative": 0.1}),
            "text": SpecialtyFacts(("writing", "proofreading", "research"), {"numbers": -0.4, "teaching": 0.3}),
            "audio": SpecialtyFacts(("transcription", "listening", "audio"), {"spoken": 0.7}),
        },
        neighbours={"content_moderation": 0.7, "data_entry": 0.7, "qa_testing": 0.4},
    ),
    "bookkeeping": OccupationFacts(
        share=1.2,
        traits={"numbers": 1.0, "people": -0.3, "spoken": -0.5, "creative": -0.8, "pace": -0.3},
        pay=(7, 18),
        phone=0.1,
        english=0.26,
        shifts=_OFFICE,
        skills=("excel", "accounting_software", "attention", "accounts"),
        tools=("Concar", "Siscont", "Nubefact", "QuickBooks", "Odoo", "Alegra"),
        specialties={
            "sunat_invoicing": SpecialtyFacts(("invoicing", "files"), {"pace": 0.4, "people": 0.2}),
            "reconciliation": SpecialtyFacts(("data_entry", "collections"), {"people": -0.3}),
            "foreign_books": SpecialtyFacts(("invoicing", "email_support"), {"technology": 0.4}),
        },
        neighbours={"payroll_hr": 0.7, "data_entry": 0.5, "collections": 0.4},
    ),
    "payroll_hr": OccupationFacts(
        share=0.8,
        traits={"numbers": 0.6, "people": 0.3, "creative": -0.6, "spoken": -0.2, "teaching": 0.2},
        pay=(8, 17),
        phone=0.1,
        english=0.22,
        shifts=_OFFICE,
        skills=("payroll", "excel", "labour_law", "files"),
        tools=("PLAME", "Buk", "Odoo", "BambooHR", "Ofisis", "Excel"),
        specialties={
            "payroll": SpecialtyFacts(("accounts", "attention"), {"numbers": 0.4, "people": -0.4}),
            "personnel_files": SpecialtyFacts(("data_entry", "email_support"), {"numbers": -0.5, "pace": -0.3}),
            "onboarding": SpecialtyFacts(("courtesy", "remote_tools", "classes"), {"people": 0.5, "teaching": 0.5}),
        },
        neighbours={"bookkeeping": 0.6, "recruiting": 0.7, "virtual_assistance": 0.4},
    ),
    "recruiting": OccupationFacts(
        share=0.9,
        traits={"people": 0.8, "spoken": 0.4, "persuasion": 0.4, "creative": -0.2, "teaching": 0.2, "pace": 0.3},
        pay=(8, 18),
        phone=0.15,
        english=0.35,
        shifts=_OFFICE | {"evening": 1},
        skills=("selection", "interviews", "courtesy", "crm"),
        tools=("LinkedIn Recruiter", "Computrabajo", "Bumeran", "Workable", "Greenhouse", "Zoom"),
        specialties={
            "sourcing": SpecialtyFacts(("research", "prospecting"), {"people": -0.5, "spoken": -0.6}),
            "screening": SpecialtyFacts(("calls", "listening"), {"spoken": 0.5}),
            "coordination": SpecialtyFacts(("agenda", "email_support", "excel"), {"pace": 0.3, "numbers": 0.2}),
        },
        neighbours={"payroll_hr": 0.6, "telesales": 0.4, "virtual_assistance": 0.5},
    ),
}
