"""Applications for permits, led through their acts, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Account, Body, Company, Person
from adaldyq.kernel.roles import Role
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.permits.actions import applying, handling
from adaldyq.measures.permits.actions.drawing import fix_frame, make_draw
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.domain.applying import REQUIREMENT, Cited, Said
from adaldyq.measures.permits.domain.procedures import checked
from adaldyq.measures.permits.models import PermitApplication, PermitEntry
from tests import factories
from tests.factories import BY
from tests.measures.permits.entries import AT as INTRODUCED
from tests.measures.permits.entries import entry
from tests.measures.permits.test_procedures import content

AT = datetime(2025, 9, 22, 6, tzinfo=UTC)
DAY = timedelta(1)
GROUND = (Cited(REQUIREMENT, 0, "There is no kitchen"),)


def opened(number: str = "L-001", **facts: Any) -> PermitEntry:
    """An entry with a procedure for which anybody may apply."""
    made = entry(number, **{"fee": 0, "documents": [], **facts})
    publish_procedure(entry=made, procedure=checked({**content(), "permit": number}), by=BY, at=INTRODUCED)
    return made


def applicant(name: str = "entrepreneur") -> Account:
    """Somebody who heads a company."""
    account = factories.account(name, Role.ENTREPRENEUR)
    who = factories.person()
    Account.objects.filter(pk=account.pk).update(person=who)
    return Account.objects.get(pk=account.pk)


def company(head: Person | None, name: str = "«Нан» ЖШС", identifier: str = "190140000017") -> Company:
    """A company with a head."""
    made = Company(
        name=name,
        identifier=identifier,
        legal_form="too",
        head=head,
        registered_date=date(2019, 1, 14),
        source=factories.SOURCE,
        as_of=factories.AS_OF,
    )
    factories.loaded("company", made)
    return made


def officers(of: Body, *names: str) -> list[Actor]:
    """Licensing officers of a body."""
    found = []
    for name in names or ("officer-1", "officer-2"):
        account = factories.account(name)
        factories.grant(account, Role.LICENSING_OFFICER, body=of)
        found.append(actor_of(account))
    return found


def draft(of: PermitEntry, by: Account, **facts: Any) -> PermitApplication:
    """A draft that is answered, of a company that the account heads."""
    actor = actor_of(by)
    who = Company.objects.filter(head=by.person).first() or company(by.person)
    wanted = applying.Wanted(of, f"company:{who.pk}", **facts)
    made = applying.begin_application(wanted=wanted, by=actor, at=AT)
    given: dict[str, dict[str, object]] = {
        "address": {"address": "Астана, Абай даңғылы 1"},
        "subtypes": {"subtypes": list(range(len(made.version.subtypes)))},
        "requirements": {str(place): "Met" for place in range(len(made.version.requirements))},
    }
    for part, answers in given.items():
        made = applying.answer(application=made, part=part, given=answers, by=actor, at=AT)
    return made


def sent(of: PermitEntry, by: Account, at: datetime = AT, **facts: Any) -> PermitApplication:
    """An application that was sent."""
    return applying.send_application(application=draft(of, by, **facts), by=actor_of(by), at=at)


def drawn(application: PermitApplication, at: datetime = AT) -> PermitApplication:
    """An application for which officers were drawn; without witnesses the log's own signature makes the seed."""
    made = fix_frame(body=application.body, by=BY, at=at)
    sequence(at=at)
    make_draw(draw=made, by=BY, at=at)
    return fresh(application)


def fresh(application: PermitApplication) -> PermitApplication:
    """An application as it is now."""
    return PermitApplication.objects.get(pk=application.pk)


def verifier(of: PermitApplication) -> Actor:
    """Who was drawn to verify it."""
    assert of.verifier is not None
    return actor_of(of.verifier)


def decider(of: PermitApplication) -> Actor:
    """Who was drawn to decide about it."""
    assert of.decider is not None
    return actor_of(of.decider)


def step(of: PermitApplication, answer: str, by: Actor, at: datetime = AT, **said: Any) -> PermitApplication:
    """An application whose step was answered."""
    return handling.take_step(application=fresh(of), answer=answer, said=Said(**said), by=by, at=at)


def verified(of: PermitApplication, at: datetime = AT) -> PermitApplication:
    """An application that is complete and verified."""
    whole = step(of, "complete", verifier(of), at)
    return step(whole, "meets", verifier(whole), at)


def granted(of: PermitEntry, by: Account, at: datetime = AT) -> PermitApplication:
    """An application that was granted."""
    one = verified(drawn(sent(of, by, at), at), at)
    return step(one, "grant", decider(one), at)
