"""Life of what somebody told openly."""

from __future__ import annotations

from adaldyq.base.states import Transition, TransitionTable

WAITING, PLAIN, SHOWN, WORDLESS, SET_ASIDE = "waiting", "plain", "shown", "wordless", "set_aside"
PUBLISH, PUBLISH_WITHOUT_WORDS, SET_ASIDE_ACT, TAKE_BACK = "publish", "publish_without_words", "set_aside", "take_back"
FORGET = "forget_words"
REVIEWER = "reviewer"

STREET_REPORT = TransitionTable(
    "street_report",
    WAITING,
    (
        Transition(WAITING, PUBLISH, SHOWN, REVIEWER),
        Transition(WAITING, PUBLISH_WITHOUT_WORDS, WORDLESS, REVIEWER),
        Transition(WAITING, SET_ASIDE_ACT, SET_ASIDE, REVIEWER),
        Transition(WAITING, FORGET, PLAIN, ""),
        Transition(SHOWN, TAKE_BACK, WORDLESS, REVIEWER),
    ),
)
"""A report with words waits until a moderator has read them; one without words (`plain`) waits for nobody. What is
counted needs no moderator: only what is set aside is not counted. Words that name somebody after all are taken back; those
that are too many or too old to be read are forgotten by the house itself."""

COUNTED = (WAITING, PLAIN, SHOWN, WORDLESS)
