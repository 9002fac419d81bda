"""The header shows what apps declare, to whom they say."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from adaldyq.kernel.roles import Role
from adaldyq.ui.context import languages
from adaldyq.ui.navigation import navigation_at
from tests import factories


def shown(path: str, roles: Collection[str]) -> list[str]:
    """Addresses of the parts of the site, and of the pages of the part that a page is in."""
    found = navigation_at(path, roles)
    return [entry.href for entry in (*found.parts, *found.pages)]


def test_a_page_for_some_roles_is_shown_to_them_only() -> None:
    findings, rules = reverse("findings-queue"), reverse("rules-catalogue")
    assert findings not in shown(rules, ())
    assert findings in shown(rules, {Role.AGENCY_ANALYST})


@pytest.mark.django_db
@pytest.mark.parametrize(("registry", "seen"), [("declarations", True), ("", True), ("land", False)])
def test_a_page_for_the_keepers_of_a_register_is_not_shown_to_those_of_another(registry: str, seen: bool) -> None:
    one = factories.account("keeper")
    factories.grant(one, Role.REGISTRAR, registry=registry)
    browser = Client()
    browser.force_login(one)
    with translation.override("en"):
        page = browser.get(reverse("declarations-register")).content.decode()
        for route in ("send", "obligations-find", "non-filings", "retention"):
            assert (f'href="{reverse(f"declarations-{route}")}"' in page) == seen, route
        assert f'href="{reverse("registers-corrections")}"' in browser.get(reverse("registers-bodies")).content.decode()


def test_a_part_leads_to_its_first_page_and_shows_its_pages_where_one_is_in_it() -> None:
    roles = {Role.AGENCY_ANALYST}
    here, rules = reverse("findings-queue"), reverse("rules-catalogue")
    found = navigation_at(f"{here}something/", roles)
    assert [entry.href for entry in found.parts if entry.current] == [here]
    assert [entry.href for entry in found.pages if entry.current] == [here]
    assert rules in [entry.href for entry in found.pages]
    assert rules not in [entry.href for entry in found.parts]
    assert [str(entry.title) for entry in navigation_at(rules, ()).parts if entry.current] == [_("Verification")]


def test_pages_of_ones_own_are_the_first_part_whatever_app_they_are_of() -> None:
    mine = navigation_at(reverse("registers-mine"), {Role.CITIZEN})
    own = ("declarations-mine", "payments-mine", "permits-applications", "registers-mine")
    assert {entry.href for entry in mine.pages} == {*map(reverse, own)}
    assert [entry.current for entry in mine.parts].index(True) == 0
    assert str(mine.parts[0].title) == _("My pages")
    assert reverse("registers-mine") not in shown(reverse("registers-bodies"), {Role.CITIZEN})


def test_no_part_is_marked_on_a_page_of_none_and_one_page_needs_no_list() -> None:
    outside = navigation_at("/kk/", ())
    assert not [entry for entry in outside.parts if entry.current]
    assert not outside.pages
    assert not navigation_at(reverse("ledger-explorer"), ()).pages


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
