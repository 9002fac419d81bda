"""The page that asks once of all empty sections which of them there is something for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.declarations.actions import filing
from adaldyq.measures.declarations.forms.which import WhichForm
from adaldyq.measures.declarations.queries import drafts, words
from adaldyq.measures.declarations.queries.drafts import Filled
from adaldyq.measures.declarations.views.drafts import UNPROCESSABLE, after, elsewhere, own_draft
from adaldyq.measures.declarations.views.limits import help_of


@require_http_methods(["GET", "HEAD", "POST"])
def which_page(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Tick what there is; of the others the declaration says that there is nothing."""
    draft = own_draft(request, draft_id)
    if (away := elsewhere(draft)) is not None:
        return away
    filled = Filled(draft)
    empty = drafts.untouched(filled)
    if not empty:
        return redirect(after(draft))
    offered = {one.name: _(one.title) for one in empty}
    form = WhichForm(offered, hints_of(filled, offered), request.POST if request.method == "POST" else None)
    if form.is_valid():
        nothing = offered.keys() - set(form.cleaned_data["have"])
        try:
            filing.answer_rest(draft=draft, sections=sorted(nothing), by=actor_of(request.user), at=timezone.now())
        except DomainError:
            return redirect("declarations-draft", draft.pk)
        return redirect(after(draft))
    context = {"draft": draft, "form": form, "form_title": words.form_name(draft.form)}
    return render(request, "declarations/draft_which.html", context, status=UNPROCESSABLE if form.errors else 200)


def hints_of(filled: Filled, offered: dict[str, str]) -> dict[str, str]:
    """What belongs in each section, and how many entries it had before."""
    before = filled.before()
    hints = {}
    for name in offered:
        count = len(before[1].rows(before[0], name)) if before else 0
        told = ngettext(
            "In your declaration for %(year)s: %(count)s entry.",
            "In your declaration for %(year)s: %(count)s entries.",
            count,
        )
        had = told % {"year": before[0].year, "count": count} if before and count else ""
        hints[name] = " ".join(filter(None, (help_of(name, filled.draft.year), had)))
    return hints
