"""Numbers and addresses come out of no public door of the register, however a declarant spells them."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from adaldyq.kernel.models import Company
from adaldyq.measures.declarations.domain.redaction import FREE_TEXT
from adaldyq.measures.declarations.domain.sections import SECTIONS
from adaldyq.measures.declarations.models import Declaration
from adaldyq.verification.open_snapshot import FOLDER, write_open_snapshot
from tests import factories
from tests.base.spellings import CLOSED
from tests.measures.declarations.test_redaction import UNUSED, content, doors

pytestmark = pytest.mark.django_db

BARE = ("Торайгыров 917", "Торайгырова, 917/853", "угол Торайгырова и Абая 917а", "Алатау Банкі (Торайгыров 917)")
"""Addresses without a word for a street or a house."""
PIECES = frozenset(piece for one in CLOSED for piece in one.closed)


def spelt() -> Declaration:
    """An official who writes numbers and addresses in every usual way into boxes of own words."""
    rows: dict[str, list[dict[str, object]]] = {
        section: [dict.fromkeys(FREE_TEXT[section], one.text) for one in CLOSED] for section in UNUSED
    }
    return factories.official(2024, rows=rows)


def test_pages_files_and_answers_of_the_register_hold_none_of_them(client: Client) -> None:
    declaration = spelt()
    with override("kk"):
        addresses, page = doors(declaration), reverse("declarations-person", args=[declaration.person_id])
        file = reverse("declarations-register-rows")
    said = {address: html.unescape(content(client, address)) for address in addresses}
    for address, text in said.items():
        assert not [piece for piece in PIECES if piece in text], address
    for address in (page, file, f"/api/v1/declarations/people/{declaration.person_id}"):
        assert not [one.shown for one in CLOSED if one.shown not in said[address]], address


def test_an_address_that_no_word_tells_comes_out_of_no_box_of_own_words_whatever_the_section(
    client: Client, tmp_path: Path
) -> None:
    company = Company(name="«Наурыз 2015» ЖШС", legal_form="llp", source="a test", as_of=factories.AS_OF)
    factories.loaded("company", company)
    boxes = {
        section.name: [
            one.name for one in section.table.columns if one.name in {"description", *FREE_TEXT[section.name]}
        ]
        for section in SECTIONS
        if section.name != "vehicle"
    }
    rows: dict[str, list[dict[str, object]]] = {
        section: [dict.fromkeys(names, text) for text in BARE] for section, names in boxes.items() if names
    }
    rows["company_interest"].append({"company_name": company.name, "company_id": company.pk})
    rows["position"].append({"organisation": f"{company.name}, Торайгыров 917", "company_id": company.pk})
    declaration = factories.official(2024, rows=rows)
    write_open_snapshot(tmp_path / FOLDER, at=timezone.now())
    said = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / FOLDER).glob("*.csv")}
    with override("ru"):
        addresses, page = doors(declaration), reverse("declarations-person", args=[declaration.person_id])
    said |= {address: html.unescape(content(client, address)) for address in addresses}
    for address, text in said.items():
        assert not re.search(r"(?<!\w)(?:917а?|853)(?!\w)", text), address
    assert company.name in said[page], "what the register calls a company is open, with its figures"
    assert company.name in said["declared_company_interest.csv"]


def test_the_open_snapshot_holds_none_of_them(tmp_path: Path) -> None:
    spelt()
    write_open_snapshot(tmp_path / FOLDER, at=timezone.now())
    vehicles = pq.read_table(tmp_path / FOLDER / "declared_vehicle.parquet").to_pylist()
    assert {row["make"] for row in vehicles} == {one.shown for one in CLOSED}
    for file in (tmp_path / FOLDER).iterdir():
        text = str(pq.read_table(file).to_pylist()) if file.suffix == ".parquet" else file.read_text(encoding="utf-8")
        assert not [piece for piece in PIECES if piece in text], file.name
