"""A moderator reads words before anybody else does, and decides what is shown of them."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.street import policies
from adaldyq.measures.street.actions.telling import LONGEST_WORDS
from adaldyq.measures.street.domain.words import without_names, without_numbers
from adaldyq.measures.street.models import StreetReport
from adaldyq.measures.street.queries.names import of_officials
from adaldyq.measures.street.queries.words import GROUNDS
from adaldyq.measures.street.states import PUBLISH, PUBLISH_WITHOUT_WORDS, SET_ASIDE_ACT, TAKE_BACK

SHOW, LEAVE_OUT, SET_ASIDE, BACK = (
    "street.words.publish",
    "street.words.leave_out",
    "street.report.set_aside",
    "street.words.take_back",
)


def decided(report: StreetReport) -> Recorded:
    """The ledger line: which report, what became of it, and why; never its words."""
    return Recorded(
        [{"report": report.pk, "state": report.state, "ground": report.ground}], {"street_report": report.pk}
    )


@act(SHOW, records=decided)
def publish_words(*, report: StreetReport, words: str, names_nobody: bool, by: Actor, at: datetime) -> StreetReport:
    """Show words as the moderator leaves them: without names and numbers of people. What was typed is forgotten.

    Args:
        names_nobody: that the moderator has looked at words which could be names of officials, and they are none.

    Raises:
        NotAllowed: `by` is no reviewer, or reads sealed reports.
        Conflict: somebody else was first.
        DomainError: `street-words-empty`, `street-words` for too many, `street-words-number` while they hold what looks
            like a number, a telephone or an address, `street-words-name` for what may be the name of an official.
    """
    require(policies.may_moderate(by), SHOW)
    if not words.strip():
        raise DomainError("street-words-empty", field="words")
    if len(words) > LONGEST_WORDS:
        raise DomainError("street-words", field="words", most=LONGEST_WORDS)
    if without_numbers(words) != words:
        raise DomainError("street-words-number", field="words")
    if not names_nobody and without_names(words, of_officials) != words:
        raise DomainError("street-words-name", field="names_nobody")
    return advance(report, PUBLISH, by=by, at=at, words=words.strip())


@act(LEAVE_OUT, records=decided)
def publish_without_words(*, report: StreetReport, ground: str, by: Actor, at: datetime) -> StreetReport:
    """Count a report and show none of its words, which are forgotten.

    Raises:
        NotAllowed: as `publish_words`.
        Conflict: somebody else was first.
        DomainError: `declared-not-offered` for an unknown ground.
    """
    require(policies.may_moderate(by), LEAVE_OUT)
    return advance(report, PUBLISH_WITHOUT_WORDS, by=by, at=at, words="", ground=known_ground(ground))


@act(SET_ASIDE, records=decided)
def set_aside(*, report: StreetReport, ground: str, by: Actor, at: datetime) -> StreetReport:
    """Neither show nor count a report, such as an advertisement. Its words are forgotten.

    Raises:
        NotAllowed, Conflict, DomainError: as `publish_without_words`.
    """
    require(policies.may_moderate(by), SET_ASIDE)
    return advance(report, SET_ASIDE_ACT, by=by, at=at, words="", ground=known_ground(ground))


@act(BACK, records=decided)
def take_words_back(*, report: StreetReport, ground: str, by: Actor, at: datetime) -> StreetReport:
    """Show words no longer that were shown, since they name somebody after all. The report is still counted.

    Raises:
        NotAllowed, Conflict, DomainError: as `publish_without_words`.
    """
    require(policies.may_moderate(by), BACK)
    return advance(report, TAKE_BACK, by=by, at=at, words="", ground=known_ground(ground))


def known_ground(ground: str) -> str:
    """A ground that pages offer.

    Raises:
        DomainError: `declared-not-offered`.
    """
    if ground not in GROUNDS:
        raise DomainError("declared-not-offered", field="ground", value=ground)
    return ground
