"""Documents of Ukraine's register through the door: imported by the command, then verified."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests import databases
from tests.measures.declarations.adapters.nacp_documents import Write, change, document, folder
from tests.project.conftest import run

__all__ = ["folder"]

CASH = {"objectType": "Готівкові кошти", "assetsCurrency": "UAH"}
FEW = {"step_12": {"1": {**CASH, "sizeAssets": "1000"}}}
MANY = {"step_12": {"1": {**CASH, "sizeAssets": "90000000"}}}
HOUSE = {"objectType": "Житловий будинок", "costDate": "90000000", "owningDate": "01.02.2019", "person": "1"}


def verdict(text: str, rule: str) -> tuple[int, int]:
    """How many a rule checked and on how many it fired."""
    found = re.search(rf"declarations\.{rule}\s+(\d+)\s+(\d+)", text)
    assert found, text
    return int(found[1]), int(found[2])


def imported_and_verified(data: Path, place: Path) -> str:
    done = run(data, "import", "nacp", str(place))
    assert done.returncode == 0, done.stderr
    databases.prepare(data)
    verified = run(data, "verify", "--dataset", "nacp")
    return verified.stdout + verified.stderr


def test_wealth_that_grew_between_two_years_is_asked_about(tmp_path: Path, folder: Write) -> None:
    place = folder(document(1, declaration_year=2018, **FEW), document(2, declaration_year=2019, **MANY))
    data = tmp_path / "data"
    data.mkdir()
    assert verdict(imported_and_verified(data, place), "wealth-growth-unexplained") == (1, 1)
    manifest = json.loads((data / "datasets" / "nacp" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["origin"]["country"] == "UA"
    assert "hidden by the register: [Конфіденційна інформація]" in {loss["what"] for loss in manifest["losses"]}


def test_no_rule_takes_a_notice_or_a_part_of_a_year_for_a_year(tmp_path: Path, folder: Write) -> None:
    place = folder(
        document(1, declaration_year=2018, **FEW),
        document(2, declaration_year=2019, declaration_type=2, **MANY),
        change(3, step_3={"1": HOUSE}),
    )
    data = tmp_path / "data"
    data.mkdir()
    told = imported_and_verified(data, place)
    assert verdict(told, "wealth-growth-unexplained")[1] == 0
    assert verdict(told, "acquisitions-above-means")[1] == 0
