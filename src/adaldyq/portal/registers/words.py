"""Words for codes, days and sources of the registries, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.kernel import naming
from adaldyq.kernel.actions.corrections import SOURCE as CORRECTED
from adaldyq.kernel.country_names import country_name
from adaldyq.kernel.models import Body, Post
from adaldyq.ui.formats.values import day, number

TIES: Mapping[str, object] = {
    "spouse": gettext_lazy("spouse"),
    "child": gettext_lazy("child"),
    "parent": gettext_lazy("parent"),
    "sibling": gettext_lazy("brother or sister"),
}
OWNERSHIPS: Mapping[str, object] = {
    "direct": gettext_lazy("owner"),
    "beneficial": gettext_lazy("beneficial owner"),
}
LAND_KINDS: Mapping[str, object] = {
    "apartment": gettext_lazy("apartment"),
    "house": gettext_lazy("house"),
    "land": gettext_lazy("plot of land"),
    "garage": gettext_lazy("garage"),
    "commercial": gettext_lazy("business premises"),
    "other": gettext_lazy("other"),
}
PLACE_LEVELS: Mapping[str, object] = {
    "country": gettext_lazy("country"),
    "region": gettext_lazy("region, or city of that rank"),
    "city": gettext_lazy("city"),
    "district": gettext_lazy("district"),
    "rural": gettext_lazy("rural district"),
}
MONEY = frozenset({"price", "amount", "tax_withheld", "balance", "market_value"})
"""Fields that hold a sum in the currency of the record."""
BASES: Mapping[str, object] = {
    "purchase": gettext_lazy("purchase"),
    "gift": gettext_lazy("gift"),
    "inheritance": gettext_lazy("inheritance"),
    "privatisation": gettext_lazy("privatisation"),
    "construction": gettext_lazy("construction"),
}
VEHICLE_KINDS: Mapping[str, object] = {
    "car": gettext_lazy("car"),
    "truck": gettext_lazy("lorry"),
    "motorcycle": gettext_lazy("motorcycle"),
    "boat": gettext_lazy("boat"),
    "aircraft": gettext_lazy("aircraft"),
    "other": gettext_lazy("other"),
}
LOAN_KINDS: Mapping[str, object] = {
    "bank loan": gettext_lazy("bank loan"),
    "mortgage": gettext_lazy("mortgage"),
    "leasing": gettext_lazy("leasing"),
    "other": gettext_lazy("other"),
}
SECURITY_KINDS: Mapping[str, object] = {
    "share": gettext_lazy("shares"),
    "bond": gettext_lazy("bonds"),
    "fund": gettext_lazy("units of a fund"),
    "other": gettext_lazy("other"),
}
KINDS: Mapping[str, Mapping[str, object]] = {
    "land_register": LAND_KINDS,
    "vehicle_register": VEHICLE_KINDS,
    "family_tie": TIES,
    "ownership": OWNERSHIPS,
    "loan_balance": LOAN_KINDS,
    "security_holding": SECURITY_KINDS,
}
"""What the column `kind` holds, by register; that of bodies is a list of the country pack."""
SCRIPTS: Mapping[str, object] = {
    "Cyrl": gettext_lazy("Cyrillic"),
    "Latn": gettext_lazy("Latin"),
    "Arab": gettext_lazy("Arabic"),
}
SEXES: Mapping[str, object] = {"f": gettext_lazy("female"), "m": gettext_lazy("male"), "": None}
READ_KINDS: Mapping[str, object] = {
    "person": gettext_lazy("record of the register"),
    "correction": gettext_lazy("request for correction"),
    "finding": gettext_lazy("finding"),
    "document": gettext_lazy("document"),
    "upload": gettext_lazy("file"),
    "declaration": gettext_lazy("declaration"),
    "obligation": gettext_lazy("obligation to declare"),
    "deadline": gettext_lazy("deadline"),
    "non_filing": gettext_lazy("record of a declaration not filed"),
    "declaration_paper": gettext_lazy("declaration on paper"),
    "street_report": gettext_lazy("words about a service"),
    "report": gettext_lazy("report of corruption"),
    "review": gettext_lazy("review of a declaration"),
    "review_selection": gettext_lazy("selection of declarations for review"),
    "invoice": gettext_lazy("invoice"),
    "statement_entry": gettext_lazy("entry of a statement"),
    "provider_event": gettext_lazy("what a provider told"),
    "permit_application": gettext_lazy("application for a permit"),
}
READ_PURPOSES: Mapping[str, object] = {
    "registers-mine": gettext_lazy("page “My data”"),
    "registers-mine-json": gettext_lazy("file of all that is held"),
    "registers-reads": gettext_lazy("list of who read it"),
    "registers-claim": gettext_lazy("asking for a correction"),
    "declarations-mine": gettext_lazy("page “My declarations”"),
    "declarations-filed": gettext_lazy("page of a declaration"),
    "declarations-draft": gettext_lazy("draft of a declaration"),
    "declarations-draft-check": gettext_lazy("draft of a declaration"),
    "declarations-draft-sign": gettext_lazy("draft of a declaration"),
    "declarations-draft-certificate": gettext_lazy("draft of a declaration"),
    "declarations-draft-json": gettext_lazy("draft of a declaration"),
    "declarations-draft-pdf": gettext_lazy("draft of a declaration"),
    "declarations-signed-json": gettext_lazy("file of a declaration"),
    "declarations-draft-section": gettext_lazy("draft of a declaration"),
    "declarations-draft-which": gettext_lazy("draft of a declaration"),
    "declarations-draft-row": gettext_lazy("draft of a declaration"),
    "declarations-obligations": gettext_lazy("page “What I must declare”"),
    "declarations-obligations-find": gettext_lazy("search for obligations to declare"),
    "declarations-obligation": gettext_lazy("putting off or exempting from a declaration"),
    "declarations-relief-list": gettext_lazy("putting off or exempting from a declaration"),
    "declarations-ours": gettext_lazy("list of who of a body has not filed"),
    "declarations-ours-csv": gettext_lazy("list of who of a body has not filed"),
    "declarations-non-filings": gettext_lazy("list of declarations not filed"),
    "declarations-non-filing": gettext_lazy("deciding about a declaration not filed"),
    "declarations-draft-documents": gettext_lazy("documents of a draft declaration"),
    "declarations-draft-paper": gettext_lazy("form of a declaration for print"),
    "declarations-draft-joint": gettext_lazy("draft of a declaration"),
    "declarations-joint": gettext_lazy("page of a declaration"),
    "declarations-own-paper": gettext_lazy("page of a declaration on paper"),
    "declarations-change": gettext_lazy("page of how wealth changed"),
    "declarations-change-csv": gettext_lazy("file of how wealth changed"),
    "declarations-own-change": gettext_lazy("page of how wealth changed"),
    "declarations-own-change-csv": gettext_lazy("file of how wealth changed"),
    "declarations-papers": gettext_lazy("list of declarations on paper"),
    "declarations-paper-new": gettext_lazy("taking in a declaration on paper"),
    "declarations-paper": gettext_lazy("page of a declaration on paper"),
    "declarations-paper-documents": gettext_lazy("documents brought with a declaration on paper"),
    "declarations-paper-keying": gettext_lazy("keying in a declaration on paper"),
    "declarations-paper-section": gettext_lazy("keying in a declaration on paper"),
    "declarations-paper-differences": gettext_lazy("comparing what was keyed in of a declaration on paper"),
    "declarations-own-review": gettext_lazy("page of questions about a declaration"),
    "declarations-reviews": gettext_lazy("list of reviews of declarations"),
    "declarations-review": gettext_lazy("reviewing a declaration"),
    "declarations-review-selection": gettext_lazy("page of a selection for review"),
    "declarations-review-seed": gettext_lazy("page of a selection for review"),
    "declarations-review-frame": gettext_lazy("file of a selection for review"),
    "declarations-fines": gettext_lazy("list of fines to be paid"),
    "street-moderation": gettext_lazy("list of words about services"),
    "street-words": gettext_lazy("words about a service"),
    "reports-inbox": gettext_lazy("list of reports received"),
    "reports-report": gettext_lazy("page of a report"),
    "reports-bundle": gettext_lazy("envelopes of a report"),
    "reports-envelopes": gettext_lazy("envelopes of a report"),
    "reports-envelope": gettext_lazy("envelopes of a report"),
    "reports-delay": gettext_lazy("asking for more time for a report"),
    "reports-refer": gettext_lazy("giving a report to another body"),
    "reports-refer-order": gettext_lazy("giving a report to another body"),
    "reports-bar": gettext_lazy("keeping somebody out of a report"),
    "reports-case": gettext_lazy("asking for a case because of a report"),
    "reports-cases": gettext_lazy("list of cases asked for because of reports"),
    "reports-triage": gettext_lazy("sorting out what is no report"),
    "reports-tie": gettext_lazy("tying a report to another"),
    "reports-reward": gettext_lazy("proposing a reward for a report"),
    "reports-rewards": gettext_lazy("list of rewards for reports"),
    "reports-reward-decide": gettext_lazy("deciding a reward for a report"),
    "reports-protection": gettext_lazy("protection file of a reporter"),
    "reports-protection-step": gettext_lazy("protection file of a reporter"),
    "reports-draws": gettext_lazy("drawing who answers for reports"),
    "reports-draw-file": gettext_lazy("drawing who answers for reports"),
    "reports-rewrap-order": gettext_lazy("sealing a report anew"),
    "reports-rewrap-portion": gettext_lazy("sealing a report anew"),
    "reports-custody": gettext_lazy("list of names of reporters kept apart"),
    "reports-name": gettext_lazy("page of the name of a reporter"),
    "reports-name-file": gettext_lazy("page of the name of a reporter"),
    "findings-queue": gettext_lazy("list of findings"),
    "findings-csv": gettext_lazy("list of findings"),
    "findings-finding": gettext_lazy("page of a finding"),
    "findings-decide": gettext_lazy("deciding about a finding"),
    "desk-files": gettext_lazy("list of files"),
    "desk-documents": gettext_lazy("list of documents"),
    "desk-deadlines": gettext_lazy("list of deadlines"),
    "registers-people": gettext_lazy("search in the register"),
    "registers-person": gettext_lazy("page of the record"),
    "registers-rights": gettext_lazy("search for land and vehicles"),
    "registers-event": gettext_lazy("recording an event"),
    "registers-corrections": gettext_lazy("list of requests for correction"),
    "registers-correction": gettext_lazy("answering a request for correction"),
    "registers-erase": gettext_lazy("asking for an erasure"),
    "registers-erasure": gettext_lazy("erasing a person"),
    "registers-erasures": gettext_lazy("list of erasures"),
    "registers-merges": gettext_lazy("list of merges"),
    "registers-merge": gettext_lazy("merging records"),
    "desk-file": gettext_lazy("opening a file"),
    "desk-document": gettext_lazy("opening a document"),
    "export": gettext_lazy("file of the registers"),
    "payments-mine": gettext_lazy("page “My payments”"),
    "payments-desk": gettext_lazy("desk of payments"),
    "payments-invoice-desk": gettext_lazy("page of an invoice at the desk"),
    "payments-correct": gettext_lazy("correcting a payment"),
    "payments-events": gettext_lazy("list of what providers told"),
    "payments-event": gettext_lazy("what a provider told"),
    "payments-refund": gettext_lazy("deciding about a refund"),
    "payments-refund-again": gettext_lazy("asking again for a refund that did not reach the payer"),
    "payments-waiver": gettext_lazy("deciding about a waiver"),
    "payments-books": gettext_lazy("books of payments"),
    "payments-books-csv": gettext_lazy("file of the books of payments"),
    "payments-statement": gettext_lazy("statement of a bank"),
    "payments-entries": gettext_lazy("list of entries of statements"),
    "payments-entry": gettext_lazy("explaining an entry of a statement"),
    "permits-applications": gettext_lazy("page “My applications”"),
    "permits-application": gettext_lazy("page of an application for a permit"),
    "permits-application-held": gettext_lazy("what registers say for an application"),
    "permits-application-papers": gettext_lazy("papers of an application"),
    "permits-application-check": gettext_lazy("page of an application for a permit"),
    "permits-application-discard": gettext_lazy("page of an application for a permit"),
    "permits-application-part": gettext_lazy("page of an application for a permit"),
    "permits-application-act": gettext_lazy("deciding about an application for a permit"),
    "permits-inbox": gettext_lazy("list of applications for permits"),
    "permits-unheld": gettext_lazy("list of applications that nobody may decide"),
    "permits-lend": gettext_lazy("naming a body for an application that nobody may decide"),
    "permits-together": gettext_lazy("several applications for permits at once"),
    "permits-inbox-csv": gettext_lazy("file of applications for permits"),
}
"""Why records are read, by route; a program's operation is shown as it is called."""


