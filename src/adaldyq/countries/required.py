"""What every pack must state, with what it is for: the rooms above ask for these names."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from adaldyq.countries.facts import AmountUnit

DEADLINES: Mapping[str, str] = {
    "correction_answer": "The registrar answers a correction request.",
    "data_request_answer": "A person is given all that is held on them.",
    "appeal": "A decision may be appealed.",
    "appeal_answer": "An appeal is decided.",
    "non_filer_notice": "A person who has not filed is told so, counted from the last day to file.",
    "explanation": "A person who was asked to explain a finding answers.",
    "report_acknowledgement": "Whoever reported a wrong is told that the report has come.",
    "report_second_look": "Another officer looks at what was set aside as no report; after that it goes back to the others.",
    "report_feedback": "Whoever reported a wrong is told what was done.",
    "report_feedback_justified": "The same where a reason of `report_delay` was stated, counted from the same day.",
    "protection_start": "A protection file of somebody who reported is taken up.",
    "employer_reason": "An employer who is asked shows another reason than the report; who is silent has shown none.",
    "interim_relief": "Interim relief for somebody who reported is decided.",
    "reward_claim": "A reward that was granted is fetched; then it lapses.",
    "question_answer": "An official answers a question from the public.",
    "public_comment": "A draft stands open for comment.",
    "permit_decision": "An application for a permit is decided, where its own rule says nothing.",
    "permit_justification": "A body justifies its permits that are reviewed; those that it does not justify fall.",
    "inspection_notice": "A business is told of an inspection before it.",
    "bill_payment": "An invoice is paid before it expires.",
    "duty_explanation": "The head of a body answers for a case against a subordinate.",
    "filing_extension": "The most by which the last day to file is put off for one person.",
    "late_entry_filing": "Whoever is obliged for a year that was over before by a late entry of a register files, counted from the entry.",
    "late_opening": "What was filed before its person was known as an official opens to everybody, counted from the day of the message.",
    "non_filing_decision": "An officer decides about a declaration that was not filed, counted from the notice.",
    "review_decision": "An analyst decides about a declaration that was selected for review.",
    "review_absence": "A review waits for an analyst who is away; whoever is away longer loses it to another.",
    "review_supplement": "Those who filed after a draw for review come into a later one, so long after it.",
}

THRESHOLDS: Mapping[str, str] = {
    "gift_limit": "A gift worth more may not be accepted.",
    "foreign_account_declared": "Money in accounts abroad worth more is declared.",
    "valuable_declared": "A thing other than real estate and vehicles worth more is declared.",
    "debt_declared": "A debt or claim worth more is declared.",
    "large_acquisition": "Whoever buys for more in a year declares, with the source of the money.",
    "cash_report": "A cash operation of this worth is reported.",
    "suppressed_below": "A cell of public statistics that counts fewer is not shown; counts of reports are multiples of it.",
    "street_sum": "A sum asked for at a service that is more is taken for a slip, and not counted.",
    "street_least": "Of fewer reports about a service in a region no rule asks whether bribes are asked for there.",
    "full_age": "Years from which a person is of full age.",
    "marriage_age": "Years below which nobody is married, with every leave that the law gives.",
    "non_filing_fine": "The fine of whoever has not filed a declaration after a notice.",
    "money_to_income": "Money worth so many times a year's income is asked about.",
    "gifts_of_income": "Gifts that are more than this part of all income are asked about.",
    "expenses_to_means": "Expenses of so many times income and money together are asked about.",
    "debts_to_means": "Debts of so many times income and money together are asked about.",
    "wealth_unexplained": "Growth of wealth is asked about only when at least so much of it is unexplained.",
    "gift_asked": "Gifts of a year from one giver who is no relative are asked about when they are worth more, and more than `gift_limit`.",
    "asked_above": "A difference or thing worth no more is not asked about, in rules that name it.",
    "price_to_market": "A price below this part of the market value is asked about.",
    "costly_use": "The use of somebody else's thing that is worth more is asked about.",
    "large_cash": "Cash worth more than this is asked about, whatever the post.",
    "money_lent": "Money lent to others is asked about when it is more.",
    "prize_income": "Prizes and winnings of a year are asked about when they are more.",
    "cash_to_peers": "Cash worth so many times the median of those in the same body is asked about.",
    "cash_of_peers": "Cash worth no more than this is not held against that of peers.",
    "private_loan": "A debt to a person or a company that is more is asked about.",
    "private_loan_power": "The same of a debt to a company, where the post has power over businesses.",
    "foreign_account": "Money in an account abroad is asked about when it is more.",
    "values_repeated": "Round sums that stay the same year after year are asked about when they come to more.",
    "undeclared_account": "The difference between a bank's balance and what was declared is asked about when it is more.",
    "undeclared_income": "The difference between income that was reported and declared is asked about when it is more.",
    "large_dwelling": "A dwelling of more square metres is asked about.",
    "costly_vehicle": "A vehicle worth more is asked about.",
    "change_notice": "Days within which a significant change is notified, where the law asks for a notice.",
    "amendment": "Days after the last day to file beyond which an amendment with more in it is asked about.",
    "reward_above": "Whoever reported gets a share of money that came back above this, and a fixed reward up to it.",
    "reward_share": "The share, of a hundred.",
    "reward_cap": "The most that is given for a report.",
    "review_risk_share": "Of a hundred declarations of a year, so many are reviewed for what the rules ask about them.",
    "review_random_share": "Of a hundred declarations of a year, so many are reviewed by lot.",
    "permit_hour": "What an hour of work that a permit asks for costs a business.",
    "review_weight_high": "What a finding of high severity weighs when declarations are selected for review.",
    "review_weight_medium": "What a finding of medium severity weighs then.",
    "review_weight_low": "What a finding of low severity weighs then.",
}

SUMS, INDEX = (AmountUnit.INDEX, AmountUnit.CURRENCY), (AmountUnit.INDEX,)
NUMBER, PERCENT = (AmountUnit.NUMBER,), (AmountUnit.PERCENT,)
UNITS: Mapping[str, Collection[AmountUnit]] = {
    **dict.fromkeys(("gift_limit", "gift_asked", "asked_above", "costly_use", "costly_vehicle", "large_cash"), INDEX),
    **dict.fromkeys(("money_lent", "prize_income", "wealth_unexplained", "cash_of_peers", "private_loan"), INDEX),
    **dict.fromkeys(("private_loan_power", "foreign_account", "values_repeated"), INDEX),
    **dict.fromkeys(("undeclared_account", "undeclared_income"), INDEX),
    **dict.fromkeys(
        ("cash_declared", "cash_most", "foreign_account_declared", "valuable_declared", "debt_declared"), SUMS
    ),
    **dict.fromkeys(("large_acquisition", "expense_declared", "street_sum", "non_filing_fine", "permit_hour"), SUMS),
    **dict.fromkeys(("reward_above", "reward_cap"), SUMS),
    **dict.fromkeys(("money_to_income", "expenses_to_means", "debts_to_means", "cash_to_peers"), NUMBER),
    **dict.fromkeys(("large_dwelling", "change_notice", "amendment", "street_least", "suppressed_below"), NUMBER),
    **dict.fromkeys(("full_age", "marriage_age"), NUMBER),
    **dict.fromkeys(("gifts_of_income", "price_to_market", "reward_share"), PERCENT),
    **dict.fromkeys(("review_risk_share", "review_random_share"), PERCENT),
}
"""What a threshold may be counted in: a rule multiplies by the index only what is counted in it, and a page that tells a
sum needs one. Thresholds that are not named here may be counted in anything."""

OPTIONAL_THRESHOLDS: Mapping[str, str] = {
    "cash_declared": "Cash on hand worth more is declared; without it cash of any worth is.",
    "cash_most": "Cash on hand is stated up to this sum, which is the most that the law lets a person state.",
    "expense_declared": "An expense of a year that is more is declared.",
}
"""What a pack may leave out; the pages then tell of no such sum."""

FIXED_REWARD, OF_A_CLASS = "reward_fixed_", "The fixed reward of a class of `reward_class`."

SERVICE_FEE = "street_fee_"
"""The largest official fee of a service of `street_service`, whose code ends the name. A pack may leave them out."""

RETENTION: Mapping[str, str] = {
    "person": "A person's entries in the base registries, after the death.",
    "evidence": "A file that was handed in as evidence, after its matter is closed, or after it came where there is none.",
    "declaration": "A declaration, counted from the end of the year it is about.",
    "declaration_public": "How long a declaration and whether it was filed are public where the law opens them, counted from the end of the year they are about.",
    "obligation": "The obligation to declare and what followed when nobody filed, counted from the end of the year it is about.",
    "declaration_held": "The longest that an open procedure holds a declaration or obligation past its term, counted from the end of the year they are about.",
    "draft": "A draft of a declaration that was never filed, counted from when it was last written.",
    "sent_file": "What became of a file of declarations that was sent, counted from when it was last sent.",
    "explanation": "What was asked about a declaration and answered, counted from the end of the year it is about.",
    "read_log": "Who read whose data.",
    "read_withheld": "How long a person is not told who read their data in an investigation, so that it is not given away.",
    "report": "A report of a wrong, after its matter is closed.",
    "street_report": "What somebody told openly of a service, counted from the end of the year it is about.",
    "message": "A notification that was sent.",
    "answer": "The answer to a request with an idempotency key, which is given again when the request is.",
    "upload": "A file that was uploaded and belongs to no record.",
    "backup": "A backup; a restore replays erasures.",
}

CODE_LISTS: Mapping[str, str] = {
    "body_level": "Levels of state institutions.",
    "body_kind": "Kinds of state institutions.",
    "post_category": "Categories of posts.",
    "legal_form": "Legal forms of companies.",
    "holiday": "What is celebrated.",
    "obligation_group": "Groups of people whom the law obliges to declare.",
    "obligation_circumstance": "Circumstances that decide whether a released group must declare all the same.",
    "report_topic": "What people report about; `other` is one of them.",
    "street_service": "Services of which people tell openly how they were met; `other` is one of them.",
    "permit_sector": "Sectors of the economy by which permits are counted.",
    "permit_pause": "Causes for which the days of a body stop that decides about a permit; for no other they stop.",
    "life_event": "What somebody is about to do, by which they find the permits that they need.",
    "report_delay": "Reasons for which a reporter is told later what was done.",
    "receiving_office_name": "What people call the offices that receive reports: `agency-1`, `prosecutor-1` and so on; no two offices share a name.",
    "reward_class": "Classes of what was established; the threshold `reward_fixed_` with the code is the fixed reward of each.",
    "reward_refusal": "Why whoever reported gets no reward.",
    "retaliation_act": "Acts of retaliation against whoever reported.",
    "protection_support": "Kinds of support for whoever reported and suffers for it.",
}

GROUPS: Mapping[str, str] = {
    "official": "Holders of posts whose declarations the law makes public.",
    "state_employee": "Holders of other posts of state bodies.",
    "company_head": "Heads and direct owners of companies.",
    "other": "Everybody else of full age.",
}
"""Groups that the registers can tell; `obligation_group` of a pack has some of these codes."""

CIRCUMSTANCES: Mapping[str, str] = {
    "foreign_assets": "More money in accounts abroad than `foreign_account_declared`, or a thing declared there.",
    "digital_assets": "Crypto-assets were declared the year before.",
    "large_acquisition": "Real estate and vehicles bought in the year for more than `large_acquisition`.",
}
"""Circumstances that the registers can tell; `obligation_circumstance` of a pack has some of these codes."""

LEVELS = ("country", "region", "city", "district", "rural")
"""Levels of territories."""
