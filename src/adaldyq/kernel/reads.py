"""The log of reads: whoever is shown a restricted record leaves a row, and the person concerned may see it.

A page that the access matrix does not give to everybody names in the matrix's column `reads` the kinds of
record it shows, or `nothing`. It notes them while it is made; a page that did not note what its row says is
not shown. A kind with `own:` before it is of the viewer's own records: it is logged here, and only when they are
shown to a representative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from adaldyq.kernel.access import own_reads_of, reads_of
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.deadlines.days import kept_since
from adaldyq.kernel.models import Merge, Read
from adaldyq.kernel.queries import history
from adaldyq.kernel.roles import Role
from adaldyq.kernel.tokens import behind

Row = TypeVar("Row")

BATCH = 500
NOTED = "reads_noted"
PROBLEM = "application/problem+json"  # what the API refuses with: sentences about the request
LOG = "read_log"  # what packs call its term of keeping
WITHHELD = "read_withheld"  # what packs call the term for which reads of an investigation are not shown
INVESTIGATING = (Role.AGENCY_ANALYST, Role.INVESTIGATOR, Role.PROSECUTOR, Role.RECEIVING_OFFICER)
"""Roles whose reads the person sees only after the pack's term, so that an investigation is not told of."""

Concerned = tuple[str, str]  # id of the record, id of the person it is about (empty when it is about nobody)


class ReadNotNoted(RuntimeError):
    """A page showed, or was about to show, restricted records without saying whose."""


def record(*, by: Actor, kind: str, of: Iterable[Concerned], purpose: str, at: datetime) -> int:
    """Log that records were shown, with one insert, and return how many.

    Args:
        by: who read. What they stood for is taken from the actor.
        kind: what the records are, such as `finding`.
        of: each record with the person it is about; the same pair counts once.
        purpose: route, operation or job for which they were read.
    """
    rows = [
        Read(
            reader_id="" if by.system else by.id,
            reader=by.id if by.system else "",
            roles=" ".join(sorted(by.roles)),
            acting_for=by.acting_for,
            kind=kind,
            object_id=record_id,
            person_id=person,
            purpose=purpose,
            at=at,
        )
        for record_id, person in dict.fromkeys(of)
    ]
    Read.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def note(request: HttpRequest, kind: str, of: Iterable[Concerned]) -> int:
    """Log what a page shows; the page calls it once for each kind it shows, also when there is nothing."""
    noted: set[str] = getattr(request, NOTED, set())
    setattr(request, NOTED, noted | {kind})
    route = request.resolver_match.view_name if request.resolver_match else request.path
    return record(by=behind(request), kind=kind, of=of, purpose=route, at=timezone.now())


def note_representative(request: HttpRequest, route: str) -> None:
    """Log that a page of what is one's own was shown to whoever acts for that person; one's own look leaves no row."""
    by = actor_of(request.user)
    if by.represents:
        for kind in own_reads_of(route):
            note(request, kind, [(by.stands_for, by.stands_for)])


def noted(request: HttpRequest, kind: str, rows: Iterable[Row], concerned: Callable[[Row], Concerned]) -> Iterator[Row]:
    """Pass rows of a file on, logging each batch before it leaves."""
    note(request, kind, ())
    return logged(request, kind, iter(rows), concerned)


def logged(
    request: HttpRequest, kind: str, rows: Iterator[Row], concerned: Callable[[Row], Concerned]
) -> Iterator[Row]:
    """Rows of a file, batch by batch."""
    while batch := list(islice(rows, BATCH)):
        note(request, kind, map(concerned, batch))
        yield from batch


class ReadLogMiddleware:
    """Holds every page to the reads that its row in the access matrix names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and keep back an answer whose reads were not noted.

        Raises:
            ReadNotNoted: the page showed records of a kind that it did not note.
        """
        response = self.get_response(request)
        if shows_records(response) and request.resolver_match:
            route = request.resolver_match.view_name
            missing = reads_of(route) - getattr(request, NOTED, set())
            if missing:
                raise ReadNotNoted(f"{route} did not note that it showed: {', '.join(sorted(missing))}")
            note_representative(request, route)
        return response


def shows_records(response: HttpResponseBase) -> bool:
    """Whether an answer may hold records: a page, also one that came back with errors; no redirect or refusal."""
    is_problem = response.headers.get("Content-Type", "") == PROBLEM
    return response.status_code in {200, 201, 206, 409, 422} and not is_problem


def about(person: str, *, at: datetime) -> QuerySet[Read]:
    """Reads of records about a person that the person may see by now, the newest first.

    Those of records that were merged into theirs are among them. After a split each sees what was read of their own
    record, and what was read of both while they were one. Reads in an investigation are left out until their term
    has passed; a role beside it does not show them sooner.
    """
    visible, told_before = Q(at__lte=at), kept_since(at, WITHHELD)
    for role in INVESTIGATING:
        visible &= ~Q(roles__regex=rf"(^| ){role}( |$)") | Q(at__lt=told_before)
    return Read.objects.filter(visible, of_records(person)).order_by("-at", "-pk")


def of_records(person: str) -> Q:
    """The condition that a read is of a person's own record, of one merged into it, or of both while they were one."""
    condition = Q(person_id__in=history.merged_into("person", person))
    once = Merge.objects.filter(register="person", merged_id=person, state="split", decided_at__isnull=False)
    for kept, begun, ended in once.values_list("kept_id", "decided_at", "split_decided_at"):
        condition |= Q(person_id=kept, at__gte=begun, at__lt=ended)
    return condition


def expired(at: datetime) -> QuerySet[Read]:
    """Reads whose term of keeping has passed."""
    return Read.objects.filter(at__lt=kept_since(at, LOG))
