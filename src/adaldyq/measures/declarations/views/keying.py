"""Pages on which a paper is keyed in, a section at a time, and on which the difference of two keyings is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel import kept_forms, naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.trying import refusal
from adaldyq.measures.declarations.actions import keying as acts
from adaldyq.measures.declarations.domain.births import births_of
from adaldyq.measures.declarations.domain.comparison import Difference
from adaldyq.measures.declarations.domain.paper_form import PaperSection, paper_sections, version_of
from adaldyq.measures.declarations.domain.questions import MOST_ROWS
from adaldyq.measures.declarations.forms import StepForm
from adaldyq.measures.declarations.forms.papers import DecisionForm, KeyedRow, typed_rows
from adaldyq.measures.declarations.queries import drafts, received, words
from adaldyq.measures.declarations.queries.received import FIRST, Keying, ReceivedPaper
from adaldyq.measures.declarations.views.paper_forms import choice_word, value_of
from adaldyq.measures.declarations.views.received import kept_paper
from adaldyq.ui.facts import State, Task

UNPROCESSABLE, CONFLICT = 422, 409
ROWS_OF_A_PAGE = 10
LONGEST_NUMBER = 4


def own_keying(request: HttpRequest, paper_id: str) -> Keying | HttpResponse:
    """What the viewer keys in of a paper; the page of the paper when that is finished or not begun."""
    paper = kept_paper(request, paper_id)
    by = actor_of(request.user)
    found = received.keying_of(paper, by)
    if found is None or not received.may_key(paper, by):
        return redirect("declarations-paper", paper.pk)
    found.paper = paper
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def keying_page(request: HttpRequest, paper_id: str) -> HttpResponse:
    """The sections of a paper, and how far each is keyed in; finished, it is compared or waits for the second."""
    found = own_keying(request, paper_id)
    if isinstance(found, HttpResponse):
        return found
    by = actor_of(request.user)
    form = StepForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        status = refusal(form, partial(finished, request, found, by))
        if status is None:
            return redirect("declarations-paper", paper_id)
    kept_rows = dict(found.sections.values_list("section", "rows"))
    parts = paper_sections(found.paper.form)
    context = {
        **about(found.paper),
        "form": form,
        "second": found.place != FIRST,
        "version": version_of(found.paper.form),
        "tasks": [task_of(found.paper, part, kept_rows) for part in parts],
        "left": sum(part.name not in kept_rows for part in parts),
    }
    return render(request, "declarations/paper_keying.html", context, status=status)


def finished(request: HttpRequest, found: Keying, by: Actor) -> None:
    """Say once that a paper is keyed in wholly.

    Raises:
        DomainError: what the act says.
    """
    at = timezone.now()

    def act() -> dict[str, str]:
        acts.finish_keying(keying=found, by=by, at=at)
        return {}

    sent_once(request.POST, place=f"keying {found.pk}", owner=by.id, at=at, perform=act)


def about(paper: ReceivedPaper) -> dict[str, Any]:
    """What every page on a paper says above."""
    return {
        "paper": paper,
        "name": naming.names_of([paper.person_id]).get(paper.person_id, paper.person_id),
        "form_title": words.form_name(paper.form),
    }


def task_of(paper: ReceivedPaper, part: PaperSection, kept_rows: Mapping[str, list[dict[str, str]]]) -> Task:
    """A section as a task."""
    href = reverse("declarations-paper-section", args=[paper.pk, part.name])
    title = f"{part.number}. {_(part.section.title)}"
    if part.name not in kept_rows:
        return Task(title, href, "", State(_("Not begun"), "open"))
    count = sum(bool(row) for row in kept_rows[part.name])
    hint = ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count} if count else ""
    return Task(title, href, hint, State(_("Keyed in") if count else _("Nothing to declare"), "good"))


@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: HttpRequest, paper_id: str, section: str) -> HttpResponse:
    """The entries of one section as they stand on the paper, ten to a page.

    What is typed is kept, right or wrong. When a check finds something the page comes back once; sent again unchanged,
    it goes on, because the paper may say it so.
    """
    found = own_keying(request, paper_id)
    if isinstance(found, HttpResponse):
        return left_with(request, kept_paper(request, paper_id), section) or found
    page = SectionPage(request, found, part_of(found.paper, section))
    if request.method == "POST":
        return page.answer()
    if typed := kept_forms.take(request):
        return page.regained(typed)
    return page.shown(page.kept_rows(), "", 200)


def part_of(paper: ReceivedPaper, section: str) -> PaperSection:
    """A section of the form of a paper.

    Raises:
        Http404: it has no such section.
    """
    part = next((one for one in paper_sections(paper.form) if one.name == section), None)
    if part is None:
        raise Http404(section)
    return part


def left_with(request: HttpRequest, paper: ReceivedPaper, section: str) -> HttpResponse | None:
    """What was typed into a keying that is not there any more when it arrives; none when nothing was sent."""
    if request.method != "POST":
        return None
    page = SectionPage(request, Keying(paper=paper, place=FIRST), part_of(paper, section))
    count = number_of(request.POST.get("count", ""), ROWS_OF_A_PAGE)
    typed = typed_rows(page.part, request.POST, page.start, count)
    if not any(typed):
        return None
    said = _(
        "Your keying of this paper has ended or was thrown away meanwhile, and nothing was saved. What you typed stands "
        "below, so that you can copy it."
    )
    return page.shown(typed, said, CONFLICT)


class SectionPage:
    """One page of a section: what is kept of it, what was sent, and what comes back."""

    def __init__(self, request: HttpRequest, keying: Keying, part: PaperSection) -> None:
        self.request, self.keying, self.part = request, keying, part
        self.kept = keying.sections.filter(section=part.name).first()
        self.typed_on: Mapping[str, str] = {}
        self.start = number_of(request.POST.get("start") or request.GET.get("from", ""), MOST_ROWS - ROWS_OF_A_PAGE)

    @property
    def before(self) -> list[dict[str, str]]:
        """All entries that are kept of the section."""
        return list(self.kept.rows) if self.kept else []

    def kept_rows(self) -> list[dict[str, str]]:
        """The entries of this page, with empty ones to go on."""
        rows = self.before[self.start : self.start + ROWS_OF_A_PAGE]
        wanted = max(self.part.places, len(rows) + 1) if not self.start else len(rows) + self.part.places
        return rows + [{}] * (min(wanted, ROWS_OF_A_PAGE) - len(rows))

    def answer(self) -> HttpResponse:
        """Keep what was typed, and go on or come back."""
        count = number_of(self.request.POST.get("count", ""), ROWS_OF_A_PAGE)
        typed = typed_rows(self.part, self.request.POST, self.start, count)
        before = self.before
        shown = number_of(self.request.POST.get("shown", ""), ROWS_OF_A_PAGE)
        keyed = acts.Keyed(
            section=self.part.name,
            start=self.start,
            shown=shown,
            rows=typed,
            revision=number_of(self.request.POST.get("revision", ""), 10**LONGEST_NUMBER),
        )
        try:
            acts.save_section(keying=self.keying, keyed=keyed, by=actor_of(self.request.user), at=timezone.now())
        except NotAllowed as refused:
            raise PermissionDenied from refused
        except DomainError as error:
            status = CONFLICT if error.code in {"conflict", "paper-section-changed"} else UNPROCESSABLE
            return self.shown(typed, sentence(error), status)
        self.kept = self.keying.sections.get(section=self.part.name)
        if (wrong := self.wrong(typed)) and ("anyway" not in self.request.POST or before != self.before):
            said = ngettext(
                "It is kept. A check finds %(count)s thing in it: compare it with the paper. If the paper says it "
                "so, save once more.",
                "It is kept. A check finds %(count)s things in it: compare them with the paper. If the paper says "
                "them so, save once more.",
                wrong,
            )
            return self.shown(typed, said % {"count": wrong}, UNPROCESSABLE, anyway=True)
        return redirect(self.following())

    def regained(self, kept: Mapping[str, str]) -> HttpResponse:
        """The page with what was typed into it while the sign-in ended, on top of what was kept then."""
        self.start = number_of(kept.get("start", ""), MOST_ROWS - ROWS_OF_A_PAGE)
        typed = typed_rows(self.part, kept, self.start, number_of(kept.get("count", ""), ROWS_OF_A_PAGE))
        self.typed_on = {name: kept[name] for name in ("shown", "revision") if name in kept}
        return self.shown(typed, "", 200)

    def wrong(self, typed: list[dict[str, str]]) -> int:
        """How much the checks find in what was typed."""
        pack = naming.pack()
        return sum(row.judge(pack.currency, pack.code) for row in self.rows_of(typed))

    def following(self) -> str:
        """The page that comes next: more entries of the section, the next section, or the list of sections."""
        paper = self.keying.paper
        here = reverse("declarations-paper-section", args=[paper.pk, self.part.name])
        if self.request.POST.get("go") == "more":
            return f"{here}?from={len(self.before) // ROWS_OF_A_PAGE * ROWS_OF_A_PAGE}"
        if self.start + ROWS_OF_A_PAGE < len(self.before):
            return f"{here}?from={self.start + ROWS_OF_A_PAGE}"
        parts = paper_sections(paper.form)
        if self.request.POST.get("go") == "list" or self.part.number == len(parts):
            return reverse("declarations-paper-keying", args=[paper.pk])
        return reverse("declarations-paper-section", args=[paper.pk, parts[self.part.number].name])

    def rows_of(self, typed: list[dict[str, str]]) -> list[KeyedRow]:
        """Entries as forms."""
        asked = drafts.asked_of(self.keying.paper)
        asked = replace(asked, births=births_of(received.family_of(self.keying), asked))
        return [KeyedRow(self.part, asked, row, self.start + place) for place, row in enumerate(typed, 1)]

    def shown(self, typed: list[dict[str, str]], problem: str, status: int, *, anyway: bool = False) -> HttpResponse:
        """The page."""
        rows = self.rows_of(typed)
        for row in rows[:1]:
            row.begin_here()
        if status != 200:  # noqa: PLR2004  # OK
            pack = naming.pack()
            for row in rows:
                row.judge(pack.currency, pack.code)
        context = {
            **about(self.keying.paper),
            "part": self.part,
            "title": f"{self.part.number}. {_(self.part.section.title)}",
            "rows": rows,
            "start": self.start,
            "count": len(rows),
            "shown": min(max(len(self.before) - self.start, 0), ROWS_OF_A_PAGE),
            "revision": self.kept.revision if self.kept else 0,
            "problem": problem,
            "anyway": anyway,
            "unsaved": bool(self.typed_on),
            **self.typed_on,
        }
        return render(self.request, "declarations/paper_section.html", context, status=status)


def number_of(text: str, most: int) -> int:
    """A number of a hidden box or of the address, at most so much."""
    plain = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return min(int(text), most) if plain else 0


@require_http_methods(["GET", "HEAD", "POST"])
def differences_page(request: HttpRequest, paper_id: str) -> HttpResponse:
    """Only where two keyings differ, each to be decided by a look at the paper."""
    paper, by = kept_paper(request, paper_id), actor_of(request.user)
    if paper.state != "differs":
        return redirect("declarations-paper", paper.pk)
    found = received.compared(paper)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        found,
        {one.key: labels_of(paper, one) for one in found},
        drafts.asked_of(paper),
    )
    status = None
    if form.is_bound:
        status = refusal(form, partial(decided, request, form, paper, by)) if form.is_valid() else UNPROCESSABLE
        if status is None:
            return redirect("declarations-paper", paper.pk)
    context = {**about(paper), "form": form, "first_is_you": received.is_first(paper, by)}
    return render(request, "declarations/paper_differences.html", context, status=status)


def decided(request: HttpRequest, form: DecisionForm, paper: ReceivedPaper, by: Actor) -> None:
    """Decide once.

    Raises:
        DomainError: what the act says.
    """
    at = timezone.now()

    def act() -> dict[str, str]:
        acts.resolve(paper=paper, choices=form.choices(), by=by, at=at)
        return {}

    sent_once(request.POST, place=f"differences of {paper.pk}", owner=by.id, at=at, perform=act)


def labels_of(paper: ReceivedPaper, one: Difference) -> tuple[str, str, str]:
    """The title of a difference, and what each of the two typed."""
    part = next(each for each in paper_sections(paper.form) if each.name == one.section)
    place = one.first if one.first is not None else one.second or 0
    entry = _("Entry %(number)s") % {"number": place + 1}
    if not one.column:
        whole = ", ".join(
            f"{box.number} {value}"
            for row in (one.first_boxes or one.second_boxes,)
            for box in part.boxes
            if (value := value_of(part, box, row))
        )
        title = _("%(section)s, %(entry)s: only one of the two has it") % {
            "section": f"{part.number}. {_(part.section.title)}",
            "entry": entry,
        }
        return title, whole if one.first_boxes else "", whole if one.second_boxes else ""
    box = next(each for each in part.boxes if each.column.name == one.column)
    title = f"{box.number} {_(box.column.title)}, {entry}"
    return title, shown_in(part, box, one.first_boxes), shown_in(part, box, one.second_boxes)


def shown_in(part: PaperSection, box: Any, row: Mapping[str, str]) -> str:
    """What somebody typed into a box: a choice with its number and its word."""
    value = value_of(part, box, row)
    code = row.get(box.column.name, "")
    if code in box.choices:
        return f"{value} {choice_word(part.name, box, code)}"
    return value
