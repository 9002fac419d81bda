"""Imported datasets, snapshots and a country's own pack come back with a restore, and the pages of runs answer the same."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from adaldyq.countries.loader import HERE
from adaldyq.verification import snapshot_keys
from tests.measures.declarations.adapters.test_kosovo import ARTA, sheet
from tests.project.backups.conftest import Place, new_place

pytestmark = [pytest.mark.database, pytest.mark.journey]


def content(data: Path) -> dict[str, str]:
    """Files of datasets and snapshots, with what is in them."""
    files = [one for kind in ("datasets", "snapshots") for one in (data / kind).rglob("*") if one.is_file()]
    return {str(one.relative_to(data)): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


@pytest.fixture
def verified(tmp_path: Path) -> Place:
    """An installation with a pack of its own, an imported dataset, and a run over it and over its own registers."""
    place = new_place(tmp_path / "verified", migrated=True)
    pack = shutil.copytree(HERE / "zz", tmp_path / "pack-here")
    place.more["ADALDYQ_COUNTRY"] = str(pack)
    (tmp_path / "sheets").mkdir()
    sheet(tmp_path / "sheets", 2012, ARTA)
    for words in (("import", "kosovo", str(tmp_path / "sheets")), ("verify",)):
        done = place.command(*words)
        assert done.returncode == 0, done.stderr
    return place


def test_datasets_snapshots_and_pack_are_restored_and_pages_answer_the_same(
    verified: Place, elsewhere: Place, tmp_path: Path
) -> None:
    [sealed] = (verified.data / "snapshots").iterdir()
    assert snapshot_keys.is_sealed(sealed)
    made = verified.command("backup", str(tmp_path / "b.tar"))
    assert "Imported datasets: kosovo. Snapshots: 1." in made.stdout, made.stderr
    assert "The country pack is in it." in made.stdout

    refused = elsewhere.command("restore", str(tmp_path / "b.tar"))
    assert refused.returncode == 1
    assert "adaldyq backup pack" in " ".join(refused.stderr.split())
    taken = elsewhere.command("backup", "pack", str(tmp_path / "b.tar"), str(tmp_path / "pack-there"))
    assert taken.returncode == 0, taken.stderr
    elsewhere.more["ADALDYQ_COUNTRY"] = str(tmp_path / "pack-there")

    (elsewhere.data / "datasets" / "mine").mkdir(parents=True)
    restored = elsewhere.command("restore", str(tmp_path / "b.tar"))
    assert restored.returncode in {0, 6}, restored.stderr
    assert "is not as it was in the backup" not in restored.stdout
    assert content(elsewhere.data) == content(verified.data) != {}
    key = (verified.data / snapshot_keys.FILE).read_text()
    assert (elsewhere.data / snapshot_keys.FILE).read_text() == key
    assert (elsewhere.data / ".replaced" / "datasets" / "mine").is_dir()
    before = verified.journey("visit", verified.data)
    assert elsewhere.journey("visit", elsewhere.data) == before
    assert [one[:2] for one in json.loads(before).values()] == [[200, True], [200, True]]

    facts = tmp_path / "pack-there" / "pack.yaml"
    facts.write_text(facts.read_text() + "# changed\n")
    again = new_place(tmp_path / "again")
    again.more["ADALDYQ_COUNTRY"] = elsewhere.more["ADALDYQ_COUNTRY"]
    said = again.command("restore", str(tmp_path / "b.tar")).stdout
    assert "is not as it was in the backup" in " ".join(said.split())
    occupied = again.command("backup", "pack", str(tmp_path / "b.tar"), str(tmp_path / "pack-there"))
    assert (occupied.returncode, "something in" in occupied.stderr) == (1, True)
