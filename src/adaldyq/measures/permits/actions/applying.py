"""Acts of whoever applies: an application is begun, answered, sent, withdrawn, or thrown away before it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.acting import COMPANY, in_charge
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of, later
from adaldyq.kernel.documents.actions import next_number
from adaldyq.kernel.models import Company, Upload
from adaldyq.kernel.naming import names_of
from adaldyq.kernel.states import advance
from adaldyq.kernel.uploads.actions import attach, remove_upload, take_in
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.closing import take_back
from adaldyq.measures.permits.actions.fees import ask_fee
from adaldyq.measures.permits.actions.locking import held_after, held_application, held_licence, hold_licences
from adaldyq.measures.permits.actions.stepping import begin_step
from adaldyq.measures.permits.actions.steps import begin_clock, end_clock, happen, hold
from adaldyq.measures.permits.domain.applying import (
    ADDRESS,
    LONGEST_ADDRESS,
    MOST_PAPERS,
    REQUIREMENTS,
    SUBTYPES,
    checked_places,
    checked_text,
)
from adaldyq.measures.permits.models import PermitApplication, PermitEntry, PermitLicence, PermitPaper
from adaldyq.measures.permits.models.applications import RENEWAL
from adaldyq.measures.permits.queries.applying import PAPER, missing_of
from adaldyq.measures.permits.queries.catalogue import version_on
from adaldyq.measures.permits.queries.fees import sent_instead
from adaldyq.measures.permits.queries.held import held, to_bring
from adaldyq.measures.permits.queries.licences import not_renewable, suspended_of
from adaldyq.measures.permits.queries.procedures import content_of, procedure_on
from adaldyq.measures.permits.states import DISCARD, DRAFT, IN_FORCE, RETURNED, SEND, WITHDRAW

BEGIN, ANSWER, ADD, DROP = (f"permits.application.{one}" for one in ("begin", "answer", "add_paper", "drop_paper"))
SENT, TAKE_BACK, THROW_AWAY = (f"permits.application.{one}" for one in ("send", "withdraw", "discard"))
SERIES = "PA"
"""Letters before the numbers of applications."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody applies for.

    Attributes:
        applicant: `person:ID` or `company:ID`; empty while it is not said.
        renews: a licence that is to be renewed.
        previous: an application that was returned and is taken up again.
    """

    entry: PermitEntry
    applicant: str = ""
    renews: PermitLicence | None = None
    previous: PermitApplication | None = None

    @property
    def licences(self) -> list[str | None]:
        """Ids of licences that it would renew."""
        own = self.renews.pk if self.renews is not None else None
        return [own, self.previous.renews_id if self.previous is not None else None]


def unsent(_application: PermitApplication) -> Recorded:
    """Of a draft the ledger is not told: it would tell when people write."""
    return Recorded([], {"permit_application": _application.pk})


def check_open(entry: PermitEntry, today: date) -> None:
    """Refuse an application for what nobody needs any more, or yet.

    Raises:
        DomainError: `permit-abolished`, `permit-not-begun`.
    """
    found = PermitEntry.objects.filter(pk=entry.pk).values_list("state", "ended_date").first()
    if entry.introduced_date > today:
        raise DomainError("permit-not-begun", value=entry.number, day=entry.introduced_date)
    if found is None or found[0] not in IN_FORCE:
        raise DomainError("permit-abolished", value=entry.number, day=found[1] if found else None)


@act(BEGIN, leaves=Leaves.NONE, records=unsent)
def begin_application(*, wanted: Wanted, by: Actor, at: datetime) -> PermitApplication:
    """Begin an application; it is pinned to what the entry and its procedure say today.

    Raises:
        NotAllowed: nobody is signed in, or `by` does not act for the applicant, holder, or former applicant.
        DomainError: those of `check_open`; `permit-no-procedure`; `permit-not-returned`; those of `check_renewal` and
            `check_not_suspended`.
    """
    require(bool(by.id) and not (by.system and not wanted.applicant), BEGIN)
    today = day_of(at)
    hold_licences(wanted.licences)
    check_open(wanted.entry, today)
    procedure, version = procedure_on(wanted.entry, today), version_on(wanted.entry, today)
    if procedure is None or version is None or procedure.valid_from > today:
        raise DomainError("permit-no-procedure", value=wanted.entry.number)
    application = PermitApplication(
        entry=wanted.entry,
        version=version,
        procedure=procedure,
        body=version.body,
        owner_id=in_charge(by),
        created_at=at,
    )
    if wanted.previous is not None:
        take_up(application, wanted.previous, by)
    if wanted.renews is not None:
        check_renewal(wanted.renews, application, by, today)
        application.purpose, application.renews = RENEWAL, wanted.renews
        application.person, application.company = wanted.renews.person, wanted.renews.company
    if wanted.applicant:
        set_applicant(application, wanted.applicant, by)
    check_not_suspended(application, today)
    application.save(force_insert=True)
    return application


def take_up(application: PermitApplication, previous: PermitApplication, by: Actor) -> None:
    """Take over the answers of an application that was returned.

    Raises:
        NotAllowed: it is somebody else's.
        DomainError: those of `check_returned`.
    """
    require(policies.stands_for(by, previous), BEGIN)
    if previous.entry_id != application.entry_id:
        raise DomainError("permit-not-returned", value=previous.number)
    check_returned(previous)
    application.previous, application.purpose, application.renews = previous, previous.purpose, previous.renews
    application.person, application.company = previous.person, previous.company
    application.applicant_name, application.applicant_identifier = (
        previous.applicant_name,
        previous.applicant_identifier,
    )
    if previous.version_id == application.version_id:
        application.answers = previous.answers
    else:
        application.answers = {ADDRESS: previous.answers.get(ADDRESS, "")}


def check_returned(previous: PermitApplication) -> None:
    """Refuse to send again what was not returned, or was sent again already.

    Raises:
        DomainError: `permit-not-returned`, `permit-sent-again`.
    """
    held_one = held_application(previous)
    if held_one.state != RETURNED:
        raise DomainError("permit-not-returned", value=previous.number)
    if (instead := sent_instead(held_one)) is not None:
        raise DomainError("permit-sent-again", value=previous.number, other=instead.number)


def check_renewal(licence: PermitLicence, application: PermitApplication, by: Actor, today: date) -> None:
    """Refuse the renewal of what is not the actor's, is not valid, is not renewed, or is being renewed already.

    What was returned counts as asked for on the day on which it was sent first.

    Raises:
        NotAllowed: it is somebody else's.
        DomainError: `permit-not-renewable`, `permit-renewed`, `permit-renewal-late`.
    """
    require(by.system or policies.acts_for(by, licence.person_id or "", licence.company_id or ""), BEGIN)
    held_one = held_licence(licence.pk)
    if held_one.entry_id != application.entry_id:
        raise DomainError("permit-not-renewable", value=licence.number)
    before, asked = application.previous, today
    while before is not None:
        asked = before.sent_date or asked
        before = before.previous
    if problem := not_renewable(held_one, today, asked, besides=application.pk):
        raise problem


def check_not_suspended(application: PermitApplication, today: date) -> None:
    """Refuse a new licence for what whoever applies has a licence that is suspended: only its body lets them go on.

    Raises:
        DomainError: `permit-suspended`, with its number.
    """
    if application.renews is None and (licence := suspended_of(application, today)) is not None:
        raise DomainError("permit-suspended", field="applicant", value=licence.number)


def set_applicant(application: PermitApplication, key: str, by: Actor) -> None:
    """Say who applies, as the registers call them.

    Raises:
        NotAllowed: `by` does not act for them.
        DomainError: `no-such-value`.
    """
    kind, _colon, found = key.partition(":")
    company = found if kind == COMPANY else ""
    require(by.system or policies.acts_for(by, "" if company else found, company), ANSWER)
    if company:
        one = Company.objects.filter(pk=company, closed_date=None).first()
        if one is None:
            raise DomainError("permit-applicant-gone", field="applicant")
        application.company, application.person = one, None
        application.applicant_name, application.applicant_identifier = one.name, one.identifier
    else:
        application.company, application.person_id = None, found
        application.applicant_name, application.applicant_identifier = names_of([found]).get(found, ""), ""


@act(ANSWER, leaves=Leaves.NONE, records=unsent)
def answer(
    *, application: PermitApplication, part: str, given: Mapping[str, object], by: Actor, at: datetime
) -> PermitApplication:
    """Answer one subject of a draft: `applicant`, `subtypes`, `address` or `requirements`.

    Raises:
        NotAllowed: the draft is somebody else's.
        Conflict: it was sent.
        DomainError: `declared-not-offered`, `text-too-long`, `permit-applicant-gone`, `permit-suspended`.
    """
    held_one, version = hold(application, ANSWER, (DRAFT,)), application.version
    require(by.system or policies.stands_for(by, held_one) or held_one.owner_id == by.id, ANSWER)
    answers = dict(held_one.answers)
    if part == "applicant":
        set_applicant(held_one, str(given["applicant"]), by)
        check_not_suspended(held_one, day_of(at))
    elif part == SUBTYPES:
        chosen = [int(str(one)) for one in given["subtypes"]]  # type: ignore[attr-defined]  # a list of places
        answers[SUBTYPES] = checked_places(chosen, len(version.subtypes), SUBTYPES)
    elif part == ADDRESS:
        answers[ADDRESS] = checked_text(str(given[ADDRESS]), ADDRESS, LONGEST_ADDRESS)
    else:
        texts = {str(place): str(given.get(str(place), "")) for place in range(len(version.requirements))}
        answers[REQUIREMENTS] = {place: checked_text(text, f"requirement_{place}") for place, text in texts.items()}
    held_one.answers = answers
    held_one.save()
    return held_one


def add_paper(
    *, application: PermitApplication, place: int, name: str, content: bytes, by: Actor, at: datetime
) -> PermitPaper:
    """Take the file of a document in, then add it; when that fails, the file is removed after a day.

    Raises:
        NotAllowed: the draft is somebody else's.
        DomainError: as `take_in` and `put_paper`.
    """
    require(by.system or policies.stands_for(by, application), ADD)
    upload = take_in(purpose=PAPER, name=name, content=content, by=by, at=at, person=application.person)
    return put_paper(application=application, place=place, upload=upload, by=by, at=at)


def about(paper: PermitPaper) -> Recorded:
    """The event of a file; the ledger is told of the file itself."""
    return Recorded([], {"permit_application": paper.application_id, "upload": paper.upload_id})


@act("permits.application.add_paper", leaves=Leaves.NONE, records=about)
def put_paper(*, application: PermitApplication, place: int, upload: Upload, by: Actor, at: datetime) -> PermitPaper:
    """Add a file that was taken in to a draft.

    Raises:
        Conflict: it was sent.
        DomainError: `declared-not-offered` when the state holds that document; `document-too-many`.
    """
    held_one = hold(application, ADD, (DRAFT,))
    require(by.system or policies.stands_for(by, held_one), ADD)
    if place not in to_bring(held_one, day_of(at)):
        raise DomainError("declared-not-offered", field="file", value=str(place))
    if held_one.papers.count() >= MOST_PAPERS:
        raise DomainError("document-too-many", field="file", limit=MOST_PAPERS)
    attach(upload=upload, subject=held_one, by=by, at=at)
    return PermitPaper.objects.create(application=held_one, place=place, upload=upload, added_at=at)


@act(DROP, leaves=Leaves.NONE, records=unsent)
def drop_paper(*, paper: PermitPaper, by: Actor, at: datetime) -> PermitApplication:
    """Take a file out of a draft.

    Raises:
        NotAllowed: the draft is somebody else's.
        Conflict: it was sent.
    """
    held_one = hold(paper.application, DROP, (DRAFT,))
    require(policies.stands_for(by, held_one), DROP)
    upload = paper.upload
    paper.delete()
    remove_upload(upload=upload, by=by, at=at)
    return held_one


def told(application: PermitApplication) -> Recorded:
    """The ledger line of a step that the applicant takes."""
    facts: dict[str, object] = {
        "application": application.pk,
        "number": application.number or "",
        "entry": application.entry.number,
        "state": application.state,
    }
    return Recorded([facts], {"permit_application": application.pk})


@act(SENT, records=told, on="application")
def send_application(*, application: PermitApplication, by: Actor, at: datetime) -> PermitApplication:
    """Send an application: it gets its number, its fee is asked for, and its days begin to count.

    Raises:
        NotAllowed: it is somebody else's.
        Conflict: it was sent.
        DomainError: those of `check_open`; `permit-draft-outdated` when the entry or its procedure says something else by now;
            `permit-applicant-missing`; `permit-incomplete`; those of `check_returned`, `check_renewal` and `check_not_suspended`.
    """
    held_after(application)
    held_one, today = hold(application, SENT, (DRAFT,)), day_of(at)
    require(by.system or policies.stands_for(by, held_one), SENT)
    check_open(held_one.entry, today)
    version, procedure = version_on(held_one.entry, today), procedure_on(held_one.entry, today)
    if version != held_one.version or procedure != held_one.procedure:
        raise DomainError("permit-draft-outdated", value=held_one.entry.number)
    if held_one.previous is not None:
        check_returned(held_one.previous)
    if held_one.renews is not None:
        check_renewal(held_one.renews, held_one, by, today)
    if not held_one.company_id and not held_one.person_id:
        raise DomainError("permit-applicant-missing", field="applicant")
    check_not_suspended(held_one, today)
    if lacking := missing_of(held_one, today):
        raise DomainError("permit-incomplete", field=lacking[0])
    days = held_one.version.days
    sent = advance(
        held_one, SEND, by=by, at=at, number=next_number(f"{SERIES}-{today.year}"), sent_at=at, sent_date=today,
        step=content_of(held_one.procedure).start, due_date=later(today, days, working=True),
        clock_from=today, clock_days=days, held=held(held_one, today),
    )  # fmt: skip
    ask_fee(sent, by=by, at=at)
    begin_clock(sent, by=by, at=at)
    begin_step(sent, by=by, at=at)
    happen(sent, "sent", by, at)
    return sent


@act(TAKE_BACK, records=told, on="application")
def withdraw_application(*, application: PermitApplication, words: str, by: Actor, at: datetime) -> PermitApplication:
    """Take an application back before it is decided.

    Raises:
        NotAllowed: it is somebody else's.
        Conflict: it is a draft, or was decided.
        DomainError: `text-too-long`.
    """
    require(by.system or policies.stands_for(by, application), TAKE_BACK)
    said = checked_text(words, "words")
    gone = advance(application, WITHDRAW, by=by, at=at, step="", due_date=None, decided_at=at)
    end_clock(gone, by=by, at=at, cancelled=True)
    take_back(gone, by=by, at=at)
    happen(gone, "withdrawn", by, at, words=said)
    return gone


@act(THROW_AWAY, leaves=Leaves.NONE, records=unsent)
def discard_draft(*, application: PermitApplication, by: Actor, at: datetime) -> PermitApplication:
    """Throw a draft away, with its files.

    Raises:
        NotAllowed: it is somebody else's.
        Conflict: it was sent.
    """
    held_one = hold(application, THROW_AWAY, (DRAFT,))
    require(policies.stands_for(by, held_one), THROW_AWAY)
    for paper in held_one.papers.select_related("upload"):
        upload = paper.upload
        paper.delete()
        remove_upload(upload=upload, by=by, at=at)
    return advance(held_one, DISCARD, by=by, at=at, answers={})
