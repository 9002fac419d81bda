"""A backup that is damaged, foreign, of another key or does not fit is told apart, and nothing is touched."""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest
from pytest_django.fixtures import Settings

from adaldyq.base.errors import DomainError
from adaldyq.project.backups.checking import check, opened, require_fitting
from adaldyq.project.backups.keeping import keep_newest
from adaldyq.project.backups.manifest import Manifest
from adaldyq.project.backups.sealing import recipients
from adaldyq.project.cli.restoring import agreed
from tests.project.backups.conftest import ON_POSTGRESQL, Place

pytestmark = pytest.mark.database
AT = datetime(2026, 6, 1, 1, tzinfo=UTC)
IDENTITY = pyrage.x25519.Identity.generate()


def nobody(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def checked(file: Path, work: Path, key: Path | None = None) -> Manifest:
    return check(opened(file, key, work), str(file), nobody)


def refusal(file: Path, work: Path, key: Path | None = None) -> str:
    with pytest.raises(DomainError) as error:
        checked(file, work, key)
    return error.value.code


@pytest.fixture(scope="module")
def made_once(origin: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    done = origin.command("backup", str(folder))
    assert done.returncode == 0, done.stderr
    [file] = folder.iterdir()
    return file


@pytest.fixture
def made(made_once: Path, tmp_path: Path) -> Path:
    """A backup that may be spoiled."""
    return Path(shutil.copy(made_once, tmp_path / "made.tar"))


def rewritten(file: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> None:
    """Write an archive anew with other parts; None leaves one out."""
    with tarfile.open(file) as archive:
        parts = [(one.name, archive.extractfile(one).read()) for one in archive]  # type: ignore[union-attr]  # all are files
    with tarfile.open(file, "w") as archive:
        for name, content in filter(None, (change(*part) for part in parts)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def test_a_backup_is_an_archive_that_common_programs_open(made: Path, tmp_path: Path) -> None:
    with tarfile.open(made) as archive:
        names = archive.getnames()
        stated = archive.extractfile("SHA256SUMS").read().decode()  # type: ignore[union-attr]  # it is a file
    assert names[0].startswith("database.")
    assert names[-2:] == ["SHA256SUMS", "manifest.json"]
    assert sum(name.startswith("files/") for name in names) == 4
    assert {"files-key", "secret-key"} <= set(names)
    assert not {"ledger-key", "outside-backups", "outside-backups/ledger-seen"} & set(names)
    assert [line.split("  ")[1] for line in stated.splitlines()] == names[:-2]
    assert checked(made, tmp_path).files == 4


def test_a_backup_that_was_cut_short_is_refused_wherever_it_was_cut(made: Path, tmp_path: Path) -> None:
    whole = made.read_bytes()
    for size in (600, 5_000, len(whole) // 2, len(whole) - 3_000):
        made.write_bytes(whole[:size])
        assert refusal(made, tmp_path) == "backup-cut-short"


def test_a_changed_part_is_named(made: Path, tmp_path: Path) -> None:
    with tarfile.open(made) as archive:
        target = next(one for one in archive if one.name.startswith("files/"))
    data = bytearray(made.read_bytes())
    data[target.offset_data + 3] ^= 1
    made.write_bytes(data)
    with pytest.raises(DomainError) as error:
        checked(made, tmp_path)
    assert error.value.code == "backup-damaged"
    assert error.value.parameters["part"] == target.name


def test_a_part_that_was_left_out_or_put_in_is_noticed(made: Path, tmp_path: Path) -> None:
    rewritten(made, lambda name, content: None if name == "files-key" else (name, content))
    assert refusal(made, tmp_path) == "backup-damaged"


@pytest.mark.parametrize("content", [b"", b"not a backup", bytes(20_480)])
def test_another_file_is_no_backup(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "foreign").write_bytes(content)
    assert refusal(tmp_path / "foreign", tmp_path) == "backup-foreign"


def test_an_archive_of_something_else_is_no_backup(made: Path, tmp_path: Path) -> None:
    rewritten(made, lambda name, content: (f"other/{name}", content))
    assert refusal(made, tmp_path) == "backup-foreign"


def test_a_backup_of_a_newer_form_says_so(made: Path, tmp_path: Path) -> None:
    def newer(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(b"adaldyq-backup/1", b"adaldyq-backup/2") if name == "manifest.json" else content

    rewritten(made, newer)
    assert refusal(made, tmp_path) == "backup-newer"


def test_an_encrypted_backup_needs_its_own_key_whole(made: Path, tmp_path: Path) -> None:
    sealed, key, other = tmp_path / "sealed", tmp_path / "key", tmp_path / "other"
    sealed.write_bytes(pyrage.encrypt(made.read_bytes(), [IDENTITY.to_public()]))
    key.write_text(f"{IDENTITY}\n")
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    assert checked(sealed, tmp_path, key).files == 4
    assert refusal(sealed, tmp_path) == "backup-key-needed"
    assert refusal(sealed, tmp_path, other) == "backup-key-wrong"
    assert refusal(sealed, tmp_path, made) == "age-key-file-wrong"
    sealed.write_bytes(sealed.read_bytes()[:-20])
    assert refusal(sealed, tmp_path, key) == "backup-cut-short"
    with pytest.raises(DomainError, match="age-recipient-wrong"):
        recipients(["age1nobody"])


@pytest.mark.django_db
def test_what_does_not_fit_this_installation_is_refused(
    made: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.delenv("ADALDYQ_SECRET_KEY", raising=False)

    def fitting(**other: object) -> str:
        said = json.loads(checked(made, tmp_path).text()) | other
        try:
            require_fitting(Manifest.parse(json.dumps(said).encode(), "x"), "x")
        except DomainError as error:
            return error.code
        return ""

    engine = checked(made, tmp_path).engine
    another = {"sqlite": "postgresql", "postgresql": "sqlite"}[engine]
    settings.FILES_KEY = str(IDENTITY)
    assert fitting() == "backup-files-key-outside"
    settings.FILES_KEY = ""
    assert fitting(migrations={"kernel": ["0999_of_the_future"]}) == "backup-newer"
    assert fitting(country="ZZ") == "backup-of-another-country"
    assert fitting(engine=another) == "backup-of-another-engine"
    assert fitting(files_key_inside=False) == "backup-files-key-outside"
    assert fitting() == ""
    assert fitting(secret_key="0" * 16, secret_key_inside=False) == "backup-secret-key-outside"


def test_a_damaged_backup_leaves_an_installation_as_it_was(elsewhere: Place, made: Path) -> None:
    made.write_bytes(made.read_bytes()[:-9_000])
    done = elsewhere.command("restore", str(made))
    assert done.returncode == 1
    assert "Nothing was touched" in done.stderr
    assert not list(elsewhere.data.glob("*.sqlite3*"))
    assert not (elsewhere.data / "files").exists()
    assert not (elsewhere.data / "files-key").exists()


def test_a_full_disk_leaves_the_older_backup_and_no_half_one(origin: Place, made: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    older = Path(shutil.copy(made, out / "adaldyq-KZ-20260101T000000Z.tar"))
    room = 250_000  # less than the copy of the database

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = origin.command("backup", str(out), preexec_fn=full)
    assert done.returncode == 1
    assert "pg_dump refused" if ON_POSTGRESQL else "no room left" in done.stderr
    assert list(out.iterdir()) == [older]
    assert not (origin.data / "backup-work").exists()


def test_old_backups_go_by_number_and_by_the_term_of_the_country(tmp_path: Path) -> None:
    days = ("20260531", "20260530", "20260301", "20260201")
    names = [f"adaldyq-KZ-{day}T010000Z.tar{ending}" for day, ending in zip(days, ("", ".age", "", ""), strict=True)]
    for name in [*names, "other.tar", "adaldyq-ZZ-20200101T010000Z.tar"]:
        (tmp_path / name).touch()
    abandoned, at_work = (tmp_path / f".adaldyq-KZ-{day}T010000Z.tar.part" for day in ("20260530", "20260601"))
    for file, age in ((abandoned, 2 * 86_400), (at_work, 60)):
        file.touch()
        os.utime(file, (AT.timestamp() - age,) * 2)
    assert [file.name for file in keep_newest(tmp_path, 3, at=AT)] == names[2:]
    assert [file.name for file in keep_newest(tmp_path, 1, at=AT)] == names[1:2]
    assert (tmp_path / "other.tar").exists()
    assert not abandoned.exists()
    assert at_work.exists()
    assert (tmp_path / "adaldyq-ZZ-20200101T010000Z.tar").exists()


def test_nothing_is_replaced_without_a_word_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("replace\n"))
    with pytest.raises(DomainError, match="restore-needs-terminal"):
        agreed()
