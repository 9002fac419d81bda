from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from adaldyq.measures.declarations.adapters.collection import Row
from adaldyq.measures.declarations.adapters.leaves import LOST, leaves
from adaldyq.measures.declarations.adapters.nacp import FIELDS, TABLES
from adaldyq.measures.declarations.adapters.nacp_fields import CHANGE_FIELDS, DECLARATION_FIELDS
from adaldyq.measures.declarations.adapters.nacp_losses import STATUS, field_name
from tests.measures.declarations.adapters.conftest import Reader, read_whole
from tests.measures.declarations.adapters.nacp_documents import WIFE, Write, change, document, folder

__all__ = ["folder"]

PAGE = Path(__file__).parents[4] / "docs" / "reference" / "datasets" / "nacp.md"

CASH: Row = {"objectType": "Готівкові кошти"}
BANK: Row = {"objectType": "Кошти, розміщені на банківських рахунках"}
LENT: Row = {"objectType": "Кошти, позичені третім особам"}
GIFT: Row = {"objectType": "Подарунок"}
BASES: dict[int, tuple[Row, ...]] = {
    2: ({"lastname": "А"}, GIFT, {}),
    11: ({}, GIFT),
    12: (CASH, BANK, LENT),
}
SAMPLES = {
    "person": (WIFE, "j"),
    "rightBelongs": (WIFE, "1"),
    "subjectRelation": ("син",),
    "id": ("6",),
    "assetsCurrency": ("USD",),
    "currency": ("USD",),
    "ownershipType": ("Оренда",),
    "graduationYear": ("2011",),
    "organization_eng_company_address": ("Riga, Latvia",),
}
ANY = (
    "1",
    "04.04.2008",
    "Квартира",
    "Автомобіль легковий",
    "Твір мистецтва",
    "акції",
    "позики",
    "пенсія",
    "Юридична особа, зареєстрована в Україні",
)


def put(entry: Row, names: list[str], value: str) -> Row:
    changed = deepcopy(entry)
    place: Any = changed
    for name in names[:-1]:
        place = place.setdefault("1" if name == "*" else name, {})
    place[names[-1]] = value
    return changed


def mapped_inside(fields: dict[str, str]) -> list[str]:
    return [path for path, fate in fields.items() if path.count(".") > 2 and not fate.startswith(LOST)]


@pytest.mark.parametrize(
    ("path", "make"),
    [(path, document) for path in mapped_inside(dict(DECLARATION_FIELDS))]
    + [(path, change) for path in mapped_inside(dict(CHANGE_FIELDS))],
)
def test_every_field_that_has_a_place_changes_the_rows(folder: Write, path: str, make: Callable[..., Row]) -> None:
    _, step, *names = path.split(".")
    holder = "org" if names[0] == "org" else ""
    names = names[2:] if holder else names[1:]
    family = {WIFE: {"id": WIFE, "lastname": "Коваль", "subjectRelation": "дружина"}}

    def rows_with(entry: Row) -> dict[str, list[Row]]:
        steps: dict[str, Any] = {"step_2": family} if make is document and step != "step_2" else {}
        steps[step] = {holder: {"5": entry}} if holder else {"5": entry}
        return read_whole("nacp", folder(make(**steps)))[0]

    bases = BASES.get(int(step[5:]), ({},))
    if names[:1] == ["rights"] and names[-1] != "ownershipType":
        bases = tuple({**base, "rights": {"1": {"ownershipType": "Власність"}}} for base in bases)
    if names[-1] == "ownershipType":
        bases = tuple({**base, "rights": {"1": {"rightBelongs": WIFE}}} for base in bases)
    assert any(
        rows_with(base) != rows_with(put(base, names, value)) for base in bases for value in SAMPLES.get(names[-1], ANY)
    )


def test_every_field_of_the_real_documents_is_accounted_for(real: Callable[[str], Path]) -> None:
    folder = real("ukraine-nacp-declarations")
    for name, fields in (("declarations", DECLARATION_FIELDS), ("change_forms", CHANGE_FIELDS)):
        for file in (folder / name).glob("*.json"):
            paths = {path for path, _ in leaves(json.loads(file.read_text(encoding="utf-8")), name=field_name)}
            assert {path for path in paths if not path.endswith(STATUS)} <= set(fields), file.name


def test_every_field_is_lost_or_goes_to_columns_that_are_filled() -> None:
    columns = {f"{table}.{column}" for table, names in TABLES.items() for column in names}
    assert {one for fate in FIELDS.values() if not fate.startswith(LOST) for one in fate.split(", ")} <= columns


def test_the_page_counts_what_is_lost_in_the_real_documents(real: Callable[[str], Path], whole: Reader) -> None:
    _, collection = whole("nacp", real("ukraine-nacp-declarations"))
    text = PAGE.read_text(encoding="utf-8").split("## What has no place, counted", 1)[1].split("\n## ", 1)[0]
    counted = dict(re.findall(r"^\| (.+) \| ([0-9]+) \|$", text, re.MULTILINE))
    assert counted == {loss.what: str(loss.count) for loss in collection.losses}
