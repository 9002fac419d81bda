"""Pages on which a person checks the answers, signs and files, and sees what was filed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.grouped import GROUPED
from adaldyq.kernel.idempotency import in_turn, request_of, sent_once
from adaldyq.kernel.lent import Lent
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.proving import still_to_show
from adaldyq.kernel.signatures import trust
from adaldyq.kernel.trying import tried
from adaldyq.measures.declarations.actions import filing
from adaldyq.measures.declarations.actions.filing_together import AT_ONE_DESK, Signed
from adaldyq.measures.declarations.domain.changes import GONE, Difference, differences
from adaldyq.measures.declarations.domain.outcomes import outcome
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.domain.wealth import ASSET_CLASSES, Totals
from adaldyq.measures.declarations.forms import SignForm
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries import drafts, filers, joint, words
from adaldyq.measures.declarations.queries.attachments import FIELD, Attachment, by_row, of_declaration
from adaldyq.measures.declarations.queries.drafts import Declaration, Draft, Filled, FilledSection
from adaldyq.measures.declarations.queries.left_out import left_out
from adaldyq.measures.declarations.queries.prefilled import FAMILY, Prefilled
from adaldyq.measures.declarations.queries.receipts import receipt
from adaldyq.measures.declarations.queries.retention import holds_of
from adaldyq.measures.declarations.queries.sections import Contents
from adaldyq.measures.declarations.states import OPEN
from adaldyq.measures.declarations.views import check_words, document_facts, rows, signature_facts, wealth
from adaldyq.measures.declarations.views.declarant_facts import declarant_facts
from adaldyq.measures.declarations.views.declarations import proof_of
from adaldyq.measures.declarations.views.drafts import card_of, elsewhere, joint_context, own_draft, state_of
from adaldyq.measures.declarations.views.limits import above_most
from adaldyq.measures.declarations.views.outcomes import outcome_state
from adaldyq.measures.declarations.views.retention import term_facts
from adaldyq.ui.facts import Fact, Link

UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
def check_page(request: HttpRequest, draft_id: str) -> HttpResponse:
    """All that is to be filed on one page, what is still wrong, and what differs from before."""
    draft = own_draft(request, draft_id)
    if (away := elsewhere(draft)) is not None:
        return away
    filled = Filled(draft)
    before, missing = filled.before(), left_out(draft, filled)
    context = {
        "draft": draft,
        "filled": filled,
        "form_title": words.form_name(draft.form),
        "problems": [link for part in filled.sections for link in problems_of(draft, part)],
        "parts": (parts := [part_context(draft, part, before) for part in filled.sections]),
        "above": above_most_of(draft, filled),
        "differs": check_words.differing(parts),
        "missing": missing_words(draft, missing),
        "family_missing": any(one.origin == FAMILY for one in missing),
        "unnamed": check_words.unnamed_owners(draft, filled.sections),
        "before": before[0] if before else None,
        "declarant": declarant_facts(draft),
        "is_own": actor_of(request.user).person == draft.person_id,
        **totals_context(filled.totals()),
        **joint_context(draft, filled),
        "late": drafts.is_late(draft, timezone.localdate()),
        "by_certificate": trust.is_configured(),
    }
    return render(request, "declarations/draft_check.html", context)


def above_most_of(draft: Draft, filled: Filled) -> list[Link]:
    """Sections that state more than the law lets be stated, each as a link to it."""
    found = []
    for part in filled.sections:
        name = part.section.name
        if told := above_most(name, [one.reading.values for one in part.rows], draft.year):
            page = reverse("declarations-draft-section", args=[draft.pk, name])
            found.append(Link(f"{_(part.section.title)}: {told}", page))
    return found


def missing_words(draft: Draft, missing: Sequence[Prefilled]) -> list[Link]:
    """What registers say one has and the draft does not state, each as a link to the section."""
    return [
        Link(
            f"{_(BY_NAME[one.section].title)}, {rows.row_title(one.section, one.typed, place)}. "
            f"{rows.source_words(one.origin, draft.year)}",
            reverse("declarations-draft-section", args=[draft.pk, one.section]),
        )
        for place, one in enumerate(missing, 1)
    ]


def problems_of(draft: Draft, part: FilledSection) -> list[Link]:
    """What keeps a section from being filed, each as a link to where it is mended."""
    title = _(part.section.title)
    found = []
    names = names_of(part)
    for one, name in zip(part.rows, names, strict=True):
        href = reverse("declarations-draft-row", args=[draft.pk, part.section.name, one.row.pk])
        columns = part.section.table.by_name
        found += [
            Link(f"{title}, {name}. {sentence(problem)}", document_facts.place_of(draft, one))
            if problem.field == FIELD
            else Link(
                f"{title}, {name}. {_(columns[str(problem.field)].title)}: {sentence(problem)}",
                f"{href}#id_{problem.field}",
            )
            for problem in one.reading.problems
        ]
    if not found and not part.done:
        href = reverse("declarations-draft-section", args=[draft.pk, part.section.name])
        told = _("say that these entries are all") if part.rows else _("add entries, or say that there is nothing")
        found.append(Link(f"{title}: {told}", href))
    return found


def names_of(part: FilledSection) -> list[str]:
    """What the rows of a section are called; those of one name are told apart by their place."""
    names = [rows.row_title(part.section.name, one.reading.values, place) for place, one in enumerate(part.rows, 1)]
    told, entry = Counter(names), _("Entry %(number)s")
    return [f"{name} ({entry % {'number': place}})" if told[name] > 1 else name for place, name in enumerate(names, 1)]


def part_context(draft: Draft, part: FilledSection, before: tuple[Declaration, Contents] | None) -> dict[str, Any]:
    """A section on the page of answers."""
    values: list[Mapping[str, object]] = [one.reading.values for one in part.rows]
    name = part.section.name
    found = compared(name, values, draft.year, before)
    sums = rows.sums_of(name, values)
    cards = [
        {**card_of(one, draft, place), "change": check_words.change_state(name, found, one.reading.values)}
        for place, one in enumerate(part.rows, 1)
    ]
    return {
        "name": name,
        "title": _(part.section.title),
        "state": state_of(part),
        "line": line_of(part, sums, check_words.counted(found)),
        "told": check_words.told(draft, part, found),
        "open": bool(part.wrong),
        "sums": sums,
        "cards": cards,
        "gone": [rows.row_title(name, one.row, 0) for one in found if one.change == GONE],
        "href": reverse("declarations-draft-section", args=[draft.pk, name]),
    }


def line_of(part: FilledSection, sums: str, differs: str) -> str:
    """What a section says while it is folded: how far it is, its entries and their sum, and how many differ."""
    count = len(part.rows)
    entries = ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count} if count else ""
    return " · ".join(filter(None, (str(state_of(part).word), entries, sums, differs)))


def compared(
    section: str, values: Sequence[Mapping[str, object]], year: int, before: tuple[Declaration, Contents] | None
) -> Sequence[Difference]:
    """Rows of a section with how they stand to those before; nothing when there is nothing to compare with.

    Args:
        year: that the rows are about.
        before: a declaration of the year before, or an earlier version of the same.
    """
    if before is None:
        return ()
    columns = [column.name for column in BY_NAME[section].table.columns]
    whole = [{name: row.get(name) for name in columns} | {"typed": row} for row in values]
    same_year = before[0].year == year
    return differences(section, whole, before[1].rows(before[0], section), same_year=same_year, whole=True)


def totals_context(sums: Totals) -> dict[str, Any]:
    """What everything adds up to, with the rates by which other currencies were counted, and what was not."""
    return {"totals": totals_facts(sums), "notes": wealth.conversion_notes([sums])}


def totals_facts(sums: Totals) -> list[Fact]:
    """What everything adds up to, in the country's currency."""
    currency = sums.currency
    facts = [
        Fact(_(title), sums.assets[name], kind="money", currency=currency)
        for name, title in ASSET_CLASSES.items()
        if sums.assets.get(name)
    ]
    facts.append(Fact(_("Debts"), sums.debts, kind="money", currency=currency))
    if sums.all_income is not None:
        facts.append(Fact(_("Income of the year"), sums.all_income, kind="money", currency=currency))
    return facts


