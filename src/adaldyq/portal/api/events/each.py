"""Many things of one request: each acted on by itself, a hundred in a transaction, none stopped by another's refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, transaction
from pydantic import ValidationError

from adaldyq.base.errors import DomainError
from adaldyq.kernel.api import documents

TOGETHER = 100  # acts in one transaction: few enough that nobody waits long for the database
REFUSALS = (ValidationError, DomainError, IntegrityError, DataError)

One = TypeVar("One")


def in_order(given: Iterable[One], act: Callable[[One], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Act on one after another, and yield what became of each once that is committed.

    Args:
        act: acts in a savepoint of its own, and catches what refuses.
    """
    waiting = iter(given)
    while together := list(islice(waiting, TOGETHER)):
        with transaction.atomic():
            results = [act(one) for one in together]
        yield from results


def problem_of(error: Exception, whole: str) -> dict[str, object]:
    """The problem document of one that was refused.

    Args:
        error: one of `REFUSALS`.
        whole: what to name as the field when it is wrong as a whole.
    """
    if isinstance(error, ValidationError):
        wrong = [(".".join(map(str, one["loc"])) or whole, one) for one in error.errors()]
        return documents.document_of_fields(wrong)
    if isinstance(error, DomainError):
        return documents.document_of(error)
    return documents.document_of(DomainError("database-refused", problem=str(error).splitlines()[0][:200]))
