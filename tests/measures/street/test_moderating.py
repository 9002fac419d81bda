"""Words are shown only as a moderator leaves them, and whoever reads sealed reports is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.street.actions import moderating
from adaldyq.measures.street.models import StreetReport
from adaldyq.measures.street.queries.moderating import shown, waiting
from tests import factories
from tests.measures.street.telling import tell

AT = datetime(2025, 9, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Actor:
    """A reviewer."""
    return actor_of(factories.account("reviewer", Role.REVIEWER))


def words(text: str = "Просили деньги за очередь") -> StreetReport:
    """A report whose words wait."""
    return tell(1, AT, words=text)[0]


def last_line() -> dict[str, str]:
    """What the newest line of the ledger says."""
    found: dict[str, str] = json.loads(Leaf.objects.order_by("-pk").values_list("payload", flat=True)[0] or "")
    return found


def test_words_are_shown_as_the_moderator_leaves_them(moderator: Actor) -> None:
    report = words("Доктор Иванов просил деньги")
    found = moderating.publish_words(
        report=report, words="Доктор просил деньги", names_nobody=True, by=moderator, at=AT
    )
    assert (found.state, found.words) == ("shown", "Доктор просил деньги")
    assert last_line() == {"report": found.pk, "state": "shown", "ground": "", "by": moderator.id}
    assert not waiting(moderator).exists()
    back = moderating.take_words_back(report=found, ground="names", by=moderator, at=AT)
    assert (back.state, back.words) == ("wordless", "")
    assert not shown(moderator).exists()


def test_without_words_or_not_at_all_what_was_typed_is_forgotten(moderator: Actor) -> None:
    left = moderating.publish_without_words(report=words(), ground="insult", by=moderator, at=AT)
    gone = moderating.set_aside(report=words(), ground="advertising", by=moderator, at=AT)
    assert [(one.state, one.words, one.ground) for one in (left, gone)] == [
        ("wordless", "", "insult"),
        ("set_aside", "", "advertising"),
    ]
    assert last_line()["ground"] == "advertising"


def test_numbers_are_never_shown_and_names_of_officials_only_when_they_are_none(moderator: Actor) -> None:
    of = factories.person(names=("Таңатаров Серік Әбдіұлы",))
    factories.appointment(of, factories.post(), until=timezone.localdate() + timedelta(days=400))
    report = words()
    with pytest.raises(DomainError, match="street-words-number"):
        moderating.publish_words(report=report, words="8 701 123 45 67", names_nobody=True, by=moderator, at=AT)
    with pytest.raises(DomainError, match="street-words-name"):
        moderating.publish_words(report=report, words="Деньги взял Танатаров", names_nobody=False, by=moderator, at=AT)
    with pytest.raises(DomainError, match="street-words-empty"):
        moderating.publish_words(report=report, words="  ", names_nobody=True, by=moderator, at=AT)
    found = moderating.publish_words(report=report, words="Роза, цветок", names_nobody=True, by=moderator, at=AT)
    assert found.state == "shown"


def test_two_moderators_decide_once(moderator: Actor) -> None:
    report = words()
    moderating.set_aside(report=StreetReport.objects.get(), ground="made_up", by=moderator, at=AT)
    with pytest.raises(Conflict):
        moderating.publish_words(report=report, words="Слова", names_nobody=True, by=moderator, at=AT)


def test_a_ground_is_one_of_those_offered(moderator: Actor) -> None:
    with pytest.raises(DomainError, match="declared-not-offered"):
        moderating.set_aside(report=words(), ground="dislike", by=moderator, at=AT)


@pytest.mark.parametrize(
    "roles", [(Role.AGENCY_ANALYST,), (Role.REVIEWER, Role.RECEIVING_OFFICER), (Role.ADMINISTRATOR,)]
)
def test_nobody_else_reads_them(roles: tuple[Role, ...]) -> None:
    account: Account = factories.account("somebody", *roles)
    report = words()
    assert not waiting(actor_of(account)).exists()
    with pytest.raises(NotAllowed):
        moderating.set_aside(report=report, ground="made_up", by=actor_of(account), at=AT)
