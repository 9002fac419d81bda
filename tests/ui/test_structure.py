"""Timelines, tabs, accordions, contents and the line of proof say what they are given."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from adaldyq.ui.facts import Happening, Link, State
from adaldyq.ui.tabs import Tab, tabs_for

TABS = (Tab("income", "Income", 3), Tab("money", "Money"))


def shown(source: str, **context: object) -> str:
    with translation.override("en"):
        return engines["django"].from_string(source).render(context)


def test_a_timeline_tells_when_in_words_and_for_programs() -> None:
    happenings = [
        Happening(
            "Asked", datetime(2025, 9, 15, 12, 30, tzinfo=UTC), "the agency", "Why?", "/q/", State("Open", "open")
        ),
        Happening("Due", date(2025, 9, 30), ahead=True),
    ]
    text = shown("{% timeline happenings %}", happenings=happenings)
    assert (
        '<time class="app-timeline__time" datetime="2025-09-15T12:30:00+00:00">15 September 2025, 17:30</time>' in text
    )
    assert 'datetime="2025-09-30">30\u00a0September 2025 · still to come</time>' in text
    assert re.search(
        r'<h3[^>]*><a class="govuk-link" href="/q/">Asked</a> <strong class="app-tag app-tag--open">', text
    )
    assert text.index("the agency") < text.index("Why?") < text.index("Due")
    assert text.startswith("<ol")


def test_a_timeline_escapes_what_people_wrote() -> None:
    text = shown("{% timeline happenings 2 %}", happenings=[Happening("<script>", date(2025, 1, 1), text="<b>")])
    assert "<script>" not in text
    assert "<b>" not in text
    assert "<h2 " in text


@pytest.mark.parametrize(
    ("query", "current"), [("", "income"), ("?tab=money", "money"), ("?tab=nothing", "income"), ("?tab=", "income")]
)
def test_the_open_tab_is_the_one_that_the_address_names(query: str, current: str) -> None:
    tabs = tabs_for(RequestFactory().get(f"/{query}"), "What there is", TABS)
    assert tabs.current == current
    text = shown("{% tabs tabs %}", tabs=tabs)
    assert text.count('aria-current="page"') == 1
    assert 'aria-label="What there is"' in text
    assert '<span class="app-sections__count">3</span>' in text


def test_another_tab_keeps_what_was_asked_but_not_the_page_of_this_one() -> None:
    tabs = tabs_for(RequestFactory().get("/?q=%D3%98&page=3&sort=name&tab=income"), "", TABS)
    assert [link.href for link in tabs.links] == ["?q=%D3%98&tab=income", "?q=%D3%98&tab=money"]


def test_tabs_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        tabs_for(RequestFactory().get("/"), "", ())


def test_a_section_of_an_accordion_is_a_heading_that_opens() -> None:
    text = shown(
        "{% accordion %}{% accordion_section 'A' line='in short' open=True %}1{% endaccordion_section %}"
        "{% accordion_section 'B' level=4 %}2{% endaccordion_section %}{% endaccordion %}"
    )
    assert text.startswith('<div class="app-accordion"><details class="app-accordion__section" open><summary')
    assert '<h3 class="app-accordion__title">A</h3><span class="app-accordion__line">in short</span>' in text
    assert '<details class="app-accordion__section"><summary' in text
    assert '<h4 class="app-accordion__title">B</h4></summary><div class="app-accordion__matter">2</div>' in text


def test_contents_lead_to_headings_and_name_their_navigation() -> None:
    text = shown("{% contents links %}", links=[Link("Money", "#money", count=1200)])
    assert 'aria-label="Contents"' in text
    assert '<a class="govuk-link" href="#money">Money</a> (1\u202f200)' in text
    assert 'aria-label="In this year"' in shown("{% contents links 'In this year' %}", links=[])


def test_the_line_of_proof_leads_to_the_receipt() -> None:
    text = shown("{% proof '/ledger/receipts/1/' %}")
    assert "Recorded in the ledger" in text
    assert '<a class="govuk-link" href="/ledger/receipts/1/">check the receipt</a>' in text
