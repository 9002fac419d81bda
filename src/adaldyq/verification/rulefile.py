"""Reads rule files and step files: a YAML head in a comment over one SQL query.

The head is checked by a schema, the query by `sqlcheck`. Whatever is wrong is told with file, line and
remedy. The SHA-256 of a file is the version of the rule; numbers that the country pack gives count too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import ValidationError

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import Threshold
from adaldyq.verification.heads import RuleHead, Sources, StepHead

FOLDER = Path(__file__).resolve().parent.parent / "rules"
STEPS = "steps"
SHAPE = re.compile(r"\A/\*\n(?P<head>.*?)\n\*/\n(?P<query>.*)\Z", re.DOTALL)
HEAD_LINE = 2  # the head begins under the line that opens the comment
Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # several times faster where it is there
ODD_YAML = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)

Place = tuple[int | str, ...]
"""Where something stands in a head, such as `("fires_on", 0, "case")`."""


Head = TypeVar("Head", bound=Sources)


@dataclass(frozen=True)
class QueryFile(Generic[Head]):
    """A file of a head over a query, read.

    Attributes:
        version: SHA-256 of the file, in hexadecimal; of that and the numbers, when some come from the country pack.
        first_line: line of the file on which the query begins.
        lines: line of the file on which each part of the head begins.
    """

    head: Head
    query: str
    version: str
    file: Path
    first_line: int
    lines: Mapping[Place, int]

    @property
    def reads(self) -> frozenset[str]:
        """Every table that the query may name."""
        return frozenset(self.head.tables) | frozenset(self.head.optional) | frozenset(self.head.steps)

    def line_of(self, *place: int | str) -> int:
        """The line of a part of the head, or of the nearest part around it."""
        return nearest(self.lines, place)


@dataclass(frozen=True)
class Step(QueryFile[StepHead]):
    """A step file, read."""


@dataclass(frozen=True)
class Rule(QueryFile[RuleHead]):
    """A rule file, read."""

    @property
    def id(self) -> str:
        """`subject.name`."""
        return self.head.id

    @property
    def parameters(self) -> Mapping[str, int | Decimal]:
        """Values of the parameters by name."""
        return {parameter.name: parameter.value for parameter in self.head.parameters}

    @property
    def text(self) -> str:
        """The file as it stands."""
        return self.file.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Halves:
    """A file parted into head and query, the head not yet checked."""

    head: object
    lines: Mapping[Place, int]
    query: str
    version: str
    first_line: int


def read_rule(file: Path, thresholds: Iterable[Threshold] = ()) -> Rule:
    """Read one rule file, which may take numbers from the thresholds of the country pack.

    Raises:
        DomainError: `bad-rule-file` with file, line and problem.
    """
    halves = split(file)
    head = validated(RuleHead, halves, file, thresholds)
    if head.id != f"{file.parent.name}.{file.stem}":
        raise bad(file, halves.lines["id",], f"the id must be {file.parent.name}.{file.stem}, after folder and file")
    version = version_with(halves.version, head)
    return Rule(head, halves.query, version, file, halves.first_line, halves.lines)


def version_with(version: str, head: RuleHead) -> str:
    """The version of a rule: another number of the country pack makes another rule."""
    taken = [
        f"{one.name}={one.value.normalize():f}"
        for one in head.parameters
        if isinstance(one.value, Decimal) and one.threshold
    ]
    return hashlib.sha256("\n".join([version, *taken]).encode()).hexdigest() if taken else version


def read_step(file: Path) -> Step:
    """Read one step file.

    Raises:
        DomainError: `bad-rule-file` with file, line and problem.
    """
    halves = split(file)
    head = validated(StepHead, halves, file)
    if head.id != file.stem:
        raise bad(file, halves.lines["id",], f"the id must be {file.stem}, after the file")
    return Step(head, halves.query, halves.version, file, halves.first_line, halves.lines)


def split(file: Path) -> Halves:
    """Part a file into head and query."""
    raw, text = contents(file)
    shape = SHAPE.match(text)
    if shape is None:
        raise bad(file, 1, "begin with /* on a line of its own, then the head, then */ on a line of its own")
    node = composed(shape["head"], file)
    head = yaml.SafeLoader("").construct_document(node) if node else None
    first_line = text[: shape.start("query")].count("\n") + 1
    return Halves(head, dict(lines_of(node, (), file)), shape["query"], hashlib.sha256(raw).hexdigest(), first_line)


def contents(file: Path) -> tuple[bytes, str]:
    """A file as bytes and as text."""
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise bad(file, raw[: error.start].count(b"\n") + 1, "write the file in UTF-8") from None
    except OSError as error:
        raise bad(file, 1, f"the file cannot be read: {error.strerror}") from None
    if "\r" in text:
        raise bad(file, text[: text.index("\r")].count("\n") + 1, "end lines with a line feed alone")
    return raw, text


def composed(head: str, file: Path) -> yaml.Node | None:
    """The YAML of a head with the places of its parts; only plain maps, lists and values."""
    try:
        node = yaml.compose(head, Loader)
        for token in yaml.scan(head, Loader):
            if isinstance(token, ODD_YAML):
                raise bad(file, token.start_mark.line + HEAD_LINE, "write the value out, without &, * and !")
    except yaml.MarkedYAMLError as error:
        # A bracket or quote that is never closed is noticed far below the place where it was opened.
        opened = re.search("flow|quoted", error.context or "")
        mark = (error.context_mark if opened else None) or error.problem_mark
        line = mark.line + HEAD_LINE if mark else HEAD_LINE
        raise bad(file, line, f"the head is not YAML: {error.problem}") from None
    except yaml.reader.ReaderError as error:
        line = head[: error.position].count("\n")
        raise bad(file, line + HEAD_LINE, f"the head is not YAML: {error.reason}") from None
    except RecursionError:
        raise bad(file, HEAD_LINE, "the head is nested too deeply") from None
    return node


def lines_of(node: yaml.Node | None, place: Place, file: Path) -> Iterator[tuple[Place, int]]:
    """Each part of a head with its line; a block of text begins under the line of its key."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise bad(file, key.start_mark.line + HEAD_LINE, f"{key.value} stands twice")
            seen.add(key.value)
            block = isinstance(value, yaml.ScalarNode) and value.style in ("|", ">")
            yield (*place, key.value), key.start_mark.line + HEAD_LINE + block
            yield from lines_of(value, (*place, key.value), file)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield (*place, number), item.start_mark.line + HEAD_LINE
            yield from lines_of(item, (*place, number), file)


