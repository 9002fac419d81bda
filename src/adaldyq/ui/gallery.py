"""Example data for the gallery of components. Nothing in it is about anybody."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from adaldyq.base.names import comparison_key
from adaldyq.ui.facts import Fact, Happening, Link, State, Task
from adaldyq.ui.figures import Figure
from adaldyq.ui.forms import DayField, HintedRadios, MoneyField
from adaldyq.ui.lookup import Answer, LookupField
from adaldyq.ui.plots import Bar, BarPlot, LinePlot, Plot, Range, RangePlot, Region, RegionMap, Series, StackedPlot
from adaldyq.ui.tables import Column, Table, sorted_page
from adaldyq.ui.tabs import Tab, Tabs, tabs_for
from adaldyq.ui.uploads import UploadField

AS_OF = date(2025, 9, 15)
AT = datetime(2025, 9, 15, 12, 30, tzinfo=UTC)
YEARS = [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025]
SOURCE = _("Example data")
NEEDS, WORK, EXPLAINED, CONFIRMED = (
    State(_("Needs an explanation"), "attention"),
    State(_("In work"), "work"),
    State(_("Explained"), "good"),
    State(_("Confirmed"), "bad"),
)
LOOKS = (
    State(_("Draft")),
    State(_("Open"), "open"),
    WORK,
    EXPLAINED,
    NEEDS,
    CONFIRMED,
    State(_("Settled"), "closed"),
)


PLACES = {
    "aktau": Answer("aktau", "Ақтау", _("city in the west")),
    "aktobe": Answer("aktobe", "Ақтөбе", _("city in the north-west")),
    "aksu": Answer("aksu", "Ақсу", _("city in the north-east")),
    "almaty": Answer("almaty", "Алматы"),
    "astana": Answer("astana", "Астана"),
}


def places(text: str) -> list[Answer]:
    """Places with a word that begins as the text does."""
    wanted = comparison_key(text)
    return [place for place in PLACES.values() if f" {comparison_key(str(place.label))}".find(f" {wanted}") >= 0]


class ExampleForm(forms.Form):
    """A form with every kind of field."""

    name = forms.CharField(label=_("Name of the company"), help_text=_("As it stands in the register."))
    amount = MoneyField(label=_("Value"), currency="KZT", help_text=_("In figures, at the end of the year."))
    acquired = DayField(label=_("Day of acquisition"), help_text=_("For example, 27 3 2024"))
    basis = forms.ChoiceField(
        label=_("Basis of ownership"),
        choices=[("own", _("Ownership")), ("joint", _("Joint ownership")), ("lease", _("Lease"))],
        widget=HintedRadios(hints={"lease": _("For rent or use, with or without payment.")}),
    )
    ruled_out = forms.MultipleChoiceField(
        label=_("Explanations that are ruled out"),
        choices=[("inherited", _("Inherited")), ("sold", _("Sold and not yet struck off the register"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    region = forms.ChoiceField(label=_("Region"), choices=[("", "—"), ("a", "Алматы"), ("b", "Астана")])
    place = LookupField(
        label=_("Place"),
        help_text=_("A part of the name is enough; the page comes back with what fits."),
        find=places,
        name_of=lambda value: PLACES[value].label,
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 4}), required=False)
    documents = UploadField(label=_("Documents"), kinds=("pdf", "jpg", "png"), most=3, required=False)
    agreed = forms.BooleanField(label=_("I have checked the answers"))


class ExampleFilter(forms.Form):
    """A form that narrows a list."""

    year = forms.ChoiceField(label=_("Year"), required=False, choices=[("", "—"), ("2024", "2024"), ("2025", "2025")])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", "—"), ("open", NEEDS.word), ("work", WORK.word)]
    )
    body = forms.CharField(label=_("Body"), required=False)


COLUMNS = (
    Column("name", _("Name"), sort="name", link=lambda _row: "#tables"),
    Column("body", _("Body")),
    Column("wealth", _("Wealth"), kind="money", currency="currency", sort="wealth", hint=_("declared")),
    Column("share", _("Share"), kind="percent"),
    Column("filed", _("Filed"), kind="day", sort="filed"),
    Column("state", _("State")),
)


def rows() -> list[dict[str, object]]:
    """Rows of the example table."""
    names = ("Айгүл Сәрсенбайқызы", "Нұржан Төлегенұлы", "Ольга Кравченко", "Ғалымжан Өтепбергенов", "Зарина Ли")
    bodies = (_("Department of state revenues"), _("District akimat"))
    amounts = (Decimal(48250000), Decimal("1250000.50"), None, Decimal(912000000), Decimal(0))
    return [
        {
            "name": names[place % len(names)],
            "body": bodies[place % len(bodies)],
            "wealth": amounts[place % len(amounts)],
            "currency": "KZT" if place % 4 else "EUR",
            "share": Decimal("12.5") * (place % 5),
            "filed": date(2025, 1 + place % 9, 1 + place % 27) if place % 6 else None,
            "state": (NEEDS, WORK, EXPLAINED, CONFIRMED)[place % 4],
        }
        for place in range(37)
    ]


ABOUT: dict[str, Any] = {"source": SOURCE, "as_of": AS_OF}


def plots(borders: Path) -> list[Plot]:
    """One of each kind of plot."""
    shares = regions(borders)
    return [
        wealth_plot(),
        BarPlot(
            _("Most questions concern real estate"),
            [
                Bar(_("Real estate that is not declared"), 412, "#plots"),
                Bar(_("Vehicles that are not declared"), 230, "#plots"),
                Bar(_("Wealth that grew faster than income"), 96),
                Bar(_("Shares in companies"), 14),
            ],
            unit=_("findings"),
            **ABOUT,
        ),
        RangePlot(
            _("A flat is declared for more in the capital"),
            [
                Range(_("Capital"), 18_000_000, 31_000_000, 55_000_000, "#plots"),
                Range(_("Elsewhere"), 9_000_000, 14_000_000, 22_000_000),
            ],
            kind="money",
            currency="KZT",
            unit=_("the middle half of the values, and the half in bold"),
            **ABOUT,
        ),
        StackedPlot(
            _("More officials file in time every year"),
            YEARS,
            [
                Series(_("In time"), [310, 340, 352, 401, 455, 520, 566, 610]),
                Series(_("Late"), [90, 81, 77, 70, 52, 41, 30, 22]),
                Series(_("Missing"), [60, 44, 50, 31, 22, 18, 12, 9]),
            ],
            unit=_("declarations, thousands"),
            **ABOUT,
        ),
        RegionMap(_("Filed in time, by region"), borders, shares, kind="percent", unit=_("Share"), **ABOUT),
    ]


def wealth_plot() -> LinePlot:
    """Lines over years, one of them with a gap."""
    wealth = [Decimal(value * 10**6) for value in (12, 14, 17, 16, 41, 46, 52, 55)]
    income = [Decimal(value * 10**6) for value in (6, 6, 7, 7, 8, 9, 9, 10)]
    loans = Series(_("Loans"), [0, 2e6, None, 4e6, 3e6, 2e6, 1e6, 0])
    return LinePlot(
        _("Wealth grew faster than income"),
        YEARS,
        [Series(_("Wealth"), wealth), Series(_("Income"), income), loans],
        kind="money",
        currency="KZT",
        unit=_("Tenge a year, household"),
        **ABOUT,
    )


def regions(borders: Path) -> dict[str, Region]:
    """The country's regions with invented values; one has none."""
    features = json.loads(borders.read_text(encoding="utf-8"))["features"]
    language = get_language()
    return {
        feature["properties"]["iso"]: Region(
            feature["properties"].get(f"name_{language}", feature["properties"]["iso"]),
            None if place == len(features) - 1 else Decimal(61 + place * 37 % 38) + Decimal("0.5") * (place % 2),
        )
        for place, feature in enumerate(features)
    }


