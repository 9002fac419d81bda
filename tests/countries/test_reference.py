"""The reference of packs names every file, key, column and name that a pack must have."""

from __future__ import annotations

from pathlib import Path

import pytest

from adaldyq.countries import required, sheets
from adaldyq.countries.identifiers import Checksum
from adaldyq.countries.loader import HERE
from adaldyq.countries.shapes import FilingParts, PackFile, PermitPart, PhasePart, ReleasePart, SchemePart

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "country-packs.md").read_text(encoding="utf-8")
NAMES = (
    required.DEADLINES,
    {**required.THRESHOLDS, **required.OPTIONAL_THRESHOLDS},
    required.RETENTION,
    required.CODE_LISTS,
)
COLUMNS = {
    *sheets.TERRITORY_COLUMNS, *sheets.DAY_COLUMNS, *sheets.INDEX_COLUMNS, *sheets.RATE_COLUMNS,
    *sheets.THRESHOLD_COLUMNS, *sheets.DEADLINE_COLUMNS, *sheets.RETENTION_COLUMNS,
    *sheets.DOCUMENT_COLUMNS,
}  # fmt: skip


@pytest.mark.parametrize("names", NAMES, ids=["deadlines", "thresholds", "retention", "codes"])
def test_every_required_name_is_explained(names: dict[str, str]) -> None:
    assert all(f"| `{name}` | {meaning} |" in PAGE for name, meaning in names.items())


def test_every_column_and_key_is_named() -> None:
    parts = (PackFile, FilingParts, PermitPart, SchemePart, PhasePart, ReleasePart)
    keys = {key for part in parts for key in part.model_fields}
    assert {word for word in COLUMNS | keys | {one.value for one in Checksum} if f"`{word}`" not in PAGE} == set()


def test_every_file_of_a_pack_is_named() -> None:
    files = {file.name for file in (HERE / "zz").iterdir()} - {"README.md", "words"}
    assert {file for file in files if f"`{file}`" not in PAGE} == set()
