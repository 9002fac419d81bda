"""Every component, in every language, in light and dark colours, on a phone and on a desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import visiting
from tests.browser.looks import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_component_is_sound_and_no_word_is_cut_or_runs_out_of_its_box(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    language: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/{language}/ui/")
    sound()
    assert cut_or_out_of_their_boxes(page) == []


def cut_or_out_of_their_boxes(page: Page) -> list[str]:
    """Words of a page that one cannot read whole."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter((one) => one.children.length === 0 && one.textContent.trim() && !one.closest('svg')
                && !one.closest('.govuk-visually-hidden') && !one.closest('.app-table__plain'))
            .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1
                || (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === 'hidden'))
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    return found


def test_our_own_type_is_used_for_kazakh_letters_and_the_tenge(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/kk/ui/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "() => performance.getEntriesByType('resource').map((one) => one.name).filter((one) => one.endsWith('.woff2'))"
    )
    names = {address.rsplit("/", 1)[1] for address in loaded}
    assert {"noto-sans-kazakh-400.woff2", "noto-sans-tenge-400.woff2"} <= names


def test_the_gallery_works_without_scripts(live_server: LiveServer, browser: Browser) -> None:
    with visiting(browser, java_script_enabled=False, viewport={"width": 390, "height": 800}) as page:
        page.goto(f"{live_server.url}/en/ui/")
        page.get_by_role("columnheader", name=re.compile("^Name")).get_by_role("link").click()
        expect(page.get_by_role("rowheader").first).to_have_text("Айгүл Сәрсенбайқызы")
        expect(page).to_have_url(re.compile("sort=name"))
        page.get_by_role("link", name="Next").click()
        expect(page.get_by_text("9–16 of 37")).to_be_visible()
        assert "sort=name" in page.url


def test_the_parts_of_the_site_are_folded_on_a_phone_and_stand_open_on_a_desk(
    live_server: LiveServer, page: Page
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/kk/about/")
    part = page.get_by_role("navigation", name="Басты", exact=True).get_by_role("link").first
    expect(part).to_be_hidden()
    page.locator(".app-menu__summary").click()
    expect(part).to_be_visible()
    page.locator(".app-menu__summary").click()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(part).to_be_visible()
    expect(page.locator(".app-menu__summary")).to_be_hidden()


def test_a_keyboard_reaches_the_content_first(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/en/ui/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_on_paper_everything_fits_a_sheet_of_a4(live_server: LiveServer, page: Page) -> None:
    page.set_viewport_size({"width": 688, "height": 900})  # what A4 leaves between its margins, in CSS pixels
    page.emulate_media(media="print")
    page.goto(f"{live_server.url}/kk/ui/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    for frame in ("navigation", "footer__links", "search"):
        expect(page.locator(f".app-{frame}").first).to_be_hidden()
    beside = """address => {
        const link = document.querySelector('main').appendChild(document.createElement('a'));
        link.className = 'govuk-link';
        link.setAttribute('href', address);
        return getComputedStyle(link, '::after').content;
    }"""
    assert "elsewhere" in page.evaluate(beside, "https://elsewhere.example/")
    assert page.evaluate(beside, "/data.csv") == "none"
    file = page.pdf(prefer_css_page_size=True)
    sheets = {
        tuple(round(float(side)) for side in box.split()) for box in re.findall(rb"/MediaBox ?\[([^\]]+)\]", file)
    }
    assert sheets == {(0, 0, 595, 842)}  # A4 in points


def test_on_paper_what_is_folded_away_is_there(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/en/ui/")
    folded = page.get_by_text("On paper by the 15th of July")
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    assert page.evaluate("(one) => one.getBoundingClientRect().height", folded.element_handle()) > 0


def test_a_lookup_is_answered_and_a_tab_opened_without_scripts(live_server: LiveServer, browser: Browser) -> None:
    with visiting(browser, java_script_enabled=False, viewport={"width": 390, "height": 800}) as page:
        page.goto(f"{live_server.url}/en/ui/")
        expect(page.get_by_role("group", name="Found by “Ақ”").get_by_role("radio")).to_have_count(3)
        page.get_by_label("What the official has").get_by_role("link", name="Debts").click()
        expect(page.get_by_text("A mortgage with eleven years to run.")).to_be_visible()
        expect(page.get_by_text("Two accounts in one bank.")).to_have_count(0)


def test_no_plot_is_blank(live_server: LiveServer, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/en/ui/")
    drawings = page.locator("main svg.app-plot__drawing, main svg.app-map__drawing")
    expect(drawings).to_have_count(3)
    for place in range(3):
        picture = Image.open(BytesIO(drawings.nth(place).screenshot())).convert("RGB")
        colours = picture.getcolors(picture.width * picture.height) or []
        drawn = sum(count for count, _ in colours) - max(count for count, _ in colours)
        assert drawn > 0.02 * picture.width * picture.height, place


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_lies_on_top_of_what_a_reader_needs(live_server: LiveServer, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/kk/ui/")
    covered = page.evaluate(
        """() => [...document.querySelectorAll('main :is(h1, h2, h3, p, a, li, td, th, dd, dt, label, legend, button)')]
            .filter((one) => one.checkVisibility() && !one.closest('.govuk-visually-hidden, .app-table__plain'))
            .filter((one) => {
                one.scrollIntoView({block: 'center'});
                const box = one.getClientRects()[0];
                if (!box || box.width < 4 || box.height < 4) return false;
                const on = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                return on && !one.contains(on) && !on.contains(one);
            })
            .map((one) => one.outerHTML.slice(0, 160))"""
    )
    assert covered == []
