"""What verification does when a person is erased: no finding asks about them any more, and no evidence shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from adaldyq.base.errors import DomainError
from adaldyq.kernel.erasing import Eraser, Erasing
from adaldyq.verification.models import COUNTRY, EvidenceRow, Finding, Run
from adaldyq.verification.states import IN_WORK


def forbids(people: Collection[str], _day: date) -> Iterator[DomainError]:
    """A question that somebody works on. The refusal does not say so, since an inquiry is not told of."""
    if Finding.objects.filter(dataset=COUNTRY, subject_id__in=people, state=IN_WORK).exists():
        yield DomainError("erasure-needed-elsewhere", field="person")


def erase_findings(erasing: Erasing) -> None:
    """Remove findings about the people, and the rows and names in findings about others that show them.

    The runs of the country say from now on that they cannot be done again: their snapshots go, whoever was in them.
    """
    Run.objects.filter(dataset=COUNTRY, not_reproducible_since=None).update(not_reproducible_since=erasing.at)
    own = Finding.objects.filter(dataset=COUNTRY, subject_id__in=erasing.people)
    erasing.lines.update(own.values_list("pk", flat=True))
    own.delete()
    Finding.objects.filter(holding("object_id", erasing.people), dataset=COUNTRY).update(object_label="")
    rows = EvidenceRow.objects.annotate(text=Cast("values", TextField())).filter(holding("text", erasing.people))
    EvidenceRow.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(values={})


def holding(column: str, ids: Collection[str]) -> Q:
    """The condition that a text holds one of these ids."""
    condition = Q(pk__in=())
    for one in ids:
        condition |= Q(**{f"{column}__contains": one})
    return condition


ERASER = Eraser(forbids, erase_findings)
"""What happens to findings and their evidence when a person is erased; snapshots go by `jobs.forget_snapshots`."""
