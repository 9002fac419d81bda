"""The entries of a section page by page, found by their words, or only those that have to be mended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from adaldyq.base.names import comparison_key
from adaldyq.measures.declarations.queries.drafts import Draft, FilledRow, FilledSection
from adaldyq.measures.declarations.views import rows
from adaldyq.ui.tables import sorted_page

PER_PAGE = 25
"""Entries on a page; of fewer nobody need look for one."""
Placed = tuple[int, FilledRow]


class EntriesForm(forms.Form):
    """Which entries of a long section to show."""

    q = forms.CharField(
        label=gettext_lazy("Find an entry"),
        help_text=gettext_lazy("By a name, an address, a number or a sum."),
        required=False,
        max_length=200,
    )
    mend = forms.BooleanField(label=gettext_lazy("Only those that have to be mended"), required=False)


def listed(request: HttpRequest, part: FilledSection) -> dict[str, Any]:
    """The page of entries that is asked for, each with its place in the section; a form to find some when there are many."""
    form = EntriesForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    words = comparison_key(asked.get("q", "")).split()
    found = [
        (place, one)
        for place, one in enumerate(part.rows, 1)
        if (one.reading.problems or not asked.get("mend")) and has_words(one, place, words)
    ]
    page = sorted_page(request, found, (), per_page=PER_PAGE)
    many = len(part.rows) > PER_PAGE
    return {"entries": page.rows, "page": page if many else None, "find": form if many else None, "found": len(found)}


def has_words(one: FilledRow, place: int, words: list[str]) -> bool:
    """Whether every word, in whatever script and spelling, begins one of an entry."""
    if not words:
        return True
    texts = [rows.row_title(one.row.section, one.reading.values, place), *map(str, one.row.typed.values())]
    there = comparison_key(" ".join(texts)).split()
    return all(any(each.startswith(word) for each in there) for word in words)


def page_of(draft: Draft, part: FilledSection, row_id: str) -> str:
    """Address of the entries of a section at the page on which one of them stands, or would; new ones come last."""
    place = next((place for place, one in enumerate(part.rows) if one.row.pk == row_id), len(part.rows))
    number = place // PER_PAGE + 1
    address = reverse("declarations-draft-section", args=[draft.pk, part.section.name])
    return f"{address}?page={number}#rows" if number > 1 else f"{address}#rows"