def code(code_list: str, value: str) -> str:
    """The name of a code in the reader's language; the code itself when the pack has none."""
    return naming.spoken(naming.pack().codes.get(code_list, {}).get(value, {}), value)


def activity(value: str) -> str:
    """A code of the classifier of activities in words, with the code beside; the code alone when the pack has no words.

    A pack may name only the upper levels of its classifier: words are those of the longest beginning that it names.
    """
    known, digits = naming.pack().codes.get("activity", {}), value.replace(".", "")
    for length in range(len(digits), 0, -1):
        if names := known.get(digits[:length]):
            return f"{naming.spoken(names, value)} ({value})"
    return value


def scheme(name: str) -> str:
    """The name of an identifier scheme."""
    known = naming.pack().schemes.get(name)
    return naming.spoken(known.titles, name) if known else name


def language(tag: str) -> str:
    """A language by its own name; its tag when the product is not written in it."""
    return dict(settings.LANGUAGES).get(tag, tag)


def body_name(body: Body) -> str:
    """What a body is called."""
    return naming.spoken(body.names, body.name)


def post_title(post: Post) -> str:
    """What a post is called."""
    return naming.spoken(post.titles, post.title)


def powers(post: Post) -> str:
    """What the holder of a post has power over, in words."""
    words = (
        (post.heads_body, _("heads the body")),
        (post.licences, _("issues licences")),
        (post.inspects, _("inspects businesses")),
        (post.procures, _("buys for the state")),
    )
    return ", ".join(word for held, word in words if held)


