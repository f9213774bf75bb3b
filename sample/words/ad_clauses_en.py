"""The clauses any English ad may hold: who hires, when, for how much, what is asked and what is offered."""

from __future__ import annotations

from engine.jobs import ContractType
from sample.terms import AdClauses

ENGLISH_CLAUSES = AdClauses(
    intros=(
        "{employer}, {company}, is hiring remotely: {job}.",
        "We are {company} and this opening is for our remote team: {job}.",
        "{employer} is hiring in Latin America. The position: {job}.",
        "Want to work with {company} from home? The opening is {job}.",
        "Join {employer}, fully remote, in the position of {job}.",
        "A growing team at {company} has an opening: {job}.",
        "On behalf of {company}, we are filling this position: {job}.",
    ),
    task_headings=("What you will do:", "Your tasks:", "Responsibilities:", "Day to day:"),
    task_sentences=(
        "You will {tasks}.",
        "Your job is to {tasks}.",
        "In this role you {tasks}.",
        "We need you to {tasks}.",
    ),
    task_additions=("You also {tasks}.", "Beyond that, you {tasks}.", "From time to time you {tasks}."),
    ask_headings=("Requirements:", "What we ask for:", "You have:", "About you:"),
    skill_asks=(
        "working knowledge of {skills}",
        "practice in {skills}",
        "comfortable with {skills}",
        "ideally {skills}",
        "some {skills}",
    ),
    tool_asks=("{tool} or similar", "willing to learn {tool}", "basic {tool}", "{tool} (we train you)"),
    experience=(
        "no experience needed, we teach you",
        "six months in a similar role",
        "a year of experience, paid or not",
        "two years of proven experience",
        "no degree required, only a short test",
        "a portfolio or samples of past work",
        "references from any earlier job",
        "technical studies finished or in progress",
    ),
    language_levels=("{language} at {level}", "{level} {language}", "{language}, level {level} or better"),
    language_no_level=("some {language}", "working {language}"),
    devices={
        1: ("a recent Android phone is enough", "the work can be done on a phone"),
        2: ("your own tablet or computer", "a tablet with a keyboard will do"),
        3: ("your own laptop or PC with 8 GB of RAM", "a reliable computer", "a laptop (we do not supply one)"),
    },
    connections={
        1: ("works on mobile data", "light on data"),
        2: ("stable home internet", "a wired or fibre connection", "20 Mbps internet or faster"),
    },
    fixed_hours=(
        "Schedule: {when} ({zone}).",
        "The shift runs {when}, {zone}.",
        "Working hours are {when} ({zone}), {hours} a week.",
    ),
    core_hours=(
        "{hours} hours a week, at least {core} of them with the team ({when}, {zone}).",
        "You overlap {core} hours a week with us ({when}, {zone}) and plan the rest, {hours} in all.",
    ),
    flexible_hours=(
        "Choose your own hours, about {hours} a week.",
        "{hours} hours a week, whenever suits you.",
        "No fixed shift; plan on {hours} hours weekly.",
    ),
    pay=(
        "Pay: {amount}.",
        "We pay {amount}.",
        "The rate is {amount}.",
        "Compensation of {amount}, depending on experience.",
    ),
    pay_unstated=("Pay depends on experience.", "Competitive pay.", "Rate to be agreed."),
    benefits=(
        "paid training",
        "payment every two weeks",
        "room to grow",
        "no messages after hours",
        "an internet allowance",
        "a friendly team without micromanagement",
        "a birthday off",
        "more hours later if you want them",
        "a buddy during your first weeks",
        "free courses",
        "performance bonus",
        "family-friendly leave",
        "a yearly bonus",
    ),
    contracts={
        ContractType.PERMANENT: ("a permanent contract", "a permanent position with full benefits"),
        ContractType.FIXED_TERM: ("a six-month contract that can be renewed", "a fixed-term contract"),
        ContractType.PROJECT: ("a contract per project", "an agreement by deliverables"),
        ContractType.FREELANCE: ("an independent contractor agreement", "freelance work without exclusivity"),
    },
    employer_facts=(
        "We started in {year} and are now {team} people.",
        "Our team of {team} is spread over Latin America.",
        "We have worked remotely since {year}.",
        "We are a small company of {team} where everyone knows each other.",
        "We welcome applicants with disabilities.",
        "We never charge applicants anything.",
        "We opened a new line this year, so we are growing.",
        "Pay has arrived on time since {year}.",
    ),
    closings=(
        "Apply with your CV, no photo please.",
        "Tell us in two lines why you would enjoy this.",
        "The process takes {days} days: one call and a short test.",
        "Start as soon as possible.",
        "We reply to every applicant within {days} days.",
        "The interview is on video and lasts twenty minutes.",
        "Attach a sample of your work if you have one.",
        "Send your application in English.",
    ),
)

LANGUAGE_WORDS_EN = {"es": "Spanish", "en": "English", "qu": "Quechua", "ay": "Aymara", "pt": "Portuguese"}
