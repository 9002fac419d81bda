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


def blank_evidence(removed: Collection[str], at: datetime, people: Collection[str] = ()) -> None:
    """Let findings about the country show no more what stood in rows that were erased, in the act's transaction.

    Blank goes every row of evidence that is one of them or was worked out of one, whatever table or step it is of, and
    with it what the finding says itself: the object, which may be an account or a thing, the sum and the day. Rule,
    person, state and decisions stay, so that the counts and outcomes do. The runs say that they cannot be done again;
    whoever erases sees to it that `jobs.forget_snapshots` follows.

    Args:
        removed: keys of the rows.
        people: whose rows they were; a step of a later year of theirs may name a row that went.
    """
    if not removed:
        return
    Run.objects.filter(dataset=COUNTRY, not_reproducible_since=None).update(not_reproducible_since=at)
    gone = frozenset(removed)
    shown: set[str] = set()
    for some in together(gone):
        rows = EvidenceRow.objects.filter(finding__dataset=COUNTRY, key__in=some)
        shown.update(rows.values_list("finding_id", flat=True))
        rows.update(values={})
    for some in together(people):
        mention = {
            row.pk: row.finding_id for row in rows_of(Q(finding__subject_id__in=some)) if names(row.values, gone)
        }
        shown.update(mention.values())
        EvidenceRow.objects.filter(pk__in=mention).update(values={})
    for some in together(shown):
        mentioning = [row.pk for row in rows_of(Q(finding__in=some)) if names(row.values, gone)]
        EvidenceRow.objects.filter(pk__in=mentioning).update(values={})
        Finding.objects.filter(pk__in=some).update(object_id="", object_label="", amount=None, currency="", since=None)


def together(keys: Collection[str]) -> Iterator[list[str]]:
    """Keys in the portions that one question of the database takes."""
    listed = sorted(keys)
    for start in range(0, len(listed), TOGETHER):
        yield listed[start : start + TOGETHER]


def rows_of(which: Q) -> Iterator[EvidenceRow]:
    """Rows of evidence about the country that still say something."""
    return EvidenceRow.objects.filter(which, finding__dataset=COUNTRY).exclude(values={}).iterator()


def names(values: Mapping[str, object], ids: Collection[str]) -> bool:
    """Whether a row of evidence names one of these ids in any column."""
    return any(value in ids for value in values.values() if isinstance(value, str))


def holding(column: str, ids: Collection[str]) -> Q:
    """The condition that a text holds one of these ids."""
    condition = Q(pk__in=())
    for one in ids:
        condition |= Q(**{f"{column}__contains": one})
    return condition


ERASER = Eraser(forbids, erase_findings)
"""What happens to findings and their evidence when a person is erased; snapshots go by `jobs.forget_snapshots`."""
