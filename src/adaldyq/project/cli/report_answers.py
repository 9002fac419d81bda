"""Answers of registers that are not part of this house: files whose lines are taken in one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

import click
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError


class Line(Protocol):
    """What was read of a line."""

    @property
    def line(self) -> int:
        """The line of the file, from 1."""


Read = TypeVar("Read", bound=Line)


def taken_in(file: Path, read: Callable[[str], Iterable[Read]], take: Callable[[Read, datetime], int]) -> int:
    """Take the lines of a file in; how many were new.

    Args:
        read: the lines of a text.
        take: the act for one of them; how many it took in.

    Raises:
        DomainError: what `read` and `take` raise, the line named; what stood before it was taken in.
        UsageError: the file is no text.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise click.UsageError(_("%(file)s is no text in UTF-8.") % {"file": file}) from None
    at, taken = datetime.now(UTC), 0
    for one in read(text):
        with named(one.line):
            taken += take(one, at)
    return taken


@contextmanager
def named(line: int) -> Iterator[None]:
    """Name the line of a file before what is wrong with it is told, unless that names it itself."""
    try:
        yield
    except DomainError as refused:
        if "line" not in refused.parameters:
            click.echo(_("Line %(line)s:") % {"line": line}, err=True)
        raise