def figures() -> list[Figure]:
    """Example figures: a count, an amount, one that is not counted yet."""
    return [
        Figure(
            title=_("Declarations filed"),
            value=1_218_234,
            definition=_("Declarations of both forms, the last version of each, for the year 2024."),
            as_of=AS_OF,
            source=SOURCE,
            href="#figures",
            download="#figures",
        ),
        Figure(
            title=_("Wealth declared by officials"),
            value=Decimal(1_482_000_000_000),
            definition=_("Sum of what is owned at the end of the year less what is owed."),
            as_of=AS_OF,
            source=SOURCE,
            href="#figures",
            kind="money",
            currency="KZT",
        ),
        Figure(
            title=_("Filed in time"),
            value=Decimal("96.4"),
            definition=_("Declarations filed by the last day of the term, of all that were due."),
            as_of=AS_OF,
            source=SOURCE,
            kind="percent",
        ),
    ]


def facts() -> list[Fact]:
    """Facts of every kind."""
    return [
        Fact(_("Post"), _("Chief specialist"), action=Link(_("This is wrong"), "#facts")),
        Fact(_("Body"), Link(_("Department of state revenues"), "#facts")),
        Fact(_("Income"), Decimal(9_840_000), kind="money", currency="KZT", source=_("Tax register, 2025")),
        Fact(_("Appointed"), AS_OF, kind="day"),
        Fact(_("Dismissed"), None, kind="day"),
        Fact(_("State"), NEEDS, hint=_("An answer is due by the 30th of September.")),
    ]


