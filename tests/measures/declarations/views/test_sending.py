"""A registrar of declarations sends a file in the browser: what is right is filed, what is wrong is told by its place."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from adaldyq.kernel.models import Person
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.domain.examples import example, xml_of
from adaldyq.measures.declarations.domain.schemas import NAMESPACE
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, SentFile
from tests import factories

pytestmark = pytest.mark.django_db
EMPTY = f'<declarations xmlns="{NAMESPACE}"/>'
BOMB = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + EMPTY
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + EMPTY


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    translation.activate("en")


@pytest.fixture
def client() -> Client:
    account = factories.account("registrar")
    factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    browser = Client()
    browser.force_login(account)
    return browser


def declared(who: Person, **more: Any) -> dict[str, Any]:
    factories.obligation(who, 2025)
    found: dict[str, Any] = deepcopy(example()["declarations"][0])
    return found | {"person": who.pk, "reference": f"R-{who.pk}"} | more


def send(client: Client, content: bytes, name: str = "file.xml") -> Any:
    return client.post(reverse("declarations-send"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_file_of_xml_is_filed_and_what_is_refused_is_told_by_line_and_downloaded(client: Client) -> None:
    one, two = factories.person(), factories.person()
    wrong = declared(two)
    wrong["sections"]["vehicle"][0] |= {"production_year": "long ago", "share": "120"}
    content = xml_of({"declarations": [declared(one), wrong]})
    page = send(client, content).content.decode()
    kept = Declaration.objects.get()
    assert (kept.person_id, kept.way) == (one.pk, "bulk")
    assert kept.pk in page
    assert "Write the year as a whole number" in page
    assert "Vehicles, Entry 1, Share" in page
    sent = SentFile.objects.get()
    file = b"".join(client.get(reverse("declarations-file-refused", args=[sent.pk]))).decode()
    line = content.decode().splitlines().index("  <declaration>", 3) + 1
    assert f"2,{line},R-{two.pk},vehicle,1,share,declared-share-out-of-range," in file
    position = SECTION_MODELS["position"]._default_manager.get()
    assert position.paid is True  # type: ignore[attr-defined]  # columns of a section are made from data


def test_lines_of_a_file_are_looked_for_only_where_a_mistake_is_to_be_found(client: Client) -> None:
    one, two = factories.person(), factories.person()
    wrong = declared(two)
    wrong["sections"]["vehicle"][0] |= {"share": 120}
    for number, listed in enumerate(([declared(one)], [declared(factories.person()), wrong])):
        send(client, json.dumps({"declarations": listed}, indent=1).encode(), f"{number}.json")
    kept = sorted([[row["line"] > 0 for row in sent.results] for sent in SentFile.objects.all()])
    assert kept == [[False], [False, True]]


def test_the_same_file_files_nothing_twice_and_tries_again_what_was_refused(client: Client) -> None:
    one, late = factories.person(), factories.person()
    first = declared(one)
    both = {"declarations": [first, example()["declarations"][0] | {"person": late.pk}]}
    content = json.dumps(both, ensure_ascii=False).encode("utf-16")  # as programs of Windows write it
    send(client, content, "file.json")
    assert SentFile.objects.get().refused == 1
    factories.obligation(late, 2025)
    send(client, content, "file.json")
    again = SentFile.objects.get()
    assert (again.again, again.filed, again.refused) == (1, 1, 0)
    assert Declaration.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BOMB.encode(), "declares a document type"),
        (OUTSIDE.encode("utf-16"), "declares a document type"),
        (EMPTY.encode()[:-9], "The XML cannot be read from line 1"),
        (b"<?xml version='1.0' encoding='moon'?><a/>", "The XML cannot be read from line 1"),
        (b"<a>" * 100_000, "The XML cannot be read from line 1"),
        (b"<declarations/>", "The first element must be"),
        (EMPTY.encode(), "holds no declaration"),
        (b'{"declarations": [', "The JSON cannot be read from character"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"declarations": 7}', "as a list of entries"),
        (b'{"declarations": [' + b"1," * 1000 + b"1]}", "at most 1000"),
        (b"PK\x03\x04" + b"0" * 20, "“file.xml” cannot be unpacked"),
        (b"7", "neither JSON, XML nor ZIP"),
        (b'{"declarations": "\xff"}', "UTF-8"),
        (b" \n", "holds no declaration"),
        (b"\x00\xff", "neither JSON, XML nor ZIP"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(client: Client, content: bytes, told: str) -> None:
    answer = send(client, content)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not SentFile.objects.exists()


def test_strange_elements_and_absurd_values_are_told_and_do_not_break_the_page(client: Client) -> None:
    who = factories.person()
    content = xml_of({"declarations": [declared(who)]}).decode()
    for before, after in (
        ("<share>100</share>", "<share>100</share><share>1<b/></share><x:moon xmlns:x='urn:x'/>"),
        ("<amount>6400000.50</amount>", f"<amount>{'9' * 300}</amount>"),
        ("<year>2025</year>", "<year>99999999999999999999</year>"),
    ):
        assert before in content
        content = content.replace(before, after)
    answer = send(client, content.encode())
    assert answer.status_code == 200
    assert "Write the year as a whole number" in answer.content.decode()
    wrong = {one["field"].partition(" ")[0] for one in SentFile.objects.get().results[0]["wrong"]}
    assert {"share", "year", "{urn:x}moon"} <= wrong
    assert not Declaration.objects.exists()


def test_somebody_who_does_not_file_for_others_sees_nothing_of_it(client: Client) -> None:
    other = Client()
    other.force_login(factories.account("somebody", Role.CITIZEN))
    send(client, xml_of({"declarations": [declared(factories.person())]}))
    assert other.get(reverse("declarations-send")).status_code == 403
    second = Client()
    second.force_login(factories.account("second", Role.REGISTRAR))
    assert second.get(reverse("declarations-file", args=[SentFile.objects.get().pk])).status_code == 404


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"year": 1850}, "Year declared"),
        ({"form": "of the moon"}, "Form"),
        ({"person": "nobody"}, "Whose declaration it is"),
        ({"sections": {"yachts": []}}, "Sections, yachts"),
        ({"sections": None}, "Sections"),
        ({"documents": [{"section": "claim", "row": 0, "document": "x", "reason": "y"}]}, "Documents, Entry 1, Entry"),
        ({"documents": "none"}, "Documents"),
    ],
)
def test_where_something_is_wrong_is_said_in_words(client: Client, changed: dict[str, Any], told: str) -> None:
    wrong = declared(factories.person()) | changed
    page = send(client, json.dumps({"declarations": [wrong]}).encode(), "file.json").content.decode()
    cells = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in re.findall(r"<td.*?</td>", page, re.DOTALL)]
    assert told in {one.removeprefix("Where ") for one in cells}


def test_a_file_sent_again_without_references_says_once_how_many_were_filed_before(client: Client) -> None:
    people = [factories.person() for _one in range(5)]
    given = [{**declared(who), "reference": ""} for who in people]
    send(client, json.dumps({"declarations": given}).encode(), "file.json")
    assert Declaration.objects.count() == 5
    late = factories.person()
    given.append({**declared(late), "reference": "", "year": "long ago"})
    page = send(client, json.dumps({"declarations": given}).encode(), "file.json").content.decode()
    assert Declaration.objects.count() == 5
    assert page.count("declarations of this file have been filed before") == 1
    assert "5 declarations of this file" in page
    assert "put into “amends”" in page
    assert "has been filed. To amend it" not in page
    assert "Write the year as a whole number" in page
    sent = SentFile.objects.order_by("-sent_at").first()
    assert sent is not None
    file = b"".join(client.get(reverse("declarations-file-refused", args=[sent.pk]))).decode()
    assert file.count("file-filed-already") == 5
