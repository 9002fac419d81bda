"""Licences as everybody sees them: the register, one licence with its token, and whether a token holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.base.search import asked as words_asked
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import earlier
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.documents.queries import documents_of
from adaldyq.kernel.models import Deadline, Document
from adaldyq.kernel.models.deadlines import MISSED, OPEN
from adaldyq.kernel.models.documents import WITHDRAWN
from adaldyq.measures.permits.adapters import licence_keys
from adaldyq.measures.permits.domain import tokens
from adaldyq.measures.permits.domain.tokens import NOT_YET, Claims, States
from adaldyq.measures.permits.models import (
    PermitApplication,
    PermitEntry,
    PermitLicence,
    PermitLicenceEvent,
    PermitOrigin,
)
from adaldyq.measures.permits.queries.finding import Search, with_words
from adaldyq.measures.permits.queries.finding_sql import wanted
from adaldyq.measures.permits.states import (
    APPEALED,
    EXPIRED,
    PENDING,
    RENEWED,
    REVOKED,
    SETTLED,
    STANDING,
    SUSPENDED,
    TRANSFERRED,
    VALID,
)

log = structlog.get_logger(__name__)

LICENCE = "permits.licence"
DOCUMENTS: Mapping[str, object] = {LICENCE: _("Licence")}
"""Documents that this measure issues."""

LISTED = (SUSPENDED, REVOKED, TRANSFERRED)
"""States that the signed list tells; that a term has passed, or is still to begin, the token itself says."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which licences are looked for; empty where nothing is said."""

    words: str = ""
    entry: str = ""
    body: str = ""
    state: str = ""
    holder: str = ""


def licences(asked: Asked) -> QuerySet[PermitLicence]:
    """All licences that are looked for, by number."""
    exact = named(asked)
    return with_words(narrowed(asked), words_asked(asked.words, sounds=False)) if exact is None else exact


def searched(asked: Asked) -> Search | QuerySet[PermitLicence]:
    """The same, for pages: counted and put in order no farther than is needed."""
    exact = named(asked)
    if exact is not None:
        return exact
    if asked.holder:
        return licences(asked)
    same = {name: value for name, value in conditions(asked).items() if value}
    if not all(value.isascii() and value.isalnum() for value in same.values()):
        return PermitLicence.objects.none()
    return Search(wanted(words_asked(asked.words, sounds=False), same))


def conditions(asked: Asked) -> dict[str, str]:
    """What columns must be; empty where it is all the same."""
    same = {"body_id": asked.body, "state": asked.state, "holder_identifier": asked.holder}
    if asked.entry:
        same["entry_id"] = PermitEntry.objects.filter(number=asked.entry).values_list("pk", flat=True).first() or "-"
    return same


def narrowed(asked: Asked) -> QuerySet[PermitLicence]:
    """Licences by all that is asked but for the words."""
    found = PermitLicence.objects.select_related("entry", "body", "origin").order_by("number")
    return found.filter(**{name: value for name, value in conditions(asked).items() if value})


def named(asked: Asked) -> QuerySet[PermitLicence] | None:
    """Licences whose number, or that of their holder, is what was typed; None where there are none, as where no figure was."""
    text = asked.words.strip()
    if not any(letter.isdigit() for letter in text):
        return None
    exact = narrowed(asked).filter(Q(number=text.upper()) | Q(holder_identifier=text))
    return exact if exact.exists() else None


def licence(number: str) -> PermitLicence | None:
    """The licence of a number; none of what no number can hold, so that PostgreSQL is not asked for it."""
    if "\x00" in number:
        return None
    found = PermitLicence.objects.select_related(
        "entry", "body", "version", "successor", "application__owner", "company", "origin"
    )
    return found.filter(number=number).first()


def licence_of(application: str) -> PermitLicence | None:
    """The licence of an application."""
    return PermitLicence.objects.filter(application=application).first()


def handed_on(application: str) -> list[PermitLicence]:
    """The licence of an application and those into which it was transferred, the one that holds now last."""
    found, one = list[PermitLicence](), licence_of(application)
    while one is not None:
        found.append(one)
        one = licence(one.successor.number) if one.state == TRANSFERRED and one.successor is not None else None
    return found


OWED = "permit_fee_owed"
"""Name of the deadline by which a fee is paid again that was taken back."""


def owed_by(of: PermitLicence) -> Deadline | None:
    """The deadline by which the fee of a licence is paid again; None while it is not owed."""
    return of_subject(of).filter(name=OWED, state__in=(*OPEN, MISSED)).first()


def life(of: PermitLicence) -> list[PermitLicenceEvent]:
    """What happened to a licence, the newest first."""
    return list(of.events.order_by("-at", "-pk"))


def state_on(of: PermitLicence, day: date) -> str:
    """How a licence stands on a day, also before it begins, and before the clock has come to its end."""
    if of.valid_until is not None and day > of.valid_until:
        return EXPIRED if of.state in STANDING else of.state
    if of.state == RENEWED:
        return VALID
    return NOT_YET if of.state == VALID and day < of.valid_from else of.state


