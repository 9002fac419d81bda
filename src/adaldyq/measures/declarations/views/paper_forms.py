"""The forms on paper: empty ones to print for everybody, and one's own draft written into its boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from adaldyq.base.tables import ColumnType
from adaldyq.countries.facts import Duty
from adaldyq.countries.identifiers import Holder
from adaldyq.kernel import naming
from adaldyq.kernel.documents.paper import printed, qr
from adaldyq.measures.declarations.domain.checks import DAY_PARTS, NO, YES, Typed
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.paper_form import (
    LINE,
    Box,
    PaperSection,
    paper_sections,
    printed_code,
)
from adaldyq.measures.declarations.domain.questions import HINTS
from adaldyq.measures.declarations.domain.sections import FORMS
from adaldyq.measures.declarations.queries import attachments, drafts, words
from adaldyq.measures.declarations.queries.drafts import Draft, Filled
from adaldyq.measures.declarations.views.drafts import own_draft
from adaldyq.measures.declarations.views.limits import help_of
from adaldyq.measures.declarations.views.signing import saved
from adaldyq.ui.facts import Link
from adaldyq.ui.formats.values import SIGNS, day
from adaldyq.ui.tables import Column, Table

LAYOUT = Path(__file__).resolve().parent.parent / "layouts" / "paper_form.typ"
PDF = "application/pdf"
YEARS_SHOWN, YEARS_PRINTED = 3, 10
KEPT_PRINTED = 32
BOXES_OF_EXTRA_SHEET = 14
Cell = dict[str, object]


def years(most: int) -> list[int]:
    """Declared years that are over, the newest first."""
    newest = timezone.localdate().year - 1
    return list(range(newest, newest - most, -1))


@require_safe
def forms_page(request: HttpRequest) -> HttpResponse:
    """Both forms of the last years in every language, and how one declares on paper."""
    languages = list(settings.LANGUAGES)
    rows = [
        {"year": year, "form": words.form_name(form), "code": form} for year in years(YEARS_SHOWN) for form in FORMS
    ]
    columns = [Column("year", _("Year"), kind="year"), Column("form", _("Form"))]
    columns += [Column(code, name, value=link_of(code, str(name))) for code, name in languages]
    filing = naming.pack().filing_days["paper"]
    context = {
        "table": Table(_("Forms to print"), columns, rows, hide_caption=True),
        "due": filing.of(years(1)[0]),
        "electronic": naming.pack().filing_deadlines[years(1)[0]],
        "year": years(1)[0],
        "today": timezone.localdate(),
        "place": naming.spoken(filing.place),
    }
    return render(request, "declarations/paper_forms.html", context)


def link_of(language: str, name: str) -> Any:
    """The form of a row in a language, as a link."""

    def value(row: Mapping[str, Any]) -> Link:
        return Link(f"PDF, {name}", reverse("declarations-paper-form", args=[row["code"], row["year"], language]))

    return value


@require_safe
@cache_control(public=True, max_age=3600)
def form_pdf(request: HttpRequest, form: str, year: int, language: str) -> HttpResponse:
    """An empty form to print.

    Raises:
        Http404: there is no such form, language or year.
    """
    if form not in FORMS or language not in dict(settings.LANGUAGES) or year not in years(YEARS_PRINTED):
        raise Http404(form)
    today = timezone.localdate()
    return saved(empty_form(form, year, language, today), f"declaration-{form}-{year}-{language}.pdf", PDF)


@lru_cache(maxsize=KEPT_PRINTED)
def empty_form(form: str, year: int, language: str, today: date) -> bytes:
    """An empty form by the law of a day, made once."""
    with translation.override(language):
        return made(form, year, language, {}, {}, today)


@require_safe
@cache_control(private=True, no_store=True)
def draft_form(request: HttpRequest, draft_id: str) -> HttpResponse:
    """One's own draft in the boxes of the paper form, to be signed by hand and brought."""
    draft = own_draft(request, draft_id)
    language = translation.get_language() or naming.pack().languages[0]
    filled: dict[str, list[Typed]] = {
        part.section.name: [one.row.typed for one in part.rows] for part in Filled(draft).sections if part.begun
    }
    return saved(
        made(draft.form, draft.year, language, filled, person_of(draft), timezone.localdate()),
        f"declaration-{draft.year}.pdf",
        PDF,
    )


