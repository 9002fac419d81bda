"""Papers in hand: the list, taking one in, its page with what may be done, and the receipt for the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel import kept_forms, naming, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.documents.actions import Issue, issue_document
from adaldyq.kernel.documents.paper import Block, Paper
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.models import Person, Upload
from adaldyq.kernel.queries import lookup
from adaldyq.kernel.trying import refusal, tried
from adaldyq.kernel.uploads.actions import expire_upload, take_in
from adaldyq.kernel.uploads.queries import attached_to
from adaldyq.measures.declarations.actions import keying, receiving
from adaldyq.measures.declarations.domain.paper_form import paper_sections
from adaldyq.measures.declarations.forms import FindPersonForm, StateForm, StepForm
from adaldyq.measures.declarations.forms.papers import ReceptionForm
from adaldyq.measures.declarations.policies import may_file_for_others
from adaldyq.measures.declarations.queries import received, words
from adaldyq.measures.declarations.queries.last_days import last_day
from adaldyq.measures.declarations.queries.own import PAPER_RECEIPT
from adaldyq.measures.declarations.queries.received import FIRST, SCAN, SECOND, ReceivedPaper
from adaldyq.measures.declarations.views.document_facts import entry_of, fact_of
from adaldyq.measures.declarations.views.paper_forms import YEARS_PRINTED, years
from adaldyq.measures.declarations.views.paper_problems import lines_of
from adaldyq.measures.declarations.views.papers import language
from adaldyq.ui.facts import Fact, Link, State
from adaldyq.ui.formats.values import day
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "declaration_paper"
UNPROCESSABLE = 422
STATES: Mapping[str, State] = {
    "received": State(gettext_lazy("To be keyed in"), "open"),
    "keyed": State(gettext_lazy("To be keyed in again"), "open"),
    "differs": State(gettext_lazy("The keyings differ"), "attention"),
    "refused": State(gettext_lazy("Refused by a check"), "bad"),
    "filed": State(gettext_lazy("Filed"), "good"),
    "given_back": State(gettext_lazy("Given back"), "closed"),
}


def keeper(request: HttpRequest) -> Actor:
    """Who takes papers in.

    Raises:
        PermissionDenied: somebody else.
    """
    by = actor_of(request.user)
    if not may_file_for_others(by):
        raise PermissionDenied
    return by


def kept_paper(request: HttpRequest, paper_id: str) -> ReceivedPaper:
    """The paper that a page is about, its look noted.

    Raises:
        Http404: there is none, or the viewer does not keep it.
    """
    found = received.paper(paper_id, keeper(request))
    if found is None:
        raise Http404(paper_id)
    reads.note(request, READ, [(found.pk, found.person_id)])
    return found


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """Papers in hand by state, the oldest first."""
    by, today = keeper(request), timezone.localdate()
    form = StateForm(request.GET, {code: state.word for code, state in STATES.items()})
    page = sorted_page(request, received.papers(by, form.chosen()), list_columns({}, today), default="received_date")
    names = naming.names_of([one.person_id for one in page.rows])
    reads.note(request, READ, [(one.pk, one.person_id) for one in page.rows])
    empty = _("No paper is in hand.")
    table = Table(_("Papers in hand"), list_columns(names, today), page.rows, page=page, hide_caption=True, empty=empty)
    counts = received.counted(by)
    facts = [Fact(STATES[state].word, counts[state]) for state in received.IN_HAND]
    return render(request, "declarations/papers.html", {"form": form, "table": table, "facts": facts})


def list_columns(names: Mapping[str, str], today: date) -> list[Column]:
    """Columns of the list."""
    return [
        Column("number", _("Number of the paper"), link=address),
        Column("name", _("Full name"), value=lambda row: names.get(row.person_id, row.person_id)),
        Column("year", _("Year"), kind="year"),
        Column("received_date", _("Received on"), kind="day", sort="received_date"),
        Column("age", _("Days in hand"), kind="number", value=lambda row: age_of(row, today)),
        Column("state", _("State"), sort="state", value=lambda row: STATES[row.state]),
    ]


def age_of(row: ReceivedPaper, today: date) -> int | None:
    """For how many days a paper has been in hand; none when it is not any more."""
    return (today - row.received_date).days if row.closed_at is None else None


def address(row: ReceivedPaper) -> str:
    """The page of a paper."""
    return reverse("declarations-paper", args=[row.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """Find the person, then take the paper in."""
    by = keeper(request)
    typed = kept_forms.take(request) if request.method != "POST" else {}
    given = request.POST if request.method == "POST" else typed or request.GET
    find = FindPersonForm(given if "person" in given else None)
    person = lookup.person(find.cleaned_data["person"]) if find.is_bound and find.is_valid() else None
    if find.is_bound and not find.errors and person is None:
        find.add_error("person", _("Nobody has this number or id. Check it; it may have been merged."))
    reads.note(request, "person", [(person.pk, person.pk)] if person else [])
    form = None
    if person is not None:
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = ReceptionForm(data, files, years(YEARS_PRINTED))
        kept_forms.fill(form, typed)
        pages: list[str] = []
        if form.is_bound and form.is_valid() and tried(form, lambda: pages.append(taken(request, form, person, by))):
            return redirect(pages[0])
    context = {
        "find": find,
        "form": form,
        "unsaved": bool(typed),
        "failed": form if form is not None else find,
        "person": person,
        "name": naming.names_of([person.pk]).get(person.pk, person.pk) if person else "",
        "born": person.birth_date if person else None,
    }
    failed = find.errors or (form is not None and form.errors)
    return render(request, "declarations/paper_new.html", context, status=UNPROCESSABLE if failed else 200)


def taken(request: HttpRequest, form: ReceptionForm, person: Person, by: Actor) -> str:
    """Take a paper in once, with its scans, and return its page.

    Raises:
        DomainError: what the acts say.
    """
    at, given = timezone.now(), form.cleaned_data

    def act() -> dict[str, str]:
        held: list[Upload] = []
        try:
            for one in given["scans"]:
                name, content = str(one.name), bytes(one.read())
                held.append(take_in(purpose=SCAN, name=name, content=content, by=by, at=at, person=person))
            reception = receiving.Reception(
                person=person,
                form=given["form"],
                year=int(given["year"]),
                received=given["received"],
                sheets=given["sheets"],
                is_amendment=given["is_amendment"],
                scans=held,
            )
            return {"paper": receiving.receive_paper(reception=reception, by=by, at=at).pk}
        except DomainError as error:
            for upload in held:
                expire_upload(upload=upload, by=by, at=at)
            if error.field == "file":
                error.field = "scans"
            raise

    done = sent_once(request.POST, place=f"paper of {person.pk}", owner=by.id, at=at, perform=act)
    return reverse("declarations-paper", args=[done["paper"]])


@require_http_methods(["GET", "HEAD", "POST"])
def paper_page(request: HttpRequest, paper_id: str) -> HttpResponse:
    """One paper: what is known of it, how far it is, and what the viewer may do."""
    one, by = kept_paper(request, paper_id), actor_of(request.user)
    form = StepForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        pages: list[str] = []
        status = refusal(form, partial(stepped, request, one, form, pages))
        if status is None:
            return redirect(pages[0])
        one = received.paper(paper_id, by) or one
    wrong = received.problems(one, by=by, at=timezone.now()) if one.state == "refused" else []
    context = {
        "paper": one,
        "form": form,
        "name": naming.names_of([one.person_id]).get(one.person_id, one.person_id),
        "facts": [*facts_of(one), *keying_facts(one, by)],
        "scans": [
            Link(each.name, reverse("desk-file", args=[each.pk])) for each in attached_to(one).filter(purpose=SCAN.name)
        ],
        "documents": documents_facts(one),
        "steps": steps_of(one, by),
        "problems": lines_of(one, wrong),
        "in_hand": one.state in received.IN_HAND,
        "decides": one.state == "differs" and not received.is_first(one, by),
    }
    return render(request, "declarations/paper.html", context, status=status)


def documents_facts(one: ReceivedPaper) -> list[Fact]:
    """Documents of the entries of a paper."""
    parts = {part.name: f"{part.number}. {_(part.section.title)}" for part in paper_sections(one.form)}
    return [fact_of(each, entry_of(each, parts)) for each in received.documents_of(one)]


def stepped(request: HttpRequest, one: ReceivedPaper, form: StepForm, pages: list[str]) -> None:
    """Take the step that a button names, once, and say which page follows.

    Raises:
        DomainError: what the act says, or `no-such-step`.
    """
    by, at = actor_of(request.user), timezone.now()
    step, text = request.POST.get("step", ""), form.cleaned_data["text"]

    def act() -> dict[str, str]:
        page = reverse("declarations-paper", args=[one.pk])
        match step:
            case "begin":
                keying.begin_keying(paper=one, by=by, at=at)
                page = reverse("declarations-paper-keying", args=[one.pk])
            case "again":
                keying.key_again(paper=one, by=by, at=at)
            case "file":
                keying.file_paper(paper=one, by=by, at=at)
            case "leave":
                unfinished = one.keyings.filter(finished_at=None).order_by("place").first()
                if unfinished is None:
                    raise DomainError("no-such-step")
                keying.leave_keying(keying=unfinished, by=by, at=at)
            case "amends" | "amends_nothing":
                receiving.mark_amendment(paper=one, is_amendment=step == "amends", by=by, at=at)
            case "give_back":
                receiving.give_back(paper=one, ground=text, by=by, at=at)
            case _:
                raise DomainError("no-such-step")
        return {"page": page}

    done = sent_once(request.POST, place=f"paper {one.pk}", owner=by.id, at=at, perform=act)
    pages.append(str(done["page"]))


def steps_of(one: ReceivedPaper, by: Actor) -> list[tuple[str, str]]:
    """What the viewer may do now, the first thing first, with the words of its button."""
    steps: list[tuple[str, str]] = []
    place, mine = received.may_key(one, by), received.keying_of(one, by)
    if place and mine is not None:
        steps.append(("begin", _("Go on keying in")))
    elif place:
        steps.append(("begin", _("Key in") if place == FIRST else _("Key in again, as the second")))
    if one.state in {"received", "keyed"} and one.keyings.filter(finished_at=None).exists():
        steps.append(("leave", _("Throw the unfinished keying away")))
    if one.state == "refused":
        steps.append(("file", _("Try once more to file")))
    if one.state in {"refused", "differs"}:
        steps.append(("again", _("Let both key it in again")))
    if one.state in received.IN_HAND and one.is_amendment:
        steps.append(("amends_nothing", _("It amends nothing")))
    elif one.state in received.IN_HAND and received.amends_something(one) and not received.signed_since(one):
        steps.append(("amends", _("It amends what was filed")))
    return steps


def facts_of(one: ReceivedPaper) -> list[Fact]:
    """What is known of a paper, for who keeps it and for the person."""
    due = last_day(one.year)
    late = _("After the last day on paper, which was %(day)s.") % {"day": day(due)}
    facts = [
        Fact(_("State"), STATES[one.state]),
        Fact(_("Number of the paper"), one.number),
        Fact(_("Form"), words.form_name(one.form)),
        Fact(_("Year"), str(one.year), hint=_("It amends a declaration that was filed.") if one.is_amendment else ""),
        Fact(_("Received on"), one.received_date, kind="day", hint=late if one.received_date > due else ""),
        Fact(_("Number of sheets"), one.sheets, kind="number"),
        Fact(_("Days in hand"), age_of(one, timezone.localdate()), kind="number"),
        Fact(_("Given back"), one.closed_at if one.state == "given_back" else None, kind="moment", hint=one.ground),
        Fact(_("Number of the declaration"), one.declaration_id),
    ]
    return [fact for fact in facts if fact.value not in (None, "")]


def keying_facts(one: ReceivedPaper, by: Actor) -> list[Fact]:
    """Who has keyed a paper in, and how far each is."""
    titles = {FIRST: _("First keying"), SECOND: _("Second keying")}
    facts = []
    for each in one.keyings.select_related("by").order_by("place"):
        who = _("yourself") if each.by_id == by.id else each.by.name
        stands = State(_("finished"), "good") if each.finished_at else State(_("under way"), "work")
        facts.append(Fact(titles.get(each.place, _("Decided where they differed")), stands, hint=who))
    return facts


@require_POST
def receipt(request: HttpRequest, paper_id: str) -> HttpResponse:
    """Print the receipt of a paper for the person, with a QR code by which it can be checked."""
    one = kept_paper(request, paper_id)
    number, form, received_on = _("Number of the paper"), _("Form"), _("Received on")
    open_facts = {
        "Number of the paper": one.number,
        "Form": words.form_name(one.form),
        "Year": str(one.year),
        "Received on": day(one.received_date),
    }
    name = naming.names_of([one.person_id]).get(one.person_id, "")
    stated = [
        (_("Declarant"), name),
        (number, one.number),
        (form, words.form_name(one.form)),
        (_("Year"), str(one.year)),
    ]
    stated += [(received_on, day(one.received_date)), (_("Number of sheets"), str(one.sheets))]
    if one.declaration_id:
        open_facts["Number of the declaration"] = one.declaration_id
        stated += [(_("Number of the declaration"), one.declaration_id), (_("Filed"), day(one.received_date))]
    lead = _("The state has received the declaration on paper named below. Its content is not part of this document.")
    paper = Paper(_("Receipt of a declaration on paper"), lead, [Block(_("The paper"), facts=stated)], language())
    issue = Issue(PAPER_RECEIPT, "PR", one, paper, open_facts, one.person)
    document = issue_document(issue=issue, by=actor_of(request.user), at=timezone.now())
    return redirect("desk-document", document.pk)
