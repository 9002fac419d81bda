"""What verification does when a person is erased: no finding asks about them any more, and no evidence shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from adaldyq.base.errors import DomainError
from adaldyq.kernel.erasing import Eraser, Erasing
from adaldyq.verification.models import COUNTRY, EvidenceRow, Finding, Run
from adaldyq.verification.states import IN_WORK

TOGETHER = 500


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


def blank_evidence(removed: Mapping[str, Collection[str]], at: datetime) -> None:
    """Let evidence about the country show no more what stood in rows that were erased, in the act's transaction.

    The runs say that they cannot be done again; whoever erases sees to it that `jobs.forget_snapshots` follows.

    Args:
        removed: keys by published table.
    """
    if not any(removed.values()):
        return
    Run.objects.filter(dataset=COUNTRY, not_reproducible_since=None).update(not_reproducible_since=at)
    for table, keys in removed.items():
        listed = sorted(keys)
        for start in range(0, len(listed), TOGETHER):
            some = listed[start : start + TOGETHER]
            EvidenceRow.objects.filter(finding__dataset=COUNTRY, table=table, key__in=some).update(values={})


def holding(column: str, ids: Collection[str]) -> Q:
    """The condition that a text holds one of these ids."""
    condition = Q(pk__in=())
    for one in ids:
        condition |= Q(**{f"{column}__contains": one})
    return condition


ERASER = Eraser(forbids, erase_findings)
"""What happens to findings and their evidence when a person is erased; snapshots go by `jobs.forget_snapshots`."""
