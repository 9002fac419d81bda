"""What an applicant answers and an officer says, and what of it is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adaldyq.base.errors import DomainError

LONGEST_ANSWER, LONGEST_ADDRESS, MOST_PAPERS = 4000, 300, 20
DOCUMENT, REQUIREMENT = "document", "requirement"
ADDRESS, SUBTYPES, REQUIREMENTS = "address", "subtypes", "requirements"


@dataclass(frozen=True, slots=True)
class Cited:
    """A requirement or document of the entry with words about it.

    Attributes:
        kind: requirement or document.
        place: which of the entry's, from 0.
        words: what is wrong with it.
    """

    kind: str
    place: int
    words: str

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"kind": self.kind, "place": self.place, "words": self.words}


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer says with an answer.

    Attributes:
        grounds: of a refusal, requirements that are not met.
        defects: of a notice that something is missing, all of it.
        conditions: that the licence gets.
    """

    words: str = ""
    grounds: Sequence[Cited] = ()
    defects: Sequence[Cited] = ()
    conditions: Sequence[str] = field(default_factory=tuple)


def checked_text(text: str, name: str, longest: int = LONGEST_ANSWER) -> str:
    """A text without spaces around it.

    Raises:
        DomainError: `text-too-long`.
    """
    if len(text) > longest:
        raise DomainError("text-too-long", field=name, length=len(text), limit=longest)
    return text.strip()


def checked_places(places: Collection[int], count: int, name: str) -> list[int]:
    """Places in a list of the entry, in their order.

    Raises:
        DomainError: `declared-not-offered`.
    """
    for one in places:
        if not 0 <= one < count:
            raise DomainError("declared-not-offered", field=name, value=str(one))
    return sorted(set(places))


def missing(
    answers: Mapping[str, Any], asked: Mapping[str, int], papers: Collection[int], to_bring: Collection[int]
) -> list[str]:
    """Which parts of an application are not answered yet: `address`, `subtypes`, `requirements`, `documents`.

    Args:
        asked: how many subtypes and requirements the entry has.
        papers: documents that are there.
        to_bring: documents that the applicant brings.
    """
    found = []
    if not answers.get(ADDRESS):
        found.append(ADDRESS)
    if asked[SUBTYPES] and not answers.get(SUBTYPES):
        found.append(SUBTYPES)
    given = answers.get(REQUIREMENTS, {})
    if any(not given.get(str(place)) for place in range(asked[REQUIREMENTS])):
        found.append(REQUIREMENTS)
    if set(to_bring) - set(papers):
        found.append("documents")
    return found


def check_cited(cited: Sequence[Cited], counts: Mapping[str, int], name: str, code: str) -> list[dict[str, Any]]:
    """What is cited, each with words and each of the entry.

    Args:
        counts: how many requirements and documents the entry has.
        code: of the error when nothing is cited.

    Raises:
        DomainError: `code`, `permit-ground-unknown`, `permit-ground-words`, `text-too-long`.
    """
    if not cited:
        raise DomainError(code, field=name)
    for one in cited:
        if not 0 <= one.place < counts.get(one.kind, 0):
            raise DomainError("permit-ground-unknown", field=name)
        if not checked_text(one.words, name):
            raise DomainError("permit-ground-words", field=name)
    return [one.as_data() for one in cited]


def check_known(defects: Sequence[Cited], before: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a second notice that names what the first did not: all defects stand in one notice.

    Raises:
        DomainError: `permit-defect-late`.
    """
    named = {(one["kind"], one["place"]) for one in before}
    if any((one.kind, one.place) not in named for one in defects):
        raise DomainError("permit-defect-late", field="defects")