def renewals_of(of: PermitLicence) -> QuerySet[PermitApplication]:
    """Applications for the renewal of a licence about which something is still to come."""
    awaited = Q(state__in=SETTLED, licence__isnull=True)
    return PermitApplication.objects.filter(Q(state__in=(*PENDING, APPEALED)) | awaited, renews=of)


def suspended_of(application: PermitApplication, day: date) -> PermitLicence | None:
    """A licence of whoever applies that permits the same and is suspended; None where there is none, or nobody applies yet."""
    if not application.company_id and not application.person_id:
        return None
    held = PermitLicence.objects.filter(company=application.company_id, person=application.person_id)
    suspended = held.filter(entry=application.entry_id, state=SUSPENDED).exclude(valid_until__lt=day)
    return suspended.order_by("number").first()


def last_day_to_renew(of: PermitLicence) -> date | None:
    """Last day on which the renewal of a licence is asked for; None when it is not renewed."""
    days = of.version.renewal_days
    return earlier(of.valid_until, days, working=True) if of.valid_until and days is not None else None


def not_renewable(of: PermitLicence, day: date, asked: date, besides: str = "") -> DomainError | None:
    """Why a licence is not renewed on a day; None when it may be.

    Args:
        asked: day on which its renewal was first asked for.
        besides: an application that does not stand in its own way.
    """
    last = last_day_to_renew(of)
    if last is None or of.state != VALID or state_on(of, day) != VALID:
        return DomainError("permit-not-renewable", value=of.number)
    if of.successor_id or renewals_of(of).exclude(pk=besides).exists():
        return DomainError("permit-renewed", value=of.number)
    return DomainError("permit-renewal-late", value=of.number, day=last) if asked > last else None


def token_of(of: PermitLicence) -> str:
    """The signed token of a licence."""
    key = licence_keys.newest()
    claims = Claims(
        serial=of.serial,
        number=of.number,
        entry=of.entry.number,
        holder=of.holder_name,
        body=of.body.name,
        since=of.valid_from,
        until=of.valid_until,
        key=key.verifier.id.hex(),
    )
    return tokens.made(claims, key.secret.sign)


def address_of(token: str, language: str) -> str:
    """The page that says whether a token holds; it is in the QR code."""
    return f"{settings.SITE_ADDRESS}/{language}/permits/verify/?t={token}"


def states(at: datetime) -> States:
    """The list of states as it is now."""
    listed = PermitLicence.objects.filter(state__in=LISTED).values_list("serial", "state")
    last = PermitLicence.objects.aggregate(last=Max("serial"))["last"] or 0
    return States(at.isoformat(timespec="seconds"), last, dict(listed))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the check of a token says.

    Attributes:
        state: valid, not_yet, suspended, revoked, expired or unknown.
        claims: what the token says; None when it is unknown.
        licence: the licence in the register.
    """

    state: str
    claims: Claims | None = None
    licence: PermitLicence | None = None


def check(token: str, day: date) -> Answer:
    """Whether a token, or the number of a licence, is of a licence that holds; what was altered is unknown."""
    number = token.strip().upper()
    found = licence(number) if len(number) <= LONGEST_NUMBER else None
    claims = None
    if found is None:
        try:
            claims = tokens.opened(token, licence_keys.ours().holds)
        except DomainError as refused:
            log.info("a licence is not of this state", code=refused.code)
            return Answer(tokens.UNKNOWN)
        found = licence(claims.number)
        if found is None or found.serial != claims.serial:
            return Answer(tokens.UNKNOWN)
    state = state_on(found, day)
    shown = tokens.REVOKED if state in {REVOKED, TRANSFERRED} else EXPIRED if state == RENEWED else state
    return Answer(shown, claims, found)


LONGEST_NUMBER = 24
PROPOSED = "transfer_proposed"


def proposal_of(of: PermitLicence) -> PermitLicenceEvent | None:
    """The proposal that a licence goes to another company; None when there is none, or something has happened since."""
    proposals = of.events.filter(happened=PROPOSED).select_related("company", "account")
    last = proposals.order_by("-at", "-pk").first()
    if last is None or of.state != VALID:
        return None
    since = of.events.filter(at__gte=last.at).exclude(happened__in=("issued", PROPOSED))
    return None if since.exists() else last


def papers_of(of: PermitLicence) -> list[Document]:
    """Papers of a licence that stand."""
    found = Document.objects.filter(kind=LICENCE, subject_kind=of._meta.label, subject_id=of.pk)
    return list(found.exclude(state=WITHDRAWN).order_by("pk"))


def paper_of(by: Actor, of: PermitLicence, language: str) -> Document | None:
    """The PDF of a licence that the viewer already has in a language, and that stands."""
    found = documents_of(by).filter(kind=LICENCE, subject_id=of.pk, language=language)
    return found.exclude(state=WITHDRAWN).order_by("-issued_at").first()


def source_of(of: PermitLicence) -> dict[str, object]:
    """From which register a licence was taken over and when that said so, as files and programs have it; empty for one of this register."""
    origin: PermitOrigin | None = getattr(of, "origin", None)
    if origin is None:
        return {"source": "", "source_title": "", "source_as_of": None}
    return {"source": origin.source, "source_title": origin.title, "source_as_of": origin.as_of}
