"""What English ads say of the occupations that hire, teach, translate and design."""

from __future__ import annotations

from sample.terms import OccupationWords, SpecialtyWords

ENGLISH_PEOPLE: dict[str, OccupationWords] = {
    "payroll_hr": OccupationWords(
        tasks=(
            "keep employee records current in {tool}",
            "answer staff questions about payslips and leave",
            "protect salary and personal data",
            "coordinate monthly payments with accounting",
        ),
        specialties={
            "payroll": SpecialtyWords(
                ("Payroll Assistant", "Payroll Clerk, LatAm"),
                (
                    "calculate pay, overtime and deductions",
                    "prepare statutory filings",
                    "check that contributions add up",
                ),
            ),
            "personnel_files": SpecialtyWords(
                ("HR Records Assistant", "HR Administrator"),
                (
                    "build and review digital personnel files",
                    "watch contract end dates",
                    "collect e-signatures and file them",
                ),
            ),
            "onboarding": SpecialtyWords(
                ("Onboarding Coordinator", "People Operations Assistant"),
                (
                    "welcome newcomers on video calls",
                    "run the induction and share materials",
                    "support people through their first month",
                ),
            ),
        },
    ),
    "recruiting": OccupationWords(
        tasks=(
            "post openings in {tool} and other boards",
            "keep every applicant informed, also those not chosen",
            "agree the profile with hiring managers",
            "keep the process fair",
        ),
        specialties={
            "sourcing": SpecialtyWords(
                ("Talent Sourcer", "Recruitment Researcher"),
                (
                    "find profiles on LinkedIn and in our database",
                    "write outreach messages people answer",
                    "prepare short lists for {company}",
                ),
            ),
            "screening": SpecialtyWords(
                ("Phone Screener", "Junior Recruiter"),
                (
                    "run first interviews by phone",
                    "confirm experience, schedule and pay expectations",
                    "talk to about twenty applicants a day",
                ),
            ),
            "coordination": SpecialtyWords(
                ("Interview Coordinator", "Recruiting Assistant"),
                (
                    "book interviews between applicants and managers",
                    "send reminders, links and documents",
                    "check references",
                ),
            ),
        },
    ),
    "tutoring": OccupationWords(
        tasks=(
            "plan each lesson around the learner",
            "use {tool} for exercises",
            "tell parents what improved each week",
            "keep short notes of every session",
        ),
        specialties={
            "maths": SpecialtyWords(
                ("Online Maths Tutor", "Math Teacher (Remote)"),
                (
                    "teach algebra and geometry to secondary students",
                    "explain one problem in several ways",
                    "mark practice papers and show where it went wrong",
                ),
            ),
            "english": SpecialtyWords(
                ("Online English Tutor", "ESL Conversation Teacher"),
                (
                    "lead small conversation groups",
                    "prepare adults for interviews in English",
                    "work on pronunciation and everyday words",
                ),
            ),
            "school": SpecialtyWords(
                ("Primary School Tutor", "Homework Coach"),
                (
                    "support young children with homework in Spanish",
                    "invent games and worksheets that hold attention",
                    "strengthen reading",
                ),
            ),
        },
    ),
    "translation": OccupationWords(
        tasks=(
            "translate between English and Spanish and keep the meaning",
            "work with translation memories in {tool}",
            "maintain a glossary for each client",
            "ask when the source is unclear",
        ),
        specialties={
            "documents": SpecialtyWords(
                ("Document Translator EN-ES", "Legal Translator (Spanish)"),
                (
                    "translate contracts and certificates",
                    "compare dates, stamps and signatures with the original",
                    "keep the layout intact",
                ),
            ),
            "subtitles": SpecialtyWords(
                ("Subtitle Translator", "Audiovisual Translator"),
                (
                    "fit dialogue to screen time",
                    "adapt jokes for Latin American viewers",
                    "listen closely so no nuance is lost",
                ),
            ),
            "websites": SpecialtyWords(
                ("Localization Specialist ES", "Website Translator"),
                (
                    "translate menus, notices and pages about {goods}",
                    "test that texts fit buttons and screens",
                    "choose the words people search for",
                ),
            ),
        },
    ),
    "quechua_interpreting": OccupationWords(
        tasks=(
            "interpret between Quechua and Spanish with care",
            "explain words that have no direct match",
            "meet people from Andean communities on {tool}",
            "keep what you hear private",
        ),
        specialties={
            "health": SpecialtyWords(
                ("Quechua Health Interpreter", "Telehealth Interpreter (Quechua-Spanish)"),
                (
                    "join video visits between doctors and Quechua speakers",
                    "explain prescriptions in Quechua",
                    "call families about check-ups and vaccines",
                ),
            ),
            "surveys": SpecialtyWords(
                ("Quechua Phone Interviewer", "Quechua Survey Agent"),
                (
                    "run phone surveys in Quechua",
                    "enter answers in the form",
                    "explain consent before you ask",
                ),
            ),
            "public_services": SpecialtyWords(
                ("Quechua Interpreter for Public Services", "Quechua Community Interpreter"),
                (
                    "interpret at hearings held by video",
                    "translate short notices into Quechua",
                    "read documents aloud and explain what is being signed",
                ),
            ),
        },
    ),
    "graphic_design": OccupationWords(
        tasks=(
            "design in {tool} within the style guide",
            "offer two or three ideas and adjust after comments",
            "deliver tidy final files",
            "work closely with writers and marketing",
        ),
        specialties={
            "branding": SpecialtyWords(
                ("Brand Designer", "Logo and Identity Designer"),
                (
                    "create logos, palettes and brand guides",
                    "refresh the look of {company}",
                    "present concepts to the client",
                ),
            ),
            "social_pieces": SpecialtyWords(
                ("Social Media Designer", "Junior Graphic Designer"),
                (
                    "produce five to ten social pieces a day",
                    "resize one idea for stories, banners and ads",
                    "deliver urgent campaign requests",
                ),
            ),
            "packaging": SpecialtyWords(
                ("Packaging Designer", "Catalogue Layout Designer"),
                (
                    "design boxes and labels to exact measures",
                    "lay out catalogues of {goods}",
                    "prepare print-ready files",
                ),
            ),
        },
    ),
}