def tasks() -> list[Task]:
    """Tasks in three states."""
    return [
        Task(_("Income"), "#tasks", _("Three values are filled in from the tax register."), EXPLAINED),
        Task(_("Real estate"), "#tasks", state=WORK),
        Task(
            _("Check answers and sign"),
            hint=_("Opens when every section is done."),
            state=State(_("Cannot start yet"), "closed"),
        ),
    ]


def happenings() -> list[Happening]:
    """A timeline with an entry that is still to come."""
    return [
        Happening(
            _("A question was asked"),
            AT,
            _("Agency for civil service affairs"),
            _("The flat is not declared."),
            "#time",
        ),
        Happening(_("The official answered"), AT + timedelta(days=3, hours=2), state=EXPLAINED),
        Happening(_("The answer is checked by a second analyst"), date(2025, 9, 30), ahead=True),
    ]


WRONG = {
    "name": "",
    "amount": "12 x",
    "acquired_day": "31",
    "acquired_month": "",
    "acquired_year": "2024",
    "place": "Ақ",
}


def tabs(request: HttpRequest) -> Tabs:
    """Three tabs."""
    return tabs_for(
        request,
        _("What the official has"),
        [Tab("belongings", _("Real estate and vehicles"), 3), Tab("money", _("Money")), Tab("debts", _("Debts"))],
    )


def contents() -> list[Link]:
    """The headings of the gallery."""
    return [
        Link(title, f"#{anchor}")
        for anchor, title in (
            ("text", _("Text")),
            ("states", _("States")),
            ("structure", _("Structure")),
            ("tabs", _("Tabs")),
            ("time", _("Time")),
            ("facts", _("Facts")),
            ("tasks", _("Tasks")),
            ("figures", _("Figures")),
            ("tables", _("Tables")),
            ("plots", _("Plots")),
            ("forms", _("Forms")),
        )
    ]


def context(request: HttpRequest, borders: Path) -> dict[str, object]:
    """Everything the gallery shows."""
    page = sorted_page(request, rows(), COLUMNS, default="-wealth", per_page=8)
    return {
        "looks": LOOKS,
        "at": AT,
        "as_of": AS_OF,
        "figures": figures(),
        "facts": facts(),
        "tasks": tasks(),
        "plots": plots(borders),
        "form": ExampleForm(WRONG),
        "happenings": happenings(),
        "tabs": tabs(request),
        "contents": contents(),
        "filters": ExampleFilter(request.GET or None),
        "people": Table(_("Officials"), COLUMNS, page.rows, page=page, download="#tables"),
        "nobody": Table(_("Companies"), COLUMNS, [], empty=_("Companies will be here once somebody declares one.")),
        "sections": [
            Link(_("Summary"), "#structure", current=True),
            Link(_("Real estate"), "#structure", count=12),
            Link(_("Vehicles"), "#structure", count=1204),
            Link(_("Bank accounts"), "#structure", count=0),
        ],
    }
