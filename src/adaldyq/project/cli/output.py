"""How the shell shows progress and tables: live in a terminal, plain lines where there is none."""

from __future__ import annotations

import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

Told = Callable[[str, int, int], None]

SECONDS_BETWEEN_LINES = 2.0

WIDTH_OF_A_FILE, WIDEST = 160, 10_000

console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE)


def harmless(text: str) -> str:
    """Text of somebody unknown for a terminal: characters that would steer it are shown by their number instead."""
    return "".join(one if one in "\n\t" or unicodedata.category(one) != "Cc" else f"<{ord(one):02x}>" for one in text)


def called() -> str:
    """How this program is called from the current folder: by its name where the shell finds it, else by its path."""
    script, found = Path(sys.executable).with_name("adaldyq"), shutil.which("adaldyq")
    if not script.exists() or (found and Path(found).samefile(script)):
        return "adaldyq"
    return str(script.relative_to(Path.cwd()) if script.is_relative_to(Path.cwd()) else script)


@contextmanager
def progress(titles: Mapping[str, str]) -> Iterator[Told]:
    """Show how far the work is.

    Args:
        titles: words for each kind of work, by the name that the work tells.
    """
    if not console.is_terminal:
        yield PlainProgress(titles)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with Progress(*columns, TimeElapsedColumn(), console=console) as live:
        tasks: dict[str, TaskID] = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = live.add_task(titles.get(what, what), total=total)
            live.update(tasks[what], completed=done, total=total)

        yield told


class PlainProgress:
    """Progress as lines of text, not more often than every two seconds, and always the last one."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.titles = titles
        self.told_at = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Say how much of `what` is done."""
        now = time.monotonic()
        if done >= total or now - self.told_at >= SECONDS_BETWEEN_LINES:
            self.told_at = now
            console.print(f"{self.titles.get(what, what)}: {done:,} / {total:,}".replace(",", " "))


def show_table(title: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; where the terminal is too narrow for it, each row as its first cell and a list of the others.

    Args:
        columns: heading and side (`left` or `right`) of each.
    """
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for heading, side in columns:
        table.add_column(heading, justify="right" if side == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    unbounded = console.options.update(max_width=WIDEST)
    if console.measure(table, options=unbounded).maximum <= console.width:
        console.print(table)
    else:
        show_list(title, [heading for heading, _side in columns], rows)


def show_list(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under one another: the first cell, and below it each other cell behind its heading."""
    console.print(title, style="italic", markup=False)
    for first, *others in rows:
        console.print(first, style="bold", markup=False)
        said = " · ".join(f"{heading} {cell}" for heading, cell in zip(headings[1:], others, strict=True))
        console.print(Padding(Text(said), (0, 0, 0, 2)))


def number(value: int | None) -> str:
    """A whole number with thin groups; a dash for none."""
    return "—" if value is None else f"{value:,}".replace(",", " ")
