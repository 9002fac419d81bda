"""Pages of the registries: what the public sees, and how a registrar records an event."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from adaldyq.kernel.models import Appointment, Body, Person, PersonName, Read
from adaldyq.kernel.roles import Role
from tests import factories
from tests.kernel.registry import day

pytestmark = pytest.mark.django_db
SOURCE = {"source": "Order 12", "as_of_day": "1", "as_of_month": "3", "as_of_year": "2026"}


def address(route: str, *args: str) -> str:
    with translation.override("en"):
        return reverse(route, args=args)


def text_of(client: Client, route: str, *args: str, query: str = "") -> str:
    answer = client.get(address(route, *args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def registrar(client: Client) -> Client:
    client.force_login(factories.account("registrar", Role.REGISTRAR))
    return client


def dated(name: str, text: str) -> dict[str, str]:
    one = day(text)
    return {f"{name}_day": str(one.day), f"{name}_month": str(one.month), f"{name}_year": str(one.year)}


def test_the_page_of_a_body_names_its_head_and_the_holders_whom_the_law_opens(client: Client) -> None:
    body = factories.body()
    head = factories.person(["Бірінші Басшы", "Первый Глава", "Head First"])
    clerk = factories.person(["Екінші Маман", "Второй Специалист", "Clerk Second"])
    factories.appointment(head, factories.post(body, heads_body=True))
    factories.appointment(clerk, factories.post(body, declares=False))
    page = text_of(client, "registers-body", body.pk)
    assert "Head First" in page
    assert "Clerk Second" not in page
    assert "the law does not open the name" in page
    assert "Clerk" not in client.get(address("registers-body-csv", body.pk)).getvalue().decode()


def test_the_page_of_a_body_shows_any_day(client: Client) -> None:
    body = factories.body()
    post = factories.post(body, heads_body=True)
    factories.appointment(factories.person(["A", "A", "Former Head"]), post, day("2010-01-01"), day("2015-12-31"))
    factories.appointment(factories.person(["B", "B", "Present Head"]), post, day("2016-02-01"))
    assert "Present Head" in text_of(client, "registers-body", body.pk)
    then = text_of(client, "registers-body", body.pk, query="?on_day=31&on_month=12&on_year=2015")
    assert "Former Head" in then
    assert "Present Head" not in then
    assert "no head" in text_of(client, "registers-body", body.pk, query="?on_day=15&on_month=1&on_year=2016")


def test_a_day_that_is_none_is_told_and_today_is_shown(client: Client) -> None:
    body = factories.body()
    page = text_of(client, "registers-body", body.pk, query="?on_day=31&on_month=2&on_year=2015")
    assert "There is no such day" in page


def test_bodies_are_found_by_name_and_level(client: Client) -> None:
    factories.body("Қаржы министрлігі")
    factories.body("Аудан әкімдігі", level="district", names={"en": "District akimat"})
    page = text_of(client, "registers-bodies", query="?q=аудан&level=district")
    assert "District akimat" in page
    assert "Ministry of Finance" not in page


def test_the_register_of_people_is_closed_to_others(client: Client) -> None:
    person = factories.person()
    client.force_login(factories.account("citizen", Role.CITIZEN))
    assert client.get(address("registers-person", person.pk)).status_code == 403


def test_looking_a_person_up_is_logged(registrar: Client) -> None:
    person = factories.person()
    assert "Tanatarov Serik" in text_of(registrar, "registers-people", query="?q=Tanatarov")
    text_of(registrar, "registers-person", person.pk)
    assert list(Read.objects.filter(person_id=person.pk).values_list("purpose", flat=True)) == [
        "registers-people",
        "registers-person",
    ]


def test_a_form_that_is_sent_twice_acts_once(registrar: Client) -> None:
    page = address("registers-begin", "person")
    shown = registrar.get(page).content.decode()
    key = re.search(r'name="form_key" value="([\w-]{22})"', shown)
    assert key
    assert key[1] not in registrar.get(page).content.decode()
    sent = {"name_kk": "Омаров Дәурен", "form_key": key[1], **SOURCE}
    first, second = registrar.post(page, sent), registrar.post(page, sent)
    assert first.headers["Location"] == second.headers["Location"]
    other = registrar.post(page, sent | {"name_kk": "Омарова Дана"})
    assert (other.status_code, "sent already" in other.content.decode()) == (422, True)
    assert Person.objects.count() == 1


def test_a_registrar_registers_a_person(registrar: Client) -> None:
    answer = registrar.post(
        address("registers-begin", "person"),
        {
            "name_kk": "Омаров Дәурен",
            "name_ru": "Омаров Даурен",
            "name_en": "",
            **dated("birth_date", "1990-05-01"),
            **SOURCE,
        },
    )
    assert answer.status_code == 302
    person = Person.objects.get()
    assert person.source == "Order 12"
    assert set(PersonName.objects.values_list("text", flat=True)) == {"Омаров Дәурен", "Омаров Даурен"}


def test_what_is_wrong_in_an_event_is_told_and_the_form_comes_back_filled(registrar: Client) -> None:
    person = factories.person()
    answer = registrar.post(
        address("registers-event", "identifier", person.pk), {"scheme": "IIN", "value": "123456789012", **SOURCE}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "its digits do not check" in page
    assert "<title>Error: " in page
    assert 'value="123456789012"' in page
    assert 'value="Order 12"' in page


def test_a_registrar_appoints_and_dismisses(registrar: Client) -> None:
    person, post = factories.person(), factories.post()
    appoint = address("registers-event", "appoint", person.pk)
    registrar.post(appoint, {"post": post.pk, "act_number": "7-K", **dated("since", "2024-02-01"), **SOURCE})
    held = Appointment.objects.get()
    assert (held.valid_from, held.act_number, held.source) == (day("2024-02-01"), "7-K", "Order 12")
    assert "Dismiss" in text_of(registrar, "registers-person", person.pk)
    registrar.post(address("registers-event", "dismiss", held.pk), {**dated("until", "2025-02-01"), **SOURCE})
    held.refresh_from_db()
    assert held.valid_to == day("2025-02-01")


def test_a_registrar_opens_and_closes_a_body(registrar: Client) -> None:
    factories.territory("KZ-75")
    facts = {"name_kk": "Жаңа агенттік", "level": "national", "kind": "agency", "territory": "KZ-75"}
    registrar.post(address("registers-begin", "body"), {**facts, **dated("opened", "2024-01-01"), **SOURCE})
    body = Body.objects.get()
    registrar.post(address("registers-event", "close-body", body.pk), {**dated("until", "2025-01-01"), **SOURCE})
    body.refresh_from_db()
    assert body.closed_date == day("2025-01-01")


@pytest.mark.parametrize("kind", ["name", "tie", "residence", "person-facts"])
def test_every_event_of_a_person_has_a_form(registrar: Client, kind: str) -> None:
    assert "Tanatarov" in text_of(registrar, "registers-event", kind, factories.person().pk)


def test_an_event_that_does_not_exist_has_no_page(registrar: Client) -> None:
    assert registrar.get(address("registers-event", "marry", factories.person().pk)).status_code == 404
    assert registrar.get(address("registers-begin", "planet")).status_code == 404