@require_http_methods(["GET", "HEAD", "POST"])
def sign_page(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Show once more that it is oneself, confirm, and file."""
    if filed := filed_with_others(request, draft_id):
        return redirect("declarations-filed", filed)
    draft = own_draft(request, draft_id)
    if request.method != "POST" and (away := elsewhere(draft)) is not None:
        return away
    here = reverse("declarations-draft-sign", args=[draft.pk])
    if draft.state == OPEN and (shown_at := still_to_show(request, here)):
        return redirect(shown_at)
    late = draft.state == OPEN and drafts.is_late(draft, timezone.localdate())
    sent = request.method == "POST"
    form, status = (SignForm(request.POST), UNPROCESSABLE) if sent else (SignForm(), 200)
    if sent and form.is_valid() and form.told(late=late) and (filed := signed(form, draft, actor_of(request.user))):
        return redirect("declarations-filed", filed)
    filled = Filled(draft)
    if draft.state == OPEN and not filled.ready:
        return redirect("declarations-draft-check", draft.pk)
    together = joint_context(draft, filled)
    form.initial.update(seen=together["signed_as"], in_time="" if late else "1")
    if sent and joint.same_answers(form.data.get("seen", ""), filled.seen):
        form.change("seen", together["signed_as"])  # whoever signs again is told for how many it now is
    context = {
        "draft": draft,
        "form": form,
        "form_title": words.form_name(draft.form),
        **together,
        "name": naming.names_of([draft.person_id]).get(draft.person_id, ""),
        **totals_context(filled.totals()),
        "late": drafts.is_late(draft, timezone.localdate()),
        "by_certificate": trust.is_configured(),
    }
    return render(request, "declarations/draft_sign.html", context, status=status)


def filed_with_others(request: HttpRequest, draft_id: str) -> str:
    """File together with all who do at this moment; the id of the declaration.

    It is empty when the draft must be looked at by itself: nobody files, something is to be shown or told first, or the
    server answers one at a time.
    """
    if request.method != "POST" or GROUPED not in request.META or still_to_show(request, request.path):
        return ""
    form, sent = SignForm(request.POST), request_of(request.POST, place_of(draft_id))
    if sent is None or not form.is_valid():
        return ""
    seen, in_time = form.cleaned_data["seen"], bool(form.cleaned_data["in_time"])
    signed = Signed(draft_id, seen, in_time, actor_of(request.user), timezone.now(), sent)
    lent: Lent = request.META[GROUPED]
    with lent.set_down():
        return AT_ONE_DESK(signed)


def place_of(draft_id: str) -> str:
    """Which form is sent to file a draft."""
    return f"declarations.draft {draft_id}"


def signed(form: SignForm, draft: Draft, by: Actor) -> str:
    """File once; the id of the declaration, or empty when it is refused, with the reason on the form.

    Raises:
        PermissionDenied: the draft is somebody else's.
    """
    now, seen = timezone.now(), form.cleaned_data["seen"]
    return filed_once(form, draft, by, now, lambda: filing.file_draft(draft=draft, seen=seen, by=by, at=now))


def filed_once(form: Form, draft: Draft, by: Actor, at: datetime, file: Callable[[], Draft]) -> str:
    """File a draft, however often the form is sent, and wait for whoever sent it first; as `signed`."""

    def perform() -> Mapping[str, object]:
        return {"declaration": file().declaration_id}

    answered: dict[str, object] = {}

    def send() -> None:
        key = {"place": place_of(draft.pk), "owner": by.id}
        with filing.told_of_another(draft):
            answered.update(in_turn(lambda: sent_once(form.data, **key, at=at, perform=perform, as_one=True)))

    if tried(form, send):
        return str(answered["declaration"])
    draft.refresh_from_db()  # it may have been filed under another key
    return draft.declaration_id or ""


@require_safe
def filed_page(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """The receipt of one's own declaration: its number, its line in the ledger, and what it says."""
    found = drafts.filed_by(actor_of(request.user)).filter(pk=declaration_id).first()
    if found is None:
        raise Http404(declaration_id)
    contents = Contents([found])
    line = receipt(found, contents)
    day = found.filed_date
    stands = outcome_state(outcome(found.due_date, day, timezone.localdate())) if found.due_date and day else None
    facts = [
        Fact(_("Number of the declaration"), found.pk),
        Fact(_("Form"), words.form_name(found.form)),
        Fact(_("Year"), str(found.year)),
        Fact(_("Version"), str(found.version), hint="" if found.is_current else _("replaced by a later one")),
        Fact(_("Filed"), found.filed_at, kind="moment"),
        *([Fact(_("Filed by"), by)] if (by := filers.filers([found]).get(found.pk)) else []),
        Fact(_("Last day to file"), found.due_date, kind="day"),
        *([Fact(_("Outcome"), stands)] if stands and found.version == 1 else []),
        *kept_facts(found),
    ]
    context = {
        "declaration": found,
        "form_title": words.form_name(found.form),
        "facts": facts,
        "receipt": line,
        "proof": proof_of(line) if line else [],
        **totals_context(contents.totals(found, found.currency)),
        **changes_context(found),
        "signatures": signature_facts.cards_of(found),
        "parts": stated_parts(found, contents),
        "stayed": found.person_id != filer(actor_of(request.user)),
    }
    return render(request, "declarations/filed.html", context)


def changes_context(found: Declaration) -> dict[str, Any]:
    """What a version changed in the one that it amends; nothing for the first."""
    amended = drafts.version_before(found)
    return {"amended": amended, "changes": check_words.between(found, amended) if amended else []}


def kept_facts(found: Declaration) -> list[Fact]:
    """Until when one's own declaration is public and kept, and what holds it that one may know."""
    today = timezone.localdate()
    holds = holds_of(found.person_id, today).get(found.year, ())
    return term_facts(found.year, today, holds, public=found.is_public)


def stated_parts(found: Declaration, contents: Contents) -> list[dict[str, Any]]:
    """The sections of one's own declaration that are not empty."""
    there = by_row(of_declaration(found))
    named = [(one.name, contents.rows(found, one.name)) for one in sections_of(found.form)]
    return [stated_part(name, listed, there) for name, listed in named if listed]


def stated_part(
    section: str, listed: Sequence[Mapping[str, Any]], there: Mapping[str, list[Attachment]]
) -> dict[str, Any]:
    """A section of one's own declaration, with the documents of its rows."""
    cards = [
        {
            "title": rows.row_title(section, row, place),
            "facts": [*rows.stated_facts(section, row), *document_facts.filed_facts(there.get(str(row["row_id"]), []))],
        }
        for place, row in enumerate(listed, 1)
    ]
    count, sums = len(cards), rows.sums_of(section, listed)
    entries = ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count}
    line = " · ".join(filter(None, (entries, sums)))
    return {"title": _(BY_NAME[section].title), "cards": cards, "sums": sums, "line": line}