def person_of(draft: Draft) -> Mapping[str, str]:
    """What of the declarant the register knows, for the first boxes."""
    born = draft.person.birth_date
    return {
        "name": naming.names_of([draft.person_id]).get(draft.person_id, ""),
        "number": drafts.number_of(draft.person_id),
        "born": day(born) if born else "",
    }


def made(
    form: str,
    year: int,
    language: str,
    filled: Mapping[str, Sequence[Typed]],
    person: Mapping[str, str],
    today: date,
) -> bytes:
    """A form as PDF, in the language that is in force.

    Args:
        filled: rows by section to write into it; a section that is there without rows is marked as empty.
        person: `name`, `number` and `born` of the declarant, as far as they are known.
        today: the day whose law says which documents are enclosed.
    """
    code = printed_code(naming.pack().code, form, year, language)
    who = {
        "title": _("Who declares"),
        "boxes": person_boxes(person),
        "amends": _("This amends a declaration that I have filed. Its number, if I know it:"),
    }
    facts = {
        "title": words.form_name(form),
        "issuer": _("Adaldyq, the national integrity system"),
        "year": _("For the year %(year)s") % {"year": year},
        "code": code,
        "language": language,
        "right_to_left": translation.get_language_bidi(),
        "line": LINE,
        "qr_alt": _("QR code with the code of this form: %(code)s") % {"code": code},
        "guidance": guidance(year),
        "who": who,
        "nothing": _("Nothing to declare"),
        "sections": [section_facts(one, filled.get(one.name), year, today) for one in paper_sections(form)],
        **last_page(person),
    }
    return printed(LAYOUT, facts, qr(code))


def guidance(year: int) -> list[dict[str, object]]:
    """How the form is filled in, and where it is brought until when."""
    pack = naming.pack()
    filing, place = pack.filing_days["paper"], naming.spoken(pack.filing_days["paper"].place)
    usual = {"country": naming.spoken(pack.names), "currency": SIGNS.get(pack.currency, pack.currency)}
    fill = [
        _("Write clearly in ink. Where there are numbered choices, write the number of one of them."),
        _("Write days as day, month and year, and sums in digits to the last unit."),
        _("Mark the square where you have nothing to declare. Leave no section without a mark or an entry."),
        _(
            "You may leave empty: the owner when it is you, the country when it is %(country)s, the currency when it "
            "is %(currency)s, the share when it is the whole."
        )
        % usual,
        _("If there is no room for an entry, copy the extra sheet and number the entries on."),
    ]
    bring = [
        _("Last day on paper: %(day)s. Online you are in time until %(later)s: %(address)s")
        % {"day": day(filing.of(year)), "later": day(pack.filing_deadlines[year]), "address": settings.SITE_ADDRESS},
        *([_("Where to bring it: %(place)s.") % {"place": place}] if place else []),
        _("You get a receipt with a number. The day on which it was brought counts as the day of filing."),
        _("Addresses, numbers and the names of relatives are never shown to the public."),
    ]
    return [
        {"title": _("How to fill it in"), "points": fill},
        {"title": _("Where to bring it, and until when"), "points": bring},
    ]


def person_boxes(person: Mapping[str, str]) -> list[Cell]:
    """The boxes that say who declares."""
    schemes = (one for one in naming.pack().schemes.values() if one.holder is Holder.PERSON)
    numbers = ", ".join(naming.spoken(one.titles, one.name) for one in schemes)
    number = _("Number (%(schemes)s)") % {"schemes": numbers} if numbers else _("Number")
    return [
        cell(_("Full name"), LINE, person.get("name", "")),
        cell(number, 5, person.get("number", "")),
        cell(_("Born"), 3, person.get("born", "")),
        cell(_("Telephone"), 4),
    ]


