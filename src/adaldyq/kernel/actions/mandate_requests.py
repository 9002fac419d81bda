"""Acts by which somebody is asked, by their number, to act for another, and agrees.

Who asks is answered the same whether or not anybody has the number, and learns of them only when they agree. A number has
few figures that are not the day of birth, so that whoever could ask without end would learn whose each is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.acting import may_appoint
from adaldyq.kernel.actions.mandates import check_days, grant_mandate, tell
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actor import Actor, actor_of, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.identity import person_by_identifier
from adaldyq.kernel.models import Account, Company, Mandate, MandateRequest, Person
from adaldyq.kernel.models.mandates import ASKED_FOR
from adaldyq.kernel.naming import pack
from adaldyq.kernel.separation import of_same_people

ASK, AGREE, TAKE_BACK = (f"kernel.mandate.{verb}" for verb in ("ask", "agree", "take_back"))
MOST, WITHIN = 10, timedelta(days=1)
"""How many people somebody may ask within how long, by all their accounts together."""


def asked(request: MandateRequest) -> Recorded:
    """The ledger line of a request. Whose number it is, it tells nobody."""
    facts: dict[str, object] = {
        "request": request.pk,
        "company": request.company_id,
        "person": request.person_id,
        "from": request.valid_from.isoformat(),
        "to": request.valid_to.isoformat() if request.valid_to else None,
    }
    return Recorded([facts], {"request": request.pk})


@act(ASK, records=asked)
def ask_mandate(
    *,
    number: str,
    by: Actor,
    at: datetime,
    company: Company | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> MandateRequest:
    """Ask whoever has a number to act for a company, or without one for oneself. Whom it is, they are told; nobody else is.

    Raises:
        NotAllowed: `by` heads no such company, or is nobody whom the register knows.
        DomainError: `mandate-number-misformed`, `mandate-to-oneself`, `mandate-in-the-past`, `mandate-days-wrong`, or
            `mandates-too-many` when others were asked too often.
    """
    require(not by.system and may_appoint(by, company, at=at), ASK)
    today = timezone.localdate(at)
    check_days(valid_from or today, valid_to, at)
    person = numbered(number, today)
    if person is not None and person.pk == by.person:
        raise DomainError("mandate-to-oneself", field="number")
    hold_names("mandate", [by.person or by.id])  # whoever asks many at once is counted as well
    lately = MandateRequest.objects.filter(asked_by__in=of_same_people([by.id]), asked_at__gt=at - WITHIN)
    if lately.count() >= MOST:
        raise DomainError("mandates-too-many", field="number", most=MOST)
    made = MandateRequest.objects.create(
        company=company,
        person_id=None if company else by.person,
        number=number,
        representative=person,
        valid_from=valid_from or today,
        valid_to=valid_to,
        asked_at=at,
        asked_by_id=by.id,
    )
    if person is not None:
        tell(Q(person_id=person.pk), "mandate-asked", made, at)
    return made


def forget_requests(*, at: datetime) -> None:
    """Forget the numbers of requests to which nobody may agree any more."""
    MandateRequest.objects.filter(asked_at__lte=at - ASKED_FOR).delete()


def numbered(number: str, day: date) -> Person | None:
    """The person who has a number of the country on a day; none when nobody has.

    Raises:
        DomainError: `mandate-number-misformed` when nobody can have it.
    """
    country = pack()
    schemes = [one for one in country.schemes.values() if one.holder == "person"]
    fitting = [one.name for one in schemes if one.check(number)]
    if not fitting:
        called = ", ".join(one.name for one in schemes)
        raise DomainError("mandate-number-misformed", field="number", value=number, schemes=called)
    found = (person_by_identifier(scheme, country.code.upper(), number, day=day) for scheme in fitting)
    return next(filter(None, found), None)


def agreed(mandate: Mandate) -> Recorded:
    """The ledger line of an agreement; the mandate has its own."""
    return Recorded([{"mandate": mandate.pk}], {"mandate": mandate.pk})


@act(AGREE, records=agreed, on="request")
def agree_mandate(*, request: MandateRequest, by: Actor, at: datetime) -> Mandate:
    """Agree to act for whom one was asked; the mandate is theirs, and begins today at the earliest. Who asked is told.

    Raises:
        NotAllowed: somebody else was asked, or who asked may not give such a mandate any more.
        DomainError: `mandate-days-wrong` when its last day has passed.
        Conflict: it was taken back, agreed to already, or has waited too long.
    """
    require(bool(by.person) and by.person == request.representative_id and not by.acting_for, AGREE)
    end(request, AGREE, at)
    asker = Account.objects.get(pk=request.asked_by_id)
    require(asker.is_active, AGREE)
    made = grant_mandate(
        representative=Person.objects.get(pk=by.person),
        company=request.company,
        valid_from=max(request.valid_from, timezone.localdate(at)),
        valid_to=request.valid_to,
        by=actor_of(asker),
        at=at,
    )
    tell(Q(pk=asker.pk), "mandate-agreed", made, at)
    return made


def end(request: MandateRequest, act: str, at: datetime) -> None:
    """End a request once.

    Raises:
        Conflict: it has ended, or has waited too long.
    """
    waits = MandateRequest.objects.filter(pk=request.pk, ended_at=None, asked_at__gt=at - ASKED_FOR)
    if waits.update(ended_at=at) != 1:
        raise Conflict(act, "ended")
    request.ended_at = at


@act(TAKE_BACK, records=asked, on="request")
def take_back_request(*, request: MandateRequest, by: Actor, at: datetime) -> MandateRequest:
    """Ask no more, such as when the number was mistyped.

    Raises:
        NotAllowed: `by` may not give such a mandate.
        Conflict: it was agreed to or taken back already.
    """
    own = request.company is None and request.person_id == by.person and not by.acting_for
    require(own or (request.company is not None and may_appoint(by, request.company, at=at)), TAKE_BACK)
    end(request, TAKE_BACK, at)
    return request
