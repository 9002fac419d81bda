"""Stories that only forms of other countries tell, and questions of analysts: they are in files, never in the database."""

from __future__ import annotations

from adaldyq.demo.lists import YEARS
from adaldyq.demo.plots.stage import Stage, Story, Told
from adaldyq.demo.truth import Clue, Kind

ASKED_RULE, SILENT_RULE, NOTICE_RULE = "amended-after-question", "family-gave-no-information", "late-change-notice"
YEAR = YEARS[-2]
"""A year long enough ago that an analyst's question and an amendment are past."""


def asked(stage: Stage, *, asked_after: int, amended_after: int) -> list[Clue]:
    """Let an analyst ask, and the declarant amend, so many days after the last day; returns what it gives to rules."""
    person = stage.take()
    stage.chunk.amendments[person, YEAR] = amended_after
    version = 1 if asked_after < amended_after else 2
    stage.chunk.inquiries.append((person, YEAR, version, asked_after))
    return [Clue(ASKED_RULE, person, f"income:{YEAR}")]


def amended_when_asked(stage: Stage) -> Told:
    """What was left out is added once an analyst asks."""
    clues = asked(
        stage, asked_after=int(stage.chance.integers(5, 20)), amended_after=int(stage.chance.integers(25, 55))
    )
    return Told(clues, "Added what was missing only when an analyst had asked.")


def amended_before_asked(stage: Stage) -> Told:
    """The amendment came first, and the analyst asked about it."""
    return Told(asked(stage, asked_after=40, amended_after=20), "Amended alone, before an analyst asked.")


def amended_as_told(stage: Stage) -> Told:
    """The analyst pointed out a typing error, and asked for it to be put right."""
    return Told(
        asked(stage, asked_after=10, amended_after=14), "Put a typing error right when the analyst pointed it out."
    )


def silent(stage: Stage, versions: int = 2) -> list[Clue]:
    """Let a spouse give no information for the first versions of a declaration; returns what it gives to rules."""
    person = stage.take(mask=stage.married())
    stage.chunk.marks.extend((person, YEAR, version) for version in range(1, versions + 1))
    return [Clue(SILENT_RULE, person, str(YEAR))]


def spouse_keeps_silent(stage: Stage) -> Told:
    """What the spouse earns is marked as not told, year by year, so that nobody may ask."""
    return Told(silent(stage), "Marks what the spouse has as not told, so that nobody may ask.")


def spouse_told_later(stage: Stage) -> Told:
    """The spouse told in the end, and an amendment says what."""
    clues = silent(stage, versions=1)
    stage.chunk.amendments[clues[0].person, YEAR] = 30
    return Told(clues, "The spouse told in the end, and an amendment says what.")


def spouse_lives_apart(stage: Stage) -> Told:
    """The couple lives apart, and the court has not parted them yet."""
    return Told(silent(stage), "Lives apart from a spouse who tells nothing; the divorce is under way.")


def notified(stage: Stage, days: int) -> list[Clue]:
    """Let somebody notify the purchase of a car so many days after it; returns what it gives to rules."""
    person = stage.take()
    stage.chunk.notices.append((person, stage.date(YEAR), days, stage.units(YEAR, 3000, 9000)))
    return [Clue(NOTICE_RULE, person, "")]


def notified_late(stage: Stage) -> Told:
    """A purchase is notified months later."""
    return Told(
        notified(stage, int(stage.chance.integers(40, 200))), "Notified a purchase months after the law asks for it."
    )


def notified_on_the_tenth_day(stage: Stage) -> Told:
    """The last day that the law gives."""
    return Told(notified(stage, 10), "Notified a purchase on the last day that the law gives.")


def notified_from_hospital(stage: Stage) -> Told:
    """An illness came between."""
    return Told(notified(stage, 17), "Notified a purchase a week late, after an illness.")


STORIES = (
    Story("amended when asked", Kind.SCHEME, 2, amended_when_asked),
    Story("amended before asked", Kind.NEAR_MISS, 1, amended_before_asked),
    Story("amended as told", Kind.LOOK_ALIKE, 1, amended_as_told),
    Story("spouse keeps silent", Kind.SCHEME, 2, spouse_keeps_silent),
    Story("spouse told later", Kind.NEAR_MISS, 1, spouse_told_later),
    Story("spouse lives apart", Kind.LOOK_ALIKE, 1, spouse_lives_apart),
    Story("notified late", Kind.SCHEME, 2, notified_late),
    Story("notified on the tenth day", Kind.NEAR_MISS, 1, notified_on_the_tenth_day),
    Story("notified from hospital", Kind.LOOK_ALIKE, 1, notified_from_hospital),
)
