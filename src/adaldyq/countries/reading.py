"""Reads the files of a pack and remembers the line of every value, so that a mistake names its place."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import ILLUSTRATIVE
from adaldyq.countries.misshapen import told

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)
Shape = TypeVar("Shape", bound=BaseModel)
Place = tuple[str | int, ...]
StandIns = Callable[[Mapping[object, object]], Mapping[str, object]]

SOURCE, SINCE = "source", "since"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # several times faster where it is there
DEEPEST = 12
YEARS = range(1900, 2200)
NOT_READ = {
    "pack-file-missing",
    "pack-not-utf-8",
    "pack-column-missing",
    "pack-unknown-field",
    "pack-bad-quotes",
    "pack-not-json",
}
"""Mistakes after which the rest of a file is not looked at."""
NO_DAY, NO_NUMBER = date(1, 1, 1), Decimal(0)


@dataclass(frozen=True, slots=True)
class Note:
    """That a value of a pack is illustrative."""

    file: str
    line: int
    value: str


@dataclass(frozen=True)
class Report:
    """What reading a pack brought to light: every mistake, and every value that is illustrative."""

    mistakes: list[DomainError] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, mistake: DomainError) -> None:
        """Remember a mistake."""
        self.mistakes.append(mistake)

    def unread(self, file: str) -> bool:
        """Whether a file could not be read to its end, so that what it lacks cannot be known."""
        return any(one.code in NOT_READ and one.parameters["file"] == file for one in self.mistakes)


@dataclass(frozen=True)
class Row:
    """One line of a CSV file. What cannot be read is a mistake, and something harmless stands in for it."""

    file: str
    line: int
    cells: Mapping[str, str]
    report: Report

    def text(self, column: str) -> str:
        """What stands in a column; it may not be empty."""
        found = self.cells[column].strip()
        if not found:
            self.report.add(DomainError("pack-field-missing", file=self.file, line=self.line, value=column))
        return found

    def source(self) -> str:
        """Where the values of the line were taken from."""
        found = self.cells[SOURCE].strip()
        what = next(iter(self.cells.values()), "")
        if not found:
            self.report.add(DomainError("pack-no-source", file=self.file, line=self.line, value=what))
        elif found == ILLUSTRATIVE:
            self.report.notes.append(Note(self.file, self.line, what))
        return found

    def number(self, column: str) -> Decimal:
        """A decimal number, not below zero."""
        return self._numeric(column, lambda number: "pack-too-small" if number < 0 else "")

    def positive(self, column: str) -> Decimal:
        """A decimal number above zero."""
        return self._numeric(column, lambda number: "pack-too-little" if number <= 0 else "")

    def whole(self, column: str) -> int:
        """A whole number, not below zero."""
        return int(self._numeric(column, lambda number: "pack-too-small" if number < 0 else not_whole(number)))

    def year(self, column: str) -> int:
        """A year of our time."""
        return int(self._numeric(column, not_a_year, YEARS))

    def _numeric(self, column: str, judge: Callable[[Decimal], str], limits: range = range(1)) -> Decimal:
        value = self.cells[column].strip()
        try:
            found = Decimal(value)
        except InvalidOperation:
            found = Decimal("NaN")
        code = judge(found) if found.is_finite() else "pack-not-a-number"
        if not code:
            return found
        limit = limits[-1] if code == "pack-too-large" else limits[0]
        self.report.add(DomainError(code, file=self.file, line=self.line, what=column, value=value, limit=limit))
        return NO_NUMBER

    def day(self, column: str) -> date:
        """A day, year first."""
        try:
            return date.fromisoformat(self.cells[column].strip())
        except ValueError:
            value = self.cells[column]
            self.report.add(DomainError("pack-not-a-day", file=self.file, line=self.line, what=column, value=value))
            return NO_DAY

    def choice(self, column: str, choices: type[Choice]) -> Choice:
        """One of a few words."""
        words = [one.value for one in choices]
        found = one_of(self, column, words)
        return choices(found if found in words else words[0])


def not_whole(number: Decimal) -> str:
    """The mistake that a number has a fraction; empty when it has none."""
    return "" if number == number.to_integral_value() else "pack-not-whole"


def not_a_year(number: Decimal) -> str:
    """The mistake of what is no year of our time; empty when it is one."""
    if number < YEARS[0]:
        return "pack-too-small"
    return "pack-too-large" if number > YEARS[-1] else not_whole(number)


def one_of(row: Row, column: str, choices: Collection[str]) -> str:
    """What stands in a column, which must be one of a few words."""
    found = row.cells[column].strip()
    if found not in choices:
        known = ", ".join(choices)
        row.report.add(
            DomainError("pack-not-one-of", file=row.file, line=row.line, what=column, value=found, known=known)
        )
    return found


def rows(file: Path, columns: Sequence[str], report: Report) -> Iterator[Row]:
    """The lines of a CSV file that has exactly these columns, in any order, and `source` beside them."""
    if not file.is_file():
        report.add(DomainError("pack-file-missing", file=file.name))
        return
    wanted = [*columns, SOURCE]
    text = text_of(file, report)
    if text is None:
        return
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        if not headed(file, reader.fieldnames or (), wanted, report):
            return
        for cells in reader:
            if None in cells or None in cells.values():
                report.add(DomainError("pack-bad-row", file=file.name, line=reader.line_num, wanted=len(wanted)))
            else:
                yield Row(file.name, reader.line_num, cells, report)
    except csv.Error:
        report.add(DomainError("pack-bad-quotes", file=file.name, line=reader.reader.line_num))


def text_of(file: Path, report: Report) -> str | None:
    """The text of a file, which must be UTF-8; none when it is not, which is told as a mistake."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report.add(DomainError("pack-not-utf-8", file=file.name, line=line))
        return None


