"""Reads a file of statements by what it holds, not by its name."""

from __future__ import annotations

import codecs
import re

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments.domain.statements.camt053 import read_camt053
from adaldyq.measures.payments.domain.statements.mt940 import read_mt940
from adaldyq.measures.payments.domain.statements.statement import Statement, broken

CAMT053, MT940 = "camt.053", "MT940"
LARGEST = 300_000_000
"""Bytes. A day of 100,000 payments has about 120 million in camt.053."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
BEGINS_MT940 = re.compile(r"\{1:|:20:")


def read_statements(content: bytes) -> tuple[str, tuple[Statement, ...]]:
    """The kind of a file and its statements.

    Raises:
        DomainError: `statement-empty`, `statement-too-large`, `statement-encoding` with the line that is not UTF-8,
            `statement-kind-unknown`, or those of `read_camt053` and `read_mt940`.
    """
    if len(content) > LARGEST:
        raise DomainError("statement-too-large", field="file", limit=LARGEST // 1_000_000)
    text = decoded(content)
    begins = text.lstrip()
    if not begins:
        raise DomainError("statement-empty", field="file")
    if begins.startswith("<"):
        return CAMT053, read_camt053(text)
    if BEGINS_MT940.match(begins):
        return MT940, read_mt940(text)
    raise DomainError("statement-kind-unknown", field="file")


def decoded(content: bytes) -> str:
    """The text of a file.

    Raises:
        DomainError: `statement-encoding`.
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise broken("statement-encoding", content.count(b"\n", 0, error.start) + 1) from None
    if wrong := CONTROL.search(text):
        raise broken("statement-encoding", text.count("\n", 0, wrong.start()) + 1)
    return text
