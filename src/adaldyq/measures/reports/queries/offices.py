"""What people call the offices that receive reports, so that a report about one of them is known by any of its names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from adaldyq.base.names import comparison_key
from adaldyq.kernel import naming
from adaldyq.kernel.choosing import AT_MOST, bodies, of_body
from adaldyq.kernel.models import Body
from adaldyq.measures.reports.models.keys import AGENCY, PROSECUTOR
from adaldyq.measures.reports.queries.houses import is_same_house
from adaldyq.measures.reports.queries.routing import UNITS
from adaldyq.ui.lookup import Answer

SHORTEST = 3
"""Characters of a typed text that may be a part of another name."""


def receiving(day: date) -> Mapping[str, Body]:
    """The bodies that receive reports on a day, by what they are: the agency, then the prosecutor."""
    found = {one.kind: one.body for one in UNITS(day)}
    return {kind: found[kind] for kind in (AGENCY, PROSECUTOR) if kind in found}


def offices_of_house(about: Body, day: date) -> list[str]:
    """Which offices are a body, or stand above or beneath it: a report about it says already that it is about them."""
    return [kind for kind, body in receiving(day).items() if is_same_house(body, about)]


def names_of(kind: str) -> list[str]:
    """What else an office is called, in every language of the country pack."""
    listed = naming.pack().codes["receiving_office_name"]
    return [name for code, names in listed.items() if code.partition("-")[0] == kind for name in names.values()]


def called(text: str, day: date) -> list[Answer]:
    """State bodies that a text names, those that receive reports first, also by other names of theirs."""
    first = [answer for kind, body in receiving(day).items() if (answer := answer_to(text, kind, body))]
    known = {one.value for one in first}
    return [*first, *(one for one in bodies(text) if one.value not in known)][:AT_MOST]


def answer_to(text: str, kind: str, body: Body) -> Answer | None:
    """An office as an answer to another name of it, to a part of one, or to a text with one in it; none to what is no such."""
    typed = comparison_key(text)
    others = [key for name in names_of(kind) if (key := comparison_key(name))]
    answer = of_body(body)
    if typed in others:
        return Answer(answer.value, answer.label, answer.hint, text)
    words = set(typed.split())
    is_meant = any(
        words >= set(key.split()) or (len(typed) >= SHORTEST and words <= set(key.split())) for key in others
    )
    return answer if is_meant else None
