"""A lock that several names share keeps the same name out, and lets others wait."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.base.locks import held_in_turn


def took(file: Path, name: str, seconds: float) -> str:
    with held_in_turn(file, name, "held", seconds):
        return name


def test_another_name_waits_and_the_same_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with ThreadPoolExecutor(1) as pool:
        with held_in_turn(file, "a", "held", 30):
            with pytest.raises(DomainError, match="held"):
                took(file, "a", 30)
            waiting = pool.submit(took, file, "b", 30)
            assert not waiting.done()
        assert waiting.result() == "b"
    assert took(file, "a", 30) == "a"


def test_a_wait_in_vain_is_told(tmp_path: Path) -> None:
    with ExitStack() as held:
        held.enter_context(held_in_turn(tmp_path / "lock", "a longer name", "held", 0))
        with pytest.raises(DomainError, match="held"):
            took(tmp_path / "lock", "b", 0)
    assert took(tmp_path / "lock", "b", 0) == "b"
    assert (tmp_path / "lock").read_text() == "b"