def validated(shape: type[Head], halves: Halves, file: Path, thresholds: Iterable[Threshold] = ()) -> Head:
    """Check a head against its shape."""
    try:
        return shape.model_validate(halves.head, context=tuple(thresholds))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "head"
        raise bad(file, nearest(halves.lines, first["loc"]), f"{place}: {first['msg']}") from None


def nearest(lines: Mapping[Place, int], place: Place) -> int:
    """The line of a part of a head, or of the nearest part around it that is there."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, HEAD_LINE)


def bad(file: Path, line: int, problem: str) -> DomainError:
    """The error of a rule file."""
    return DomainError("bad-rule-file", file=f"{file.parent.name}/{file.name}", line=line, problem=problem)


def rule_files(folder: Path = FOLDER) -> list[Path]:
    """Rule files in a stable order."""
    return sorted(file for file in folder.glob("*/*.sql") if file.parent.name != STEPS)


@cache
def steps(folder: Path = FOLDER) -> Mapping[str, Step]:
    """Every step by name, in an order in which each comes after those it reads.

    Raises:
        DomainError: `bad-rule-file`; also when a step reads one that is not there, or steps read each other
            in a circle.
    """
    waiting = {file.stem: read_step(file) for file in sorted((folder / STEPS).glob("*.sql"))}
    ordered: dict[str, Step] = {}
    while waiting:
        ready = [name for name, step in waiting.items() if set(step.head.steps) <= set(ordered)]
        if not ready:
            first = next(iter(waiting.values()))
            lacking = ", ".join(name for name in first.head.steps if name not in ordered)
            raise bad(first.file, first.line_of("steps"), f"steps: {lacking} cannot be made before this one")
        ordered |= {name: waiting.pop(name) for name in ready}
    return ordered


def needed_steps(names: list[str], folder: Path = FOLDER) -> list[Step]:
    """The steps of these names and all that they read, in the order in which they are made."""
    wanted, known = set(names), steps(folder)
    for step in reversed(list(known.values())):
        if step.head.id in wanted:
            wanted.update(step.head.steps)
    return [step for step in known.values() if step.head.id in wanted]
