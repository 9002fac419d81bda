"""What the papers that a person has brought mean for what they have to file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from adaldyq.kernel.actor import Actor
from adaldyq.measures.declarations.models import BULK, Declaration, ReceivedPaper
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.received import papers_in_hand
from adaldyq.measures.declarations.states import IN_HAND, REFUSED
from adaldyq.ui.facts import State, Task


def overtaken(papers: Iterable[ReceivedPaper]) -> set[str]:
    """Ids of those papers in hand after which the person signed the same in another way, as `received.signed_since` says."""
    filed = Declaration.objects.filter(
        person_id=OuterRef("person_id"),
        form=OuterRef("form"),
        year=OuterRef("year"),
    ).exclude(way=BULK)
    since = Q(filed_date__gt=OuterRef("received_date")) | Q(filed_at__gt=OuterRef("registered_at"))
    found = ReceivedPaper.objects.filter(
        Exists(filed.filter(since)), pk__in=[one.pk for one in papers], state__in=IN_HAND
    )
    return set(found.values_list("pk", flat=True))


def title_of(paper: ReceivedPaper) -> str:
    """What My declarations call the declaration that a paper holds."""
    return f"{words.form_name(paper.form)}, {paper.year}"


def paper_tasks(by: Actor) -> list[Task]:
    """Papers in hand, each with what that means."""
    papers = list(papers_in_hand(by))
    gone = overtaken(papers)
    return [task_of(one, is_overtaken=one.pk in gone) for one in papers]


def task_of(paper: ReceivedPaper, *, is_overtaken: bool) -> Task:
    """A paper in hand, and what that means."""
    if is_overtaken:
        told = _("You have filed this declaration since, and that counts. You are told what becomes of the paper.")
        state = State(_("overtaken"), "closed")
    elif paper.state == REFUSED:
        told = _("It cannot be filed as it stands. What has to be mended is on its page; you can also file online.")
        state = State(_("to be mended"), "bad")
    else:
        told, state = _("It is being keyed in. You need not file the same online."), State(_("in hand"), "work")
    page = reverse("declarations-own-paper", args=[paper.pk])
    return Task(f"{title_of(paper)}: {paper.number}", page, hint=told, state=state)


def beside_papers(owed: Iterable[Mapping[str, Any]], by: Actor) -> list[Mapping[str, Any]]:
    """What is owed, with whether it is being keyed in from paper."""
    keyed = {title_of(one) for one in papers_in_hand(by) if one.state != REFUSED}
    return [{**one, "on_paper": one["title"] in keyed} for one in owed]