def headed(file: Path, given: Sequence[str], wanted: Sequence[str], report: Report) -> bool:
    """Whether the first line of a CSV file names the columns that are wanted and no others."""
    for name in wanted:
        if name not in given:
            report.add(DomainError("pack-column-missing", file=file.name, line=1, value=name))
    known = ", ".join(wanted)
    for name in given:
        if name not in wanted:
            report.add(DomainError("pack-unknown-field", file=file.name, line=1, value=name, known=known))
    return set(given) == set(wanted)


def read_rows(
    file: Path, columns: Sequence[str], report: Report, make: Callable[[Row], Value]
) -> list[tuple[int, Value]]:
    """What the lines of a CSV file say, each with its line; lines with a mistake are left out."""
    found = []
    for row in rows(file, columns, report):
        before = len(report.mistakes)
        value = make(row)
        if len(report.mistakes) == before:
            found.append((row.line, value))
    return found


class YamlFile:
    """A YAML file of a pack, with the line of every value.

    Attributes:
        mended: parts of another shape than theirs, for which something else stands in, or which were left out.
    """

    def __init__(self, name: str, root: yaml.Node | None, report: Report) -> None:
        self.name = name
        self.report = report
        self.mended: frozenset[str] = frozenset()
        self._lines: dict[Place, int] = {(): 1}
        if root is not None:
            self._walk(root, ())

    def _walk(self, node: yaml.Node, place: Place) -> None:
        if len(place) > DEEPEST:  # an alias inside its own anchor has no end
            return
        self._lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._enter(str(key.value), key.start_mark.line + 1, value, place)
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                self._walk(value, (*place, number))

    def _enter(self, key: str, line: int, value: yaml.Node, place: Place) -> None:
        if (*place, key) in self._lines:
            self.report.add(DomainError("pack-twice", file=self.name, line=line, value=key))
        self._lines[*place, key] = line
        if key == SOURCE and isinstance(value, yaml.ScalarNode):
            self._judge_source(value.value.strip(), line, ".".join(map(str, place)) or self.name)
        self._walk(value, (*place, key))

    def _judge_source(self, source: str, line: int, what: str) -> None:
        if not source:
            self.report.add(DomainError("pack-no-source", file=self.name, line=line, value=what))
        elif source == ILLUSTRATIVE:
            self.report.notes.append(Note(self.name, line, what))

    def line(self, *place: str | int) -> int:
        """The line of a value, or of the nearest thing around it that stands in the file."""
        return next(
            self._lines[place[:length]] for length in range(len(place), -1, -1) if place[:length] in self._lines
        )


def nothing_stands_in(_kept: Mapping[object, object]) -> Mapping[str, object]:
    """No stand-ins: parts with a mistake are left out."""
    return {}


def read_yaml(
    file: Path, shape: type[Shape], report: Report, stand_ins: StandIns = nothing_stands_in
) -> tuple[Shape | None, YamlFile]:
    """A YAML file of a pack in its shape; none when it has not got it, which is told as mistakes.

    Parts of another shape are told, and the rest is given all the same, so that everything is told at once.

    Args:
        stand_ins: gives, from the parts that are right, something harmless for those that are not.
    """
    empty = YamlFile(file.name, None, report)
    if not file.is_file():
        report.add(DomainError("pack-file-missing", file=file.name))
        return None, empty
    text = text_of(file, report)
    parsed = parse(file.name, text, report) if text is not None else None
    if parsed is None:
        return None, empty
    content, read = parsed
    try:
        return shape.model_validate(content), read
    except ValidationError as error:
        for one in error.errors():
            report.add(told(one, read.name, read.line))
        read.mended = frozenset(str(one["loc"][0]) for one in error.errors() if one["loc"])
        return mended(content, shape, read.mended, stand_ins), read


def mended(
    content: object, shape: type[Shape], wrong: Collection[str], stand_ins: StandIns = nothing_stands_in
) -> Shape | None:
    """A file with something else in place of its wrong parts; none when even so it has not got its shape."""
    if not isinstance(content, dict):
        return None
    kept = {name: part for name, part in content.items() if str(name) not in wrong}
    given = stand_ins(kept)
    try:
        return shape.model_validate(kept | {name: given[name] for name in wrong if name in given})
    except ValidationError:
        return None


def parse(name: str, text: str, report: Report) -> tuple[object, YamlFile] | None:
    """What a YAML text says, and where; none when it is no YAML, which is told as a mistake."""
    if unwritten := CONTROL.search(text):
        line = text.count("\n", 0, unwritten.start()) + 1
        report.add(DomainError("pack-not-yaml", file=name, line=line))
        return None
    try:
        loader = Loader(text)
        root = loader.get_single_node()
        read = YamlFile(name, root, report)
        return (loader.construct_document(root) if root is not None else None), read
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        report.add(DomainError("pack-not-yaml", file=name, line=mark.line + 1 if mark else 1))
    except ValueError:  # a day that the calendar has not
        report.add(bad_day(name, text))
    return None


def bad_day(file: str, text: str) -> DomainError:
    """The first day in a YAML text that the calendar has not."""
    for number, line in enumerate(text.splitlines(), 1):
        for found in DAY.finditer(line):
            try:
                date.fromisoformat(found.group())
            except ValueError:
                return DomainError("pack-not-a-day", file=file, line=number, what=SINCE, value=found.group())
    return DomainError("pack-not-yaml", file=file, line=1)
