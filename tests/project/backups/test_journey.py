"""A backup is made while others write, restored elsewhere beside a witness, and everything is as it was."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from adaldyq.ledger.notes import SignerKey
from tests.ledger.witnesses import witness_process
from tests.project.backups.conftest import Place, new_place
from tests.project.backups.journey import NAME
from tests.project.conftest import environment

pytestmark = [pytest.mark.database, pytest.mark.journey]


def typed(place: Place, word: str, *words: str) -> tuple[int, str]:
    """Run the command at a terminal and type a word when it asks; returns exit code and what was shown."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "adaldyq", *words],
        env=environment(place.data, **place.more),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        os.close(theirs)
        os.write(ours, f"{word}\n".encode())
        shown, _nothing = process.communicate(timeout=120)
    os.close(ours)
    return process.returncode, shown


def files_with(text: str, place: Place) -> list[Path]:
    """Files of an installation that hold a text, the database among them where it is a file."""
    return [one for one in place.data.rglob("*") if one.is_file() and text.encode() in one.read_bytes()]


def back_up_while_writing(origin: Place, notes: Path, out: Path, recipient: str) -> Path:
    """A backup that is made while another process acts, and which that process outlives."""
    with origin.doing("write", notes) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        made = origin.command("backup", str(out), "--to", recipient)
        (notes / "stop").touch()
    assert writer.returncode == 0
    assert made.returncode == 0, made.stderr
    lines = re.search(r"Ledger: (\d+) lines", made.stdout)
    assert lines is not None
    assert int(lines[1]) >= 30
    [file] = out.iterdir()
    return file


def test_an_old_backup_is_not_signed_beside_a_witness_and_the_newest_goes_on(
    origin: Place, elsewhere: Place, notes: Path, tmp_path: Path
) -> None:
    identity = pyrage.x25519.Identity.generate()
    key, out = tmp_path / "key", tmp_path / "out"
    key.write_text(f"# created by a test\n{identity}\n")
    out.mkdir()
    signer = SignerKey.parse((origin.data / "ledger-key").read_text().strip())
    with witness_process(tmp_path / "witness", signer.verifier) as witness:
        for place in (origin, elsewhere):
            place.more["ADALDYQ_WITNESSES"] = f"{witness.url} {witness.key}"
        old = back_up_while_writing(origin, notes, out, str(identity.to_public()))
        assert old.name.endswith(".tar.age")
        assert old.stat().st_mode & 0o077 == 0

        shutil.copy(origin.data / "ledger-key", elsewhere.data)  # as whoever keeps it elsewhere does
        elsewhere.more["ADALDYQ_ERASED"] = str(origin.data / "outside-backups" / "erased")
        restored = elsewhere.command("restore", str(old), "--key", str(key))
        assert restored.returncode == 6, restored.stdout + restored.stderr
        assert "lines were fetched and hashed; they give the root that was signed" in restored.stdout
        assert "Erased again: lines of the ledger: 2; files: 1; people: 1." in restored.stdout
        assert files_with(NAME, elsewhere) == files_with(NAME, origin) == []
        assert "the database is an old one" in restored.stdout
        assert "docs/how-to/restore-the-ledger.md" in restored.stdout
        assert elsewhere.journey("look", notes) == "ledger-behind"

        newest = origin.command("backup", str(out / "newest.tar"), "--with-ledger-key")
        assert newest.returncode == 0, newest.stderr
        code, shown = typed(elsewhere, "replace", "restore", str(out / "newest.tar"), "--replace")
        assert code == 0, shown
        assert "The ledger may be signed" in shown
        assert "What was here lies" in shown
        assert elsewhere.journey("look", notes) == "signed"
        del origin.more["ADALDYQ_WITNESSES"]


def test_a_backup_of_an_older_version_is_brought_to_this_one(elsewhere: Place, tmp_path: Path) -> None:
    before = new_place(tmp_path / "before")
    before.journey("older", tmp_path)
    made = before.command("backup", f"{tmp_path / 'kept'}/")
    assert made.returncode == 0, made.stderr
    (file,) = (tmp_path / "kept").iterdir()
    restored = elsewhere.command("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    missing = re.search(r"(\d+) migrations were missing", restored.stdout)
    assert missing is not None
    assert int(missing[1]) > 10
    assert "Nothing had been erased when the backup was made" in restored.stdout
    assert "0 steps" in elsewhere.command("migrate").stdout


def test_what_was_erased_by_a_process_killed_before_it_noted_it_is_erased_again(tmp_path: Path) -> None:
    place, notes = new_place(tmp_path / "killed", migrated=True), tmp_path / "notes"
    notes.mkdir()
    place.journey("prepare", notes)
    made = place.command("backup", str(tmp_path / "before.tar"), "--with-ledger-key")
    assert made.returncode == 0, made.stderr
    with place.doing("erase_and_die", notes) as process:
        process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    assert not (place.data / "outside-backups" / "erased").exists()
    code, shown = typed(place, "replace", "restore", str(tmp_path / "before.tar"), "--replace")
    assert code in {0, 6}, shown
    assert "Erased again: lines of the ledger: 2; files: 1; people: 1." in shown
    place.journey("look", notes)
