"""Names of people, bodies and places in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language

from adaldyq.base.names import order_key
from adaldyq.countries.loader import load
from adaldyq.countries.pack import CountryPack
from adaldyq.kernel.models import Body, PersonName, Territory
from adaldyq.kernel.recent import forget, recent

KEYS_AT_ONCE = 5000
TERRITORY_NAMES = "names of territories"


def pack() -> CountryPack:
    """The country of this installation."""
    return load(settings.COUNTRY)


def spoken(names: Mapping[str, str], otherwise: str = "") -> str:
    """One of several names: in the reader's language, else in the state's, else `otherwise`."""
    return names.get(get_language() or "") or otherwise or names.get(pack().languages[0], "")


def code_names(code_list: str) -> dict[str, str]:
    """Names of a code list of the pack in the reader's language, by code, in the pack's order."""
    return {code: spoken(names, code) for code, names in pack().codes[code_list].items()}


def code_titles(code_list: str) -> dict[str, str]:
    """The same, each with a capital letter, where it begins a line."""
    return {code: capfirst(name) for code, name in code_names(code_list).items()}


def names_of(people: Collection[str]) -> dict[str, str]:
    """What people are called now, in the reader's language where they have a name in it."""
    wanted = [get_language() or "", *pack().languages]
    found: dict[str, tuple[int, str]] = {}
    listed = sorted(set(people))
    for start in range(0, len(listed), KEYS_AT_ONCE):
        names = PersonName.objects.filter(person_id__in=listed[start : start + KEYS_AT_ONCE], valid_to__isnull=True)
        for person, language, text in names.order_by("id").values_list("person_id", "language", "text"):
            rank = wanted.index(language) if language in wanted else len(wanted)
            if person not in found or rank < found[person][0]:
                found[person] = (rank, text)
    return {person: text for person, (_, text) in found.items()}


def names_in_pack() -> Mapping[str, Mapping[str, str]]:
    """Names of the pack's territories by language, by code."""
    return names_in(settings.COUNTRY)


@cache
def names_in(country: str) -> Mapping[str, Mapping[str, str]]:
    """The same, of a country."""
    return {one.code: one.names for one in load(country).territories}


def names_by_law() -> dict[str, Mapping[str, str]]:
    """Names that the register gives territories since the pack was written."""
    return recent(TERRITORY_NAMES, lambda: dict(Territory.objects.exclude(names={}).values_list("id", "names")))


def forget_territory_names() -> None:
    """Read the names of territories anew; called when an act has changed one."""
    forget(TERRITORY_NAMES)


def territory_names() -> dict[str, Mapping[str, str]]:
    """Names of territories by language, by code: those of the register, else those of the pack."""
    return {**names_in_pack(), **names_by_law()}


def place_name(code: str) -> str:
    """A territory in the reader's language; its code when nobody has a name for it."""
    return spoken(names_by_law().get(code) or names_in_pack().get(code, {})) or code


def regions() -> list[tuple[str, str]]:
    """Codes and names of the regions, cities of that rank among them, by name."""
    countries = {one.code for one in pack().territories if not one.parent}
    found = [(one.code, spoken(one.names, one.code)) for one in pack().territories if one.parent in countries]
    return sorted(found, key=lambda pair: order_key(pair[1]))


def region_by_territory() -> dict[str, str]:
    """The region that each territory lies in; the country itself lies in none."""
    parents: dict[str, str | None] = dict(Territory.objects.values_list("id", "parent_id"))
    found: dict[str, str] = {}
    for territory in parents:
        line = [territory]
        while (above := parents.get(line[-1])) is not None and above not in line:
            line.append(above)
        if len(line) > 1:
            found[territory] = line[-2]
    return found


def territories_of(region: str) -> list[str]:
    """The region and all territories in it."""
    return [territory for territory, its in region_by_territory().items() if its == region]


def body_names() -> dict[str, str]:
    """All bodies in the reader's language, by id."""
    rows = Body.objects.values_list("id", "name", "names")
    return {body: spoken(names, name) for body, name, names in rows}


def body_places() -> dict[str, str]:
    """The territory that each body serves, by its id."""
    return dict(Body.objects.values_list("id", "territory_id"))
