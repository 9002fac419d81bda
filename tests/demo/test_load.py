"""The sample country comes into the database through acts, whole, however often the load is stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.demo import load, world
from adaldyq.demo.load import is_loaded
from adaldyq.kernel.models import Person, PersonName
from adaldyq.ledger.models import Leaf
from tests.demo.loading import AT, PEOPLE, counts, loaded, made

pytestmark = pytest.mark.django_db


def test_a_second_load_at_once_is_refused(tmp_path: Path) -> None:
    def again(what: str, done: int, total: int) -> None:
        with pytest.raises(DomainError) as refused:
            loaded(tmp_path)
        codes.add(refused.value.code)

    codes: set[str] = set()
    loaded(tmp_path, progress=again)
    assert codes == {"load-under-way"}
    assert is_loaded()


@pytest.mark.parametrize("calls", [1, 9, 20])
def test_a_stopped_load_is_taken_up_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    monkeypatch.setattr(world, "PEOPLE_IN_CHUNK", 70)
    monkeypatch.setattr(load, "DECLARATIONS_TOGETHER", 25)
    said = 0

    def stop(what: str, done: int, total: int) -> None:
        nonlocal said
        said += 1
        if said > calls:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loaded(tmp_path, progress=stop)
    assert not is_loaded()
    loaded(tmp_path)
    assert counts() == made()
    assert Leaf.objects.filter(act="declarations.declaration.file").count() == made()["declaration"]


def test_progress_grows_to_the_number_of_people(tmp_path: Path) -> None:
    told: list[int] = []
    loaded(tmp_path, progress=lambda *said: told.append(said[1]))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, PEOPLE)
    assert len(told) > 10


def test_registers_with_other_records_are_left_alone(tmp_path: Path) -> None:
    Person.objects.create(source="elsewhere", as_of=AT.date())
    with pytest.raises(DomainError) as refused:
        loaded(tmp_path)
    assert refused.value.code == "registers-not-empty"
    assert PersonName.objects.count() == 0
