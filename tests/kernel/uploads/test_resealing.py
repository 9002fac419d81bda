"""The key of files is replaced while they are read, stopped half-way, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest
from click.testing import CliRunner
from django.utils import translation
from pytest_django.fixtures import Settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.uploads import resealing, store
from adaldyq.project.cli.files import files

CONTENTS = [b"first", b"second", b"third", b"fourth"]
Identity = pyrage.x25519.Identity

pytestmark = pytest.mark.django_db  # measures are asked which files are theirs


@pytest.fixture
def places(settings: Settings, tmp_path: Path) -> list[str]:
    """Sealed files, and an open one at the end."""
    settings.DATA_DIR = tmp_path
    return [*(store.keep(content, sealed=True) for content in CONTENTS), store.keep(b"open", sealed=False)]


def all_open(places: list[str]) -> bool:
    return [store.take(place, sealed=True) for place in places[:-1]] == CONTENTS


def run(command: str) -> str:
    """Run a command as a person types it; gives what it printed, or the code of its refusal."""
    with translation.override("en"):
        done = CliRunner().invoke(files, [command], standalone_mode=False)
    if isinstance(done.exception, DomainError):
        return done.exception.code
    assert done.exception is None, done.output
    return done.output


def test_files_are_sealed_anew_and_the_old_key_is_taken_away(places: list[str], folder: Path) -> None:
    [old] = store.opening_keys()
    assert "Sealed anew: 4 files" in run("rotate-key")
    new, *rest = store.opening_keys()
    assert [str(key) for key in rest] == [str(old)]
    assert all_open(places)
    assert (folder / places[-1]).read_bytes() == b"open"
    for place in places[:-1]:
        assert (folder / place).stat().st_mode & 0o077 == 0
        assert bytes(pyrage.decrypt((folder / place).read_bytes(), [new]))
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt((folder / place).read_bytes(), [old])
    assert "Keys taken away: 1" in run("retire-keys")
    assert [str(key) for key in store.opening_keys()] == [str(new)]
    assert all_open(places)
    assert bytes(pyrage.decrypt((folder / store.keep(b"later", sealed=True)).read_bytes(), [new])) == b"later"


def test_a_rotation_that_was_stopped_half_way_goes_on_and_loses_nothing(places: list[str], folder: Path) -> None:
    class Killed(Exception):
        """The end of the process."""

    def stop(count: int, _total: int) -> None:
        if count == 2:
            raise Killed

    assert resealing.begin_rotation()
    with pytest.raises(Killed):
        resealing.reseal(stop)
    (folder / places[3]).with_suffix(store.UNFINISHED).write_bytes(b"half")
    keys = [str(key) for key in store.opening_keys()]
    assert all_open(places)
    with pytest.raises(DomainError, match="files-key-in-use"):
        resealing.retire_keys(lambda _count, _total: None)
    printed = run("rotate-key")
    assert "it goes on" in printed
    assert [str(key) for key in store.opening_keys()] == keys
    assert all_open(places)
    assert "Keys taken away: 1" in run("retire-keys")
    assert all_open(places)


def test_a_file_that_no_key_opens_is_counted_and_left(places: list[str], folder: Path) -> None:
    foreign = pyrage.encrypt(b"?", [Identity.generate().to_public()])
    (folder / places[0]).write_bytes(foreign)
    assert "No key opens 1 file;" in run("rotate-key")
    assert (folder / places[0]).read_bytes() == foreign
    assert "Keys taken away: 1" in run("retire-keys")


def test_keys_of_the_environment_are_replaced_there(places: list[str], settings: Settings) -> None:
    [old], new = store.opening_keys(), Identity.generate()
    settings.FILES_KEY = str(old)
    assert run("rotate-key") == "files-key-in-environment"
    settings.FILES_KEY = f"{new},{old}"
    assert "Sealed anew: 4 files" in run("rotate-key")
    assert run("retire-keys") == "files-key-in-environment"
    settings.FILES_KEY = str(new)
    assert "Keys taken away: 0" in run("retire-keys")
    assert all_open(places)
    settings.FILES_KEY = "no key"
    assert run("rotate-key") == "files-key-wrong"
