"""The header shows what apps declare, to whom they say."""

from __future__ import annotations

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from adaldyq.kernel.roles import Role
from adaldyq.ui.context import languages
from adaldyq.ui.navigation import entries
from tests import factories


def test_an_entry_for_some_roles_is_shown_to_them_only() -> None:
    findings = reverse("findings-queue")
    assert findings not in [entry.href for entry in entries("/", ())]
    assert findings in [entry.href for entry in entries("/", {Role.AGENCY_ANALYST})]


@pytest.mark.django_db
@pytest.mark.parametrize(("registry", "seen"), [("declarations", True), ("", True), ("land", False)])
def test_an_entry_for_the_keepers_of_a_register_is_not_shown_to_those_of_another(registry: str, seen: bool) -> None:
    one = factories.account("keeper")
    factories.grant(one, Role.REGISTRAR, registry=registry)
    browser = Client()
    browser.force_login(one)
    with translation.override("en"):
        page = browser.get(reverse("home")).content.decode()
        for route in ("send", "obligations-find", "non-filings", "retention"):
            assert (f'href="{reverse(f"declarations-{route}")}"' in page) == seen, route
        assert f'href="{reverse("registers-corrections")}"' in page


def test_the_nearest_entry_is_the_current_one() -> None:
    here = reverse("findings-queue")
    marked = [entry.href for entry in entries(f"{here}something/", {Role.AGENCY_ANALYST}) if entry.current]
    assert marked == [here]
    assert [entry for entry in entries("/kk/", ()) if entry.current] == []


def test_what_is_ones_own_is_in_the_part_of_what_is_ones_own() -> None:
    draft = reverse("declarations-draft-section", args=["0" * 12, "income"])
    for place in (draft, reverse("declarations-obligations")):
        marked = [entry.href for entry in entries(place, {Role.CITIZEN}) if entry.current]
        assert marked == [reverse("declarations-mine")]


def test_a_page_has_the_same_address_in_every_language() -> None:
    with translation.override("ru"):
        found = languages(RequestFactory().get("/ru/ui/?q=%D3%98&page=2"))
    assert [(one.href, one.current) for one in found] == [
        ("/kk/ui/?q=%D3%98&page=2", False),
        ("/ru/ui/?q=%D3%98&page=2", True),
        ("/en/ui/?q=%D3%98&page=2", False),
    ]


def test_an_address_without_a_language_leads_to_the_first_page_and_never_to_another_host() -> None:
    for path in ("/nothing/", "//evil.example/x", "/"):
        found = languages(RequestFactory().get(path))
        assert [one.href for one in found] == ["/kk/", "/ru/", "/en/"]


def test_every_block_tag_wraps_its_content() -> None:
    source = (
        "{% notification 'success' title='T' %}1{% endnotification %}{% inset %}2{% endinset %}"
        "{% warning %}3{% endwarning %}{% details 'S' %}4{% enddetails %}{% about 'A' %}5{% endabout %}"
        "{% panel 'P' %}6{% endpanel %}"
    )
    shown = engines["django"].from_string(source).render({})
    places = [shown.index(f"{number}<") for number in range(1, 7)]
    assert places == sorted(places)