def day_told(raw: object) -> object:
    """A day in the language's own form, given as such or as a register writes it; anything else as it is."""
    try:
        return day(raw if isinstance(raw, date) else date.fromisoformat(str(raw)))
    except ValueError:
        return raw


def source(text: str) -> str:
    """Where a record comes from; what this product wrote there itself is told in the reader's language."""
    request = text.removeprefix(CORRECTED)
    return _("Request for correction %(id)s") % {"id": request} if request != text else text and _(text)


def value(field: str, raw: object, register: str = "") -> object:
    """A value of a register's field as a person reads it."""
    levels = PLACE_LEVELS if register == "territory" else None
    listed = {"sex": SEXES, "script": SCRIPTS, "basis": BASES, "kind": KINDS.get(register), "level": levels}.get(field)
    if listed is not None:
        return listed.get(str(raw), raw)
    if raw and field in ("country", "language"):
        return country_name(str(raw)) if field == "country" else language(str(raw))
    if isinstance(raw, dict):
        return naming.spoken(raw, next(iter(raw.values()), ""))
    if raw and (field == "territory_id" or (register, field) == ("territory", "parent_id")):
        return naming.place_name(str(raw))
    if raw and (field.endswith("_date") or field in {"valid_from", "valid_to"}):
        return day_told(raw)
    lists = {"level": "body_level", "kind": "body_kind", "legal_form": "legal_form"}
    shown = number(raw) if isinstance(raw, Decimal) else raw
    return code(lists[field], str(raw)) if field in lists and raw else shown
