"""The queue between reports and a register of cases, or whoever pays, outside this house: CSV goes out, and answers come in.

A request tells what stands in the open of its reports, and never what was reported: the register asks the office for that.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from adaldyq.base.errors import DomainError

OPENED, DECLINED, MONEY, ENDED = "opened", "declined", "money", "ended"
STEPS = (OPENED, DECLINED, MONEY, ENDED)
ASKED = ("request", "asked", "office", "about", "topics", "regions", "reports")
PAYMENTS = ("order", "day")
ANSWERED = ("request", "step", "day", "case", "reference", "amount", "currency")


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of what a register of cases answers.

    Attributes:
        line: of the file, from 1.
        request: which one it answers.
        step: opened, declined, money or ended.
        day: of the step.
        case: number of the case, of one that was opened.
        reference: what the register calls a payment.
        amount: of a payment, in `currency`.
    """

    line: int
    request: str
    step: str
    day: date
    case: str
    reference: str
    amount: Decimal
    currency: str


def written(rows: Iterable[Mapping[str, object]], columns: Sequence[str] = ASKED) -> str:
    """Rows as a file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def read(text: str) -> Iterator[Answer]:
    """The answers of a file.

    Raises:
        DomainError: `answers-columns` when the first line is another; `answers-line` with the line and the column that is
            wrong. What stood before it was given out.
    """
    for line, row in rows_of(text, ANSWERED):
        yield answer_of(row, line)


def rows_of(text: str, columns: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a file with their lines, what stands in them without spaces around.

    Raises:
        DomainError: as `read`; a line with more or fewer columns is wrong in its last one.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        if tuple(next(reader, ())) != tuple(columns):
            raise DomainError("answers-columns", columns=", ".join(columns))
        for row in reader:
            if row and len(row) != len(columns):
                raise DomainError("answers-line", line=reader.line_num, column=columns[-1])
            if row:
                yield reader.line_num, {name: cell.strip() for name, cell in zip(columns, row, strict=True)}
    except csv.Error:
        raise DomainError("answers-line", line=reader.line_num, column=columns[0]) from None


@dataclass(frozen=True, slots=True)
class Payment:
    """A line of what was paid: which order, and on which day."""

    line: int
    order: str
    day: date


def read_payments(text: str) -> Iterator[Payment]:
    """The payments of a file.

    Raises:
        DomainError: as `read`.
    """
    for line, row in rows_of(text, PAYMENTS):
        if not row["order"]:
            raise DomainError("answers-line", line=line, column="order")
        yield Payment(line, row["order"], day_of(row["day"], line))


def answer_of(told: Mapping[str, str], line: int) -> Answer:
    """A line, read.

    Raises:
        DomainError: `answers-line`.
    """
    if told["step"] not in STEPS:
        raise DomainError("answers-line", line=line, column="step")
    if not told["request"]:
        raise DomainError("answers-line", line=line, column="request")
    return Answer(
        line,
        told["request"],
        told["step"],
        day_of(told["day"], line),
        told["case"],
        told["reference"],
        amount_of(told["amount"], line) if told["step"] == MONEY else Decimal(0),
        told["currency"],
    )


def day_of(text: str, line: int) -> date:
    """A day, as ISO 8601 writes it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DomainError("answers-line", line=line, column="day") from None


def amount_of(text: str, line: int) -> Decimal:
    """An amount, with a full stop before its decimals."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise DomainError("answers-line", line=line, column="amount") from None
    if not found.is_finite():
        raise DomainError("answers-line", line=line, column="amount")
    return found
