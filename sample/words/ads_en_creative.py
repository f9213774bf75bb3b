"""What English ads say of the occupations of video, networks, writing and the web."""

from __future__ import annotations

from sample.terms import OccupationWords, SpecialtyWords

ENGLISH_CREATIVE: dict[str, OccupationWords] = {
    "video_editing": OccupationWords(
        tasks=(
            "cut footage and give it rhythm",
            "clean audio and balance voices",
            "add simple text and graphics in {tool}",
            "deliver a version for each platform",
        ),
        specialties={
            "reels": SpecialtyWords(
                ("Short-form Video Editor", "Reels and TikTok Editor"),
                (
                    "edit several vertical videos a day with bold captions",
                    "follow trends and sounds",
                    "find a hook for the first three seconds",
                ),
            ),
            "youtube": SpecialtyWords(
                ("YouTube Video Editor", "Podcast Video Editor"),
                (
                    "edit episodes of twenty minutes or more",
                    "remove pauses and keep the best parts",
                    "make thumbnails and end screens",
                ),
            ),
            "courses": SpecialtyWords(
                ("E-learning Video Editor", "Explainer Video Animator"),
                (
                    "edit recorded lessons and sync the slides",
                    "animate diagrams about {goods}",
                    "check that each lesson flows",
                ),
            ),
        },
    ),
    "community_management": OccupationWords(
        tasks=(
            "plan the month's posts",
            "schedule content in {tool}",
            "measure reach and explain it simply",
            "guard the tone of the brand",
        ),
        specialties={
            "small_business": SpecialtyWords(
                ("Social Media Manager for Local Shops", "Community Manager"),
                (
                    "run the accounts of several small businesses",
                    "take photos and stories on a phone",
                    "turn messages into orders",
                ),
            ),
            "replies": SpecialtyWords(
                ("Social Media Support Agent", "Community Engagement Agent"),
                (
                    "reply to comments and private messages from {customers}",
                    "notice a crisis before it grows",
                    "thank reviewers and deal with the bad reviews",
                ),
            ),
            "paid_social": SpecialtyWords(
                ("Paid Social Specialist", "Meta Ads Analyst"),
                (
                    "build and tune paid campaigns",
                    "watch cost per result and daily budgets",
                    "report results in spreadsheets",
                ),
            ),
        },
    ),
    "copywriting": OccupationWords(
        tasks=(
            "write clear copy without mistakes",
            "research {goods} before writing",
            "adapt your voice to each brand",
            "work in {tool} with tracked changes",
        ),
        specialties={
            "articles": SpecialtyWords(
                ("Spanish Blog Writer", "Content Writer"),
                (
                    "write articles of 800 to 1,500 words",
                    "interview experts and quote sources",
                    "explain hard topics to ordinary readers",
                ),
            ),
            "emails_ads": SpecialtyWords(
                ("Email and Ads Copywriter", "Direct Response Copywriter"),
                (
                    "write ads, emails and sales pages",
                    "test two versions and keep the better one",
                    "turn short copy around in a day",
                ),
            ),
            "product_sheets": SpecialtyWords(
                ("Product Description Writer", "E-commerce Copywriter"),
                (
                    "write hundreds of product pages in one format",
                    "include keywords and sizes",
                    "polish texts translated from another language",
                ),
            ),
        },
    ),
    "seo": OccupationWords(
        tasks=(
            "track rankings and traffic with {tool}",
            "study what people search for about {goods}",
            "report results once a month",
            "order improvements by impact",
        ),
        specialties={
            "content_seo": SpecialtyWords(
                ("SEO Content Specialist", "Junior SEO Analyst"),
                (
                    "turn keyword research into article briefs",
                    "improve titles and internal links",
                    "edit pages so they answer the search",
                ),
            ),
            "technical_seo": SpecialtyWords(
                ("Technical SEO Analyst", "Website Audit Specialist"),
                (
                    "audit speed, indexing and errors",
                    "work with structured data and redirects",
                    "write small scripts that check pages",
                ),
            ),
            "local_search": SpecialtyWords(
                ("Local SEO Specialist", "Google Business Profile Assistant"),
                (
                    "improve the map listings of many branches",
                    "ask for reviews and answer them",
                    "talk to owners to keep details right",
                ),
            ),
        },
    ),
    "web_development": OccupationWords(
        tasks=(
            "write tidy code and test it",
            "use {tool} every day",
            "estimate work and warn early when it slips",
            "fix bugs reported by {customers}",
        ),
        specialties={
            "wordpress": SpecialtyWords(
                ("WordPress Developer", "Website Builder"),
                (
                    "build sites and shops on WordPress",
                    "install themes, plugins and payment gateways",
                    "handle change requests from clients",
                ),
            ),
            "frontend": SpecialtyWords(
                ("Junior Frontend Developer", "React Developer"),
                (
                    "turn Figma designs into components",
                    "make pages work well on slow phones",
                    "improve accessibility",
                ),
            ),
            "automation": SpecialtyWords(
                ("Python Automation Developer", "Junior Backend Developer"),
                (
                    "automate reports and repeated tasks",
                    "connect systems through APIs",
                    "write SQL and look after the database",
                ),
            ),
        },
    ),
    "qa_testing": OccupationWords(
        tasks=(
            "test each release before the public sees it",
            "report bugs with clear steps and screenshots",
            "retest after every fix",
            "keep test cases in {tool}",
        ),
        specialties={
            "web_testing": SpecialtyWords(
                ("QA Tester, Web", "Manual QA Analyst"),
                (
                    "test forms, payments and permissions in several browsers",
                    "check API responses",
                    "verify data with simple queries",
                ),
            ),
            "mobile_apps": SpecialtyWords(
                ("Mobile App Tester", "QA Analyst, Android"),
                (
                    "try the app on many Android phones",
                    "see what happens when the signal drops",
                    "watch real users and take notes",
                ),
            ),
            "games_testing": SpecialtyWords(
                ("Game Tester", "Mobile Games QA"),
                (
                    "replay levels looking for faults",
                    "record bugs on video",
                    "comment on difficulty and fun",
                ),
            ),
        },
    ),
}
