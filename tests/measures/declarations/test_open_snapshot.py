"""Nothing that the law keeps closed is in the open snapshot, in no form of its files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from adaldyq.project.cli.exporting import export
from adaldyq.verification.open_snapshot import FOLDER, write_open_snapshot
from tests import factories
from tests.measures.declarations.test_redaction import (
    ACCOUNT,
    ADDRESS,
    BIRTH_DATE,
    CHILD,
    NUMBER,
    SECRETS,
    content,
    lived,
    planted,
)

pytestmark = pytest.mark.django_db


def test_the_open_snapshot_holds_what_is_open_and_nothing_closed(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path
    shown, other = lived(), factories.official(2023, names=("Басқа Кісі", "Другой Некто", "Other One"), rows=planted())
    hidden = factories.declaration(shown.person, 2022, is_public=False, rows=planted())
    done = CliRunner().invoke(export, ["open", str(tmp_path / FOLDER)])
    assert done.exit_code == 0, done.output
    with override("en"):
        page = content(client, reverse("open-data"))
    files = {
        name: content(client, f"/en/verification/open-data/{name}")
        for name in re.findall(r'open-data/([\w.]+)"', page)
        if not name.endswith("parquet")
    }
    for file in (tmp_path / FOLDER).glob("*.parquet"):
        files[file.name] = json.dumps(pq.read_table(file).to_pylist(), default=str, ensure_ascii=False)
        assert f"open-data/{file.name}" in page
    for name, text in files.items():
        assert not [one for one in (*SECRETS, "CANARY", str(BIRTH_DATE), hidden.pk) if one in text], name
    for name in ("declaration.csv", "declaration.parquet", "declared_account.csv", "declared_family.parquet"):
        assert shown.pk in files[name], name
        assert other.pk in files[name], name
    assert "Алатау Банкі" in files["declared_account.csv"]
    assert "declared_account,bank,text," in files["columns.csv"]
    assert {one.rpartition("  ")[2] for one in files["SHA256SUMS"].splitlines()} >= set(files) - {"SHA256SUMS"}


def test_what_people_write_in_their_own_words_is_redacted_there_too(tmp_path: Path) -> None:
    family: list[dict[str, object]] = [{"relation": "child", "name": CHILD[0], "birth_date": BIRTH_DATE}]
    said = f"{CHILD[0]} атына, {ADDRESS}, ИИН {NUMBER}, {ACCOUNT}"
    rows: dict[str, list[dict[str, object]]] = {
        "family": family,
        "crypto": [{"asset": f"Сатып алу: {said}", "value": 5}],
        "account": [{"bank": f"Алатау Банкі {ACCOUNT}", "account_number": ACCOUNT, "amount": 5}],
    }
    factories.official(2024, rows=rows)
    write_open_snapshot(tmp_path / FOLDER, at=timezone.now())
    [coin] = pq.read_table(tmp_path / FOLDER / "declared_crypto.parquet").to_pylist()
    [account] = pq.read_table(tmp_path / FOLDER / "declared_account.parquet").to_pylist()
    told = f"{coin['asset']} {account['bank']}"
    assert "Сатып алу" in told
    assert "Алатау Банкі" in told
    assert not [one for one in SECRETS if one in told], told
