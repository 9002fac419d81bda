"""Short labels for tables, columns and datasets where the published table has none of its own.

A measure may title its columns (`Column.title`, an English sentence for the catalogues). The base registries
title none, and no table has a title, so pages take the words from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adaldyq.base.tables import Column
from adaldyq.verification import states
from adaldyq.verification.models import COUNTRY

TABLES: Mapping[str, object] = {
    "appointment": _("Appointments"),
    "bank_balance": _("Bank balances, from the banks"),
    "body": _("State bodies"),
    "company": _("Companies"),
    "declaration": _("Declarations"),
    "declared_account": _("Declared accounts and deposits"),
    "declared_acquisition": _("Declared large acquisitions"),
    "declared_cash": _("Declared cash"),
    "declared_claim": _("Declared loans and debts"),
    "declared_company_interest": _("Declared company interests"),
    "declared_crypto": _("Declared crypto-assets"),
    "declared_expense": _("Declared expenses"),
    "declared_family": _("Declared family"),
    "declared_gift": _("Declared gifts"),
    "declared_income": _("Declared income"),
    "declared_position": _("Declared outside positions"),
    "declared_real_estate": _("Declared real estate"),
    "declared_security": _("Declared securities"),
    "declared_trust": _("Declared trust management"),
    "declared_valuable": _("Declared valuables"),
    "declared_vehicle": _("Declared vehicles"),
    "exchange_rate": _("Exchange rates"),
    "fee": _("Fees of public services"),
    "family_tie": _("Family ties"),
    "income_record": _("Income, from the tax service"),
    "index_value": _("Index values"),
    "invoice": _("Invoices of fees and fines"),
    "land_register": _("Rights, from the land register"),
    "loan_balance": _("Debts, from the lenders"),
    "obligation": _("Obligations to declare"),
    "ownership": _("Shares in companies"),
    "paper_in_hand": _("Declarations on paper in hand"),
    "payment": _("Payments of fees and fines"),
    "payment_count": _("Payments, by month"),
    "permit_entry": _("Catalogue of permits"),
    "permit_event": _("What became of permits"),
    "person": _("People"),
    "person_identifier": _("Numbers of people"),
    "person_name": _("Names of people"),
    "post": _("Posts"),
    "residence": _("Registered residence"),
    "refund": _("Refunds of fees and fines"),
    "report_number": _("What came of reports, by region"),
    "review_inquiry": _("Questions of analysts"),
    "security_holding": _("Securities, from the depository"),
    "street_cell": _("What people tell openly of services"),
    "source_note": _("Notes of the reader of the source"),
    "territory": _("Territories"),
    "vehicle_register": _("Ownership, from the vehicle register"),
    "waiver": _("Fees that were waived"),
    "withheld_value": _("Values that family did not give"),
    "account": _("Whose accounts are"),
    "permit_application": _("Applications for permits"),
    "permit_application_event": _("What became of applications"),
    "permit_licence": _("Register of licences"),
    "permit_licence_event": _("What became of licences"),
}

COLUMNS: Mapping[str, object] = {
    "account_number": _("Account number"),
    "act_number": _("Number of the act"),
    "act_title": _("Act"),
    "act_date": _("Day of the act"),
    "activity": _("Activity"),
    "charged_back": _("Taken back by the bank"),
    "code": _("Code"),
    "decided_date": _("Day of the decision on it"),
    "done_date": _("Carried out on"),
    "due_days": _("Working days to pay"),
    "fee_code": _("Service"),
    "fee_id": _("Fee"),
    "ground": _("Ground"),
    "invoice_id": _("Invoice"),
    "issued_date": _("Issued on"),
    "law_number": _("Number of the act"),
    "method": _("How it was paid"),
    "month": _("Month"),
    "paid": _("Paid so far"),
    "paid_date": _("Day of the payment"),
    "payment_id": _("Payment"),
    "payments": _("Payments"),
    "per_cent": _("Per cent"),
    "provider": _("Provider"),
    "requested_date": _("Day on which it was asked for"),
    "settled_date": _("Paid in full on"),
    "subject_kind": _("Kind of what it is for"),
    "waived": _("Waived sum"),
    "address": _("Address"),
    "amount": _("Amount"),
    "area": _("Area"),
    "as_of": _("Stated on"),
    "balance": _("Balance"),
    "asked_at": _("Asked at"),
    "asked_date": _("Asked on"),
    "bank": _("Bank"),
    "basis": _("Basis"),
    "beneficial": _("Beneficial"),
    "birth_date": _("Born"),
    "body_id": _("Body"),
    "category": _("Category"),
    "closed_date": _("Closed"),
    "company_id": _("Company"),
    "contract_number": _("Number of the contract"),
    "country": _("Country"),
    "currency": _("Currency"),
    "death_date": _("Died"),
    "declarant_name": _("Declarant"),
    "declaration_id": _("Declaration"),
    "declares": _("Declarations are public"),
    "day": _("Day"),
    "detail": _("Text"),
    "issuer": _("Issuer"),
    "lender": _("Lender"),
    "ended_date": _("Ended"),
    "entry_id": _("Entry of the catalogue"),
    "happened": _("What happened"),
    "introduced_date": _("Introduced"),
    "number": _("Number"),
    "reasons": _("Reasons"),
    "saved_amount": _("Saved a year"),
    "saved_days": _("Working days saved a year"),
    "sector": _("Sector"),
    "state": _("State"),
    "place": _("Place in the source"),
    "due_date": _("Due"),
    "dwelling": _("Dwelling"),
    "evidence": _("Evidence"),
    "family_name": _("Family name"),
    "filed_at": _("Filed"),
    "filed_date": _("Day of filing"),
    "form": _("Form"),
    "given_name": _("Given name"),
    "head_id": _("Head"),
    "heads_body": _("Heads the body"),
    "id": _("Id"),
    "identifier": _("Register number"),
    "inspects": _("Inspects"),
    "is_current": _("Current version"),
    "is_public": _("Public"),
    "kind": _("Kind"),
    "language": _("Language"),
    "legal_form": _("Legal form"),
    "level": _("Level"),
    "licences": _("Licenses"),
    "make": _("Make"),
    "market_value": _("Market value"),
    "name": _("Name"),
    "object_id": _("What it is about"),
    "object_number": _("Object number"),
    "official_code": _("Official code"),
    "owner": _("Owner"),
    "owner_company_id": _("Owner company"),
    "owner_person_id": _("Owner"),
    "parent_id": _("Part of"),
    "patronymic": _("Patronymic"),
    "payer": _("Paid by"),
    "payer_body_id": _("Payer body"),
    "payer_company_id": _("Payer company"),
    "payer_id": _("Payer’s id"),
    "person_id": _("Person"),
    "post_id": _("Post"),
    "post_title": _("Post"),
    "previous_owner_id": _("Owner before"),
    "price": _("Price"),
    "procures": _("Buys for the state"),
    "production_year": _("Built"),
    "quantity": _("Quantity"),
    "quote_currency": _("In currency"),
    "rate": _("Rate"),
    "reason": _("Reason"),
    "received_date": _("Received on"),
    "registered_date": _("Registered"),
    "relative_id": _("Relative"),
    "row_id": _("Row"),
    "scheme": _("Scheme"),
    "script": _("Script"),
    "security_number": _("Number of the security"),
    "sex": _("Sex"),
    "share": _("Share"),
    "since": _("Since"),
    "since_date": _("Since"),
    "source": _("Source"),
    "subject_id": _("Person"),
    "table_name": _("Table"),
    "tax_withheld": _("Tax withheld"),
    "territory_id": _("Place"),
    "text": _("Name in full"),
    "title": _("Title"),
    "valid_from": _("From"),
    "valid_to": _("To"),
    "value": _("Value"),
    "version": _("Version"),
    "year": _("Year"),
    "appealed_at": _("Appealed on"),
    "applicant_identifier": _("Number of the applicant"),
    "applicant_name": _("Applicant"),
    "days_taken": _("Working days taken"),
    "decided_at": _("Decided on"),
    "decided_by_id": _("Who decided"),
    "decider_id": _("Drawn to decide"),
    "deemed": _("By silence"),
    "fee": _("Fee"),
    "fee_settled_at": _("Fee settled on"),
    "fee_state": _("How the fee stands"),
    "previous_id": _("Returned application"),
    "purpose": _("New or renewal"),
    "sent_date": _("Sent on"),
    "verified_by_id": _("Who verified"),
    "verifier_id": _("Drawn to verify"),
    "application_id": _("Application"),
    "holder_identifier": _("Number of the holder"),
    "holder_name": _("Holder"),
    "serial": _("Serial number"),
    "successor_id": _("What took its place"),
    "valid_until": _("Valid until"),
    "account_id": _("Account"),
    "at": _("Instant"),
    "licence_id": _("Licence"),
    "answer": _("Answer"),
    "hour": _("Hour"),
    "entered_by_id": _("Who entered it"),
    "corrected_by_id": _("Who corrected it"),
    "invoice_number": _("Invoice"),
    "outcome": _("Outcome"),
    "proposed_by_id": _("Who proposed it"),
    "requested_by_id": _("Who asked for it"),
    "step": _("Step"),
    "working": _("Working day"),
}

SUBJECTS: Mapping[str, object] = {
    "declarations": _("Declarations"),
    "street": _("Bribes at services"),
    "permits": _("Permits and licences"),
    "payments": _("Payments of fees"),
}

KINDS: Mapping[str, object] = {
    "flag": _("Question to a person"),
    "quality": _("Data quality"),
}
ABOUT: Mapping[str, object] = {
    "territory": _("Question about a place"),
    "body": _("Question to a body"),
}

SEVERITY: Mapping[str, object] = {
    "high": _("High"),
    "medium": _("Medium"),
    "low": _("Low"),
}

STATES: Mapping[str, object] = {
    states.OPEN: _("Open"),
    states.IN_WORK: _("In work"),
    states.EXPLAINED: _("Explained"),
    states.CONFIRMED: _("Needs an explanation"),
}

STEPS: Mapping[str, object] = {
    states.TAKE: _("Take into work"),
    states.TAKE_OVER: _("Take over from the other analyst"),
    states.RETURN: _("Return to the queue"),
    states.EXPLAIN: _("Explained: there is an honest explanation"),
    states.CONFIRM: _("Needs an explanation"),
    states.REOPEN: _("Open again"),
}

STEPS_TAKEN: Mapping[str, object] = {
    states.TAKE: _("Taken into work"),
    states.TAKE_OVER: _("Taken over"),
    states.RETURN: _("Returned to the queue"),
    states.EXPLAIN: _("Explained"),
    states.CONFIRM: _("Needs an explanation"),
    states.REOPEN: _("Opened again"),
}

OF_QUALITY: Mapping[str, object] = {
    states.EXPLAINED: _("No error"),
    states.CONFIRMED: _("Error"),
}
STEPS_OF_QUALITY: Mapping[str, object] = {
    states.EXPLAIN: _("No error: the source says just this"),
    states.CONFIRM: _("It is a typing or reading error"),
}

OUTCOMES: Mapping[str, object] = {
    "running": _("Under way"),
    "done": _("Done"),
    "failed": _("Failed"),
}


def state_word(state: str, kind: str) -> object:
    """The state of a finding; of suspected errors in words of their own."""
    own = OF_QUALITY if kind == "quality" else {}
    return own.get(state) or STATES.get(state, state)


def step_word(step: str, kind: str) -> object:
    """A step that an analyst may take."""
    own = STEPS_OF_QUALITY if kind == "quality" else {}
    return own.get(step) or STEPS.get(step, step)


def step_taken(step: str, kind: str) -> object:
    """A step that an analyst took."""
    own = STEPS_OF_QUALITY if kind == "quality" else {}
    return own.get(step) or STEPS_TAKEN.get(step, step)


def table_title(name: str) -> str:
    """What a published table is called on pages."""
    return str(TABLES[name]) if name in TABLES else in_words(name)


def column_title(column: Column) -> str:
    """What a column is called on pages."""
    if column.title:
        return gettext(column.title)
    return str(COLUMNS[column.name]) if column.name in COLUMNS else in_words(column.name)


def column_meaning(column: Column) -> str:
    """What a column means, in a sentence."""
    return gettext(column.meaning)


def kind_word(kind: str, subject: str) -> object:
    """What a rule finds: a question to a person, to a body or about a place, or a suspected error."""
    return ABOUT.get(subject, KINDS[kind]) if kind == "flag" else KINDS[kind]


def subject_title(subject: str) -> str:
    """What a folder of rules is called on pages."""
    return str(SUBJECTS[subject]) if subject in SUBJECTS else in_words(subject)


def dataset_title(dataset: str) -> str:
    """What a dataset is called on pages; the country's own registers have no name."""
    return gettext("Registers of the country") if dataset == COUNTRY else dataset


def in_words(name: str) -> str:
    """A technical name, read as words."""
    return name.replace("_", " ").replace("-", " ").capitalize()
