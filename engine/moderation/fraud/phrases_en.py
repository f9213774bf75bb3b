"""The phrases of fraudulent offers in English, in the notation of `engine.moderation.fraud.phrases`."""

from __future__ import annotations

from engine.moderation.fraud.phrases import PIECES, Phrase, phrases
from engine.offer_signs import SignKind

_PIECES = {
    **PIECES,
    "FEE": r" (?:registration|training|application|processing|enroll?ment|activation|starter|onboarding"
    r"|background check|equipment|administration|admin|membership|certification|license|licence|verification"
    r"|reservation|software) (?:fees?|costs?|kit|pack|package|deposit|payment|materials)",
    "TO_START": r" (?:to (?:start|begin|get started|register|apply|join|unlock|activate|secure|reserve|confirm|access"
    r"|qualify|enroll|cover)|before (?:starting|you (?:start|begin)|your first|training)|for (?:the|your) (?:training"
    r"|registration|kit|starter|equipment|materials|application|background|account))",
    "SECRET": r" (?:bank (?:account|accounts|details|login|information|info|card)|account (?:number|details)"
    r"|routing number|(?:credit|debit) card|card (?:number|details)|passwords?|pin|otp|passcode|ssn"
    r"|social security number|online banking|verification code|login details|cvv)",
    "PAPERS": r" (?:(?:photo|photos|picture|pictures|selfie|scan)(?: (?:of|with|holding|your|a|both|sides|the))+"
    r" (?:id|passport|dni|ssn|license|identity card)|(?:otp|verification code|one time code|code)"
    r" (?:that )?(?:you (?:receive|get|will)|we (?:send|text)|sent to))",
    "TASK": r" (?:likes?|liking|videos?|tasks?|ads?|reviews?|hotels?|stars?|clicks?|surveys?)",
}

_MONEY = """
pay|paying|cover a|an|the|your|for|small|one|time|refundable|only|just|first|upfront|nominal* MONEY? FEE <<
    who|clients|members|we|they|employers|will
fee|fees|deposit of|is|only|just? MONEY TO_START|refundable|required
refundable|nonrefundable|upfront|nominal fee|fees|deposit|payment|cost|training_fee|registration_fee
    is|are|of|required|only|MONEY* MONEY|required|TO_START|will|must
registration|training|application|processing|enrollment|activation|onboarding|administration|membership|admin
    fee|fees|deposit of|is|only|a|just* MONEY|required|applies|must|refundable
you must|need_to|have_to|will_need_to|should|are_required_to|only_need_to first|then|also|just?
    pay|buy|purchase|deposit|invest a|an|the|your|our|for|small|own|starter* FEE|MONEY|kit|starter|package|membership
    |gift_cards|fee|deposit|inventory
pay|send|deposit|transfer|invest|recharge|top_up us|just|only|a|minimum|of|at|least* MONEY TO_START <<
    we|will|be|clients
deposit|send|transfer|invest|recharge only|just|at|least|a|minimum|of* MONEY << we|will|direct|clients|who|that
applicants|candidates|workers|you must|need_to|have_to|will_have_to [1] pay|buy|purchase|deposit
    a|an|the|their|your|own* FEE|MONEY|kit|starter|package|deposit
buy|purchase|send our|the|a|your|some? starter_kit|gift_card|gift_cards|starter_pack|welcome_kit|bitcoin|usdt|crypto
    << with|clients
initial|small|minimal|minimum investment|deposit is|of|required|to|MONEY
recharge|top|fund|load up? your account|wallet|balance
requires|require|charge|charging a|an|the|small|upfront|refundable|one|time|nominal* FEE|deposit_of|upfront_payment
"""

_SECRETS = """
send|share|provide|give|submit|text|email|forward|confirm|enter|upload|reply|whatsapp us|me? [6] your [6] SECRET
send|share|provide|give|submit|text|email|forward|confirm|enter|upload|reply|whatsapp us|me? [5] PAPERS
we need|require|will_need|will_ask_for [2] your [2] SECRET
"""

_CLICKS = """
earn|earning|paid|get|commission|commissions|money [5] for|per|by each|every|liking|watching|rating|completing? TASK
    !and|of_clients|management << base|be
paid to? like|liking|watch|watching|follow|rate|rating|subscribe [2] videos|posts|channels|pages|hotels|ads|apps
like|liking|likes|subscribe|subscribing|follow|following to|and|youtube|tiktok|instagram|facebook|our|the|some|posts*
    videos|channels|posts|pages|accounts [6] earn|get_paid|paid|commission|money
rate|rating|review|reviewing hotels|restaurants|apps|products? with|hotels|restaurants? [5] earn|stars|commission|paid
complete|completing|do AMOUNT? simple|easy|daily|small|short|online|optimization* tasks [6]
    earn|get_paid|commission|commissions|withdraw|cash_out
unlock|unlocking [3] tasks|task|vip|level|levels|commissions
optimize|optimizing|boost|boosting apps|app|products|hotel|data [5] commission|commissions|earn
"""

_PYRAMID = """
build|grow|create your own? downline|network_of_distributors|team_of_distributors|network_marketing
multi level_marketing
multilevel|mlm marketing|company|business|opportunity|structure|team
network marketing_opportunity|marketing_business|marketing_company|marketing_team
recruit|invite|refer|enroll your? friends|people|others|family|members [5] earn|commission|bonus|commissions|get_paid
earn|income|commission|commissions [3] from your? downline|referrals|recruits|team_sales
earn|income|commission|commissions [3] everyone|people|person|anyone|friends|those they|you|that*
    recruit|invite|refer|enroll
passive|residual income
financial freedom
"""

_MULE = """
receive|receiving|accept|accepting|process|processing [3] payments|funds|transfers|money|deposits
    from|our|clients|customers|of|the* in|into|to|through|via|using|on your personal|own|bank?
    account|accounts|bank_account
use|using|lend|rent|rent_out your personal|own? bank_account|paypal_account|cash_app|bank_accounts
keep|keeping AMOUNT of|from [3] payment|payments|transfer|transfers|deposit|amount|transaction
pass|passing the? rest
keep|keeping [3] and|then transfer|forward|send|wire [3] rest|remaining|remainder|balance
deposit it|the? check? [5] send|transfer|wire|forward [5] money|rest|remaining|vendor|part|funds
relabel|relabeling|relabelling [8] abroad|overseas|from_home|at_home|your_home
reship|reshipping|repackage|repack|repacking the|and? packages|package|parcels|items|goods|agent|clerk|from_home
forward|forwarding|ship packages|parcels|package|parcel from your|home|our|the? home|address|house
receive|receiving [2] packages|parcels|mail at your|home? home|address|house
package|parcel forwarding|reshipping agent|from_home|job
"""

_CHAT = """
message|text|contact|write|reach|add|dm|apply|interview|interviews [5] CHAT !business|web|for|to_customers
only|exclusively via|through|by|on|at|over CHAT
whatsapp|telegram at|on|number|me|us* PHONE
"""

ENGLISH_PHRASES: tuple[Phrase, ...] = phrases(
    {
        SignKind.ASKS_FOR_MONEY: _MONEY,
        SignKind.ASKS_FOR_SECRETS: _SECRETS,
        SignKind.PAID_CLICKS: _CLICKS,
        SignKind.PYRAMID: _PYRAMID,
        SignKind.MONEY_MULE: _MULE,
        SignKind.PRIVATE_CHAT_ONLY: _CHAT,
    },
    _PIECES,
)
