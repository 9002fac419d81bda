"""Invented documents in the shape of Ukraine's register."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HIDDEN = "[Конфіденційна інформація]"
NOT_GIVEN = "[Член сім'ї не надав інформацію]"
WIFE = "1470000000001"
MINE = {"1": {"rightBelongs": "1", "ownershipType": "Власність", "percent-ownership": "100"}}

Write = Callable[..., Path]


def document(number: int = 1, **changes: Any) -> dict[str, Any]:
    steps: dict[str, Any] = {f"step_{step}": {"empty": "немає"} for step in range(18)}
    steps["step_0"] = {"declarationType": "1"}
    steps["step_1"] = {
        "lastname": "Коваль",
        "firstname": "Іван",
        "middlename": "Петрович",
        "birthday": HIDDEN,
        "workPost": "суддя",
        "workPlace": "Суд",
    }
    inner = {name: value for name, value in changes.items() if name.startswith("step_")}
    outer = {name: value for name, value in changes.items() if not name.startswith("step_")}
    return {
        "id": f"d{number}",
        "type": 1,
        "declaration_type": 1,
        "declaration_year": 2019,
        "user_declarant_id": 77,
        "created_date": "28.03.2020 22:40:16",
        **outer,
        "data": {**steps, **inner},
    }


def change(number: int = 9, **changes: Any) -> dict[str, Any]:
    return document(number, type=2, declaration_type=0, step_0={"changesYear": "2019"}, **changes)


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    def written(*documents: dict[str, Any]) -> Path:
        place = tmp_path / "register"
        place.mkdir(exist_ok=True)
        for number, one in enumerate(documents):
            (place / f"{number}.json").write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
        return place

    return written
