"""The number of a relative: who it belongs to, and whether that can be the one who is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from adaldyq.base.errors import DomainError
from adaldyq.base.name_keys import may_be_one
from adaldyq.countries.identifiers import IdentifierScheme

FIELD = "number"
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Relative:
    """Whom the register knows by a number.

    Attributes:
        id: of the person.
        born: none when the register does not know the day.
        died: none while they live.
        names: all that they are called.
    """

    id: str
    born: date | None
    died: date | None
    names: Sequence[str]


def nobody(number: str) -> Relative | None:
    """The register of those who have none."""
    return None


def relative_of(
    values: Mapping[str, object],
    schemes: Sequence[IdentifierScheme],
    declarant: str,
    known: Callable[[str], Relative | None],
    day: date,
) -> str:
    """Id of the person whom the number of a relative belongs to; empty without a number, or when no register knows it.

    Whoever types a number learns of its owner only what agrees with the name and the day of birth typed beside it.

    Args:
        values: of a row of the family, as far as they can be read.
        schemes: of numbers that people have.
        declarant: id of whoever declares.
        day: as of which the family is declared.

    Raises:
        DomainError: `declared-number-misformed`, `declared-number-own`, `declared-number-of-another` or
            `declared-number-of-dead`.
    """
    number = str(values.get(FIELD) or "")
    if not number:
        return ""
    fitting = [one for one in schemes if one.check(number)]
    if not fitting:
        called = " ".join(one.name for one in schemes)
        raise DomainError("declared-number-misformed", field=FIELD, value=number[:SHOWN], schemes=called)
    born, name = values.get("birth_date"), str(values.get("name") or "")
    if born and all(one.birth_date(number) not in {None, born} for one in fitting):
        raise DomainError("declared-number-of-another", field=FIELD)
    found = known(number)
    if found is None or not (born and name):
        return ""
    if found.id == declarant:
        raise DomainError("declared-number-own", field=FIELD)
    of_another = found.id != (values.get("relative_id") or found.id)
    if of_another or found.born not in {None, born} or not any(may_be_one(name, one) for one in found.names):
        raise DomainError("declared-number-of-another", field=FIELD)
    check_lived(found, FIELD, day)
    return found.id


def check_known_lives(values: Mapping[str, object], known: Callable[[str], Relative | None], day: date) -> None:
    """Refuse a relative whom the register of families gave, without a number, and who had died by a day.

    As of a number, only whoever states name and day of birth is told.

    Raises:
        DomainError: `declared-number-of-dead`.
    """
    key, born, name = str(values.get("relative_id") or ""), values.get("birth_date"), str(values.get("name") or "")
    found = known(key) if key and born and name and not values.get(FIELD) else None
    if found is not None and found.born in {None, born} and any(may_be_one(name, one) for one in found.names):
        check_lived(found, "name", day)


def check_lived(found: Relative, field: str, day: date) -> None:
    """Refuse who had died by a day.

    Raises:
        DomainError: `declared-number-of-dead`.
    """
    if found.died is not None and found.died <= day:
        raise DomainError("declared-number-of-dead", field=field, day=found.died)