def cell(label: str, width: int, value: str = "") -> Cell:
    """A box with its label and what stands in it."""
    return {"label": label, "width": width, "value": value}


def section_facts(part: PaperSection, rows: Sequence[Typed] | None, year: int, today: date) -> dict[str, object]:
    """A section as the layout takes it."""
    written = list(rows or ())
    written += [{}] * (max(part.places, len(written)) - len(written) if written or rows is None else 0)
    return {
        "title": f"{part.number}. {_(part.section.title)}",
        "help": help_of(part.name, year),
        "choices": [*choices_and_hints(part), *enclosed(part, today)],
        "nothing": rows is not None and not written,
        "entries": [
            {
                "title": _("Entry %(number)s") % {"number": number},
                "boxes": [
                    cell(f"{box.number} {_(box.column.title)}", box.width, value_of(part, box, row))
                    for box in part.boxes
                ],
            }
            for number, row in enumerate(written, 1)
        ],
    }


def choices_and_hints(part: PaperSection) -> Iterable[dict[str, str]]:
    """The numbered choices of the boxes of a section, and a word of explanation where one is needed."""
    for box in part.boxes:
        hint = _(HINTS[box.column.name]) if box.column.name in HINTS else ""
        said = ", ".join(f"{number} {choice_word(part.name, box, code)}" for number, code in enumerate(box.choices, 1))
        if said or hint:
            yield {"title": f"{box.number} {_(box.column.title)}", "words": said or hint}


def enclosed(part: PaperSection, today: date) -> Iterable[dict[str, str]]:
    """Documents of which a copy comes with the entries of a section."""
    for document in naming.pack().documents_in_force(today):
        if document.section == part.name:
            required = document.duty is Duty.REQUIRED
            title = _("Enclose a copy") if required else _("You may enclose a copy")
            yield {"title": title, "words": f"{attachments.title_of(document)}{when_enclosed(part, document)}"}


def when_enclosed(part: PaperSection, document: attachments.DocumentFact) -> str:
    """For which entries a document is enclosed, by the number of the box and of the choice; empty for every entry."""
    boxes = (box for box in part.boxes if box.column.name == document.column and document.code in box.choices)
    box = next(boxes, None)
    return f" ({box.number} = {box.choices.index(document.code) + 1})" if box else ""


def choice_word(section: str, box: Box, code: str) -> str:
    """A choice in words."""
    yes_or_no = {YES: _("yes"), NO: _("no")}
    return yes_or_no.get(code) or _(words_of(section, box.column.name)[code])


def value_of(part: PaperSection, box: Box, row: Typed) -> str:
    """What stands in a box."""
    if box.column.type is ColumnType.DATE:
        return " ".join(filter(None, (row.get(f"{box.column.name}_{each}", "") for each in DAY_PARTS)))
    text = row.get(box.column.name, "")
    if text in box.choices:
        return str(box.choices.index(text) + 1)
    return str(words.code_word(part.name, box.column.name, text))


def last_page(person: Mapping[str, str]) -> dict[str, object]:
    """The signature, what the office writes, and the extra sheet."""
    sign = [cell(_("Signature"), 6), cell(_("Day"), 3), cell(_("Number of sheets"), 3)]
    office = [cell(_("Received on"), 3), cell(_("Number of the paper"), 5), cell(_("Taken by"), 4)]
    extra = [cell(_("Section"), 3), cell(_("Entry"), 3), cell(_("Owner"), 6)]
    lines = [
        one
        for _line in range(BOXES_OF_EXTRA_SHEET // 2)
        for one in (cell(_("Number of the box"), 2), cell(_("What stands in it"), 4)) * 2
    ]
    return {
        "sign": {"title": _("Signature"), "text": _("What I declare is complete and true."), "boxes": sign},
        "office": {"title": _("For the office"), "boxes": office},
        "extra": {
            "title": _("Extra sheet"),
            "text": _(
                "Copy it as often as you need it. For each box of an entry write its number and what stands in it."
            ),
            "person": person_boxes(person)[:2],
            "boxes": [*extra, *lines],
        },
    }
