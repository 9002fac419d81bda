"""Plants the stories in a chunk, and tells what came of filing late or not at all."""

from __future__ import annotations

import numpy as np

from adaldyq.demo.belongings import OTHER_GIFT
from adaldyq.demo.chunk import Chunk
from adaldyq.demo.columns import date_text
from adaldyq.demo.duties import AT_LAST, FORMS, JUST_AFTER, ON_PAPER, WAS_LATE, WAS_MISSING
from adaldyq.demo.plots import (
    measure_stories,
    money_stories,
    notice_stories,
    passing_stories,
    possession_stories,
    property_stories,
    register_stories,
    ties_stories,
)
from adaldyq.demo.plots.stage import NobodyLeftError, Stage, Story
from adaldyq.demo.plots.ties_stories import GIFT_RULE
from adaldyq.demo.rows import Rows
from adaldyq.demo.truth import Clue, Kind, Truth

STORIES: tuple[Story, ...] = (
    *property_stories.STORIES,
    *money_stories.STORIES,
    *ties_stories.STORIES,
    *measure_stories.STORIES,
    *register_stories.STORIES,
    *passing_stories.STORIES,
    *possession_stories.STORIES,
)
PER = 10_000
FILING_RULE = "late-or-missing"
OUTCOMES = (
    (WAS_MISSING, "never filed", Kind.SCHEME, "Never filed what was due on {due}.", False),
    (WAS_LATE, "filed late", Kind.SCHEME, "Filed after the last day, {due}.", False),
    (
        JUST_AFTER,
        "filed after midnight",
        Kind.SCHEME,
        "Filed twenty minutes after the last day, {due}, had ended.",
        False,
    ),
    (AT_LAST, "filed in the last minute", Kind.NEAR_MISS, "Filed in the last minute of {due}.", False),
    (ON_PAPER, "filed on paper", Kind.LOOK_ALIKE, "Filed on paper in time; an office entered it after {due}.", False),
)


def plant(chunk: Chunk, truth: Truth, truth_beside: Truth, obligations: Rows) -> None:
    """Play every kind of story as often as the size of the chunk asks, each with people of its own.

    A small chunk has at least one of each kind as long as there are people for it.

    Args:
        chunk: is changed.
        truth: is told what is the case.
        truth_beside: is told what is the case in files alone.
        obligations: who must declare what before any story.
    """
    stage = Stage(chunk, obligations)
    tell_inheritances(stage, truth)
    stories = [*((story, truth) for story in STORIES), *((story, truth_beside) for story in notice_stories.STORIES)]
    waves = [max(1, round(story.often * len(chunk.people) / PER)) for story, _truth in stories]
    for wave in range(max(waves)):
        for (story, told), often in zip(stories, waves, strict=True):
            if wave < often:
                play(story, stage, told)


def play(story: Story, stage: Stage, truth: Truth) -> None:
    """Play one story, unless nobody fits it any more."""
    try:
        told = story.play(stage)
    except NobodyLeftError:
        return
    truth.case(story.scheme, story.kind, told.clues, told.story, hidden=story.hidden)


def tell_inheritances(stage: Stage, truth: Truth) -> None:
    """Tell which heirs declare what they inherited: lawful, and as large as a gift that is not."""
    gifts = stage.chunk.gifts
    inherited = gifts.where(gifts["kind"] == OTHER_GIFT)
    for person, giver, year in sorted(
        set(zip(*(inherited[name].tolist() for name in ("person", "giver", "year")), strict=True))
    ):
        clues = stage.of_years(GIFT_RULE, person, [year], "{year}:" + stage.chunk.id_of("person", giver))
        if clues:
            truth.case("inheritance", Kind.LOOK_ALIKE, clues, f"Declared what a parent left in {year}.")


def tell_filing(truth: Truth, met: Rows) -> None:
    """Tell which obligations were met late, never, or only just."""
    for how, scheme, kind, story, hidden in OUTCOMES:
        for row in np.flatnonzero(met["how"] == how):
            thing = f"{FORMS[met['form'][row]]}:{met['year'][row]}"
            clue = Clue(FILING_RULE, int(met["person"][row]), thing)
            truth.case(scheme, kind, [clue], story.format(due=date_text(met["due"][row])), hidden=hidden)
