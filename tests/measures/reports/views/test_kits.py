"""Reports that were sealed without network: the form as a file, and taking its file in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from adaldyq.kernel import naming
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.adapters import identities, letters, store
from adaldyq.measures.reports.models import Enclosure, Identity, Report
from adaldyq.measures.reports.queries.named import tag_of
from adaldyq.measures.reports.queries.routing import LEADER
from adaldyq.sealing import envelopes, phrases, receipts
from tests import factories
from tests.measures.reports.office import Officer, custodian, lines_of, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import in_base64, sealed_file

WHAT = "what I saw"
PLACE = "ab/ab" + "0" * 30
SECRET = bytes(range(11))


def signed_in(one: Officer) -> Client:
    """An officer's browser."""
    browser = Client()
    browser.force_login(one.account)
    return browser


def json_of(page: str, name: str) -> Mapping[str, Any]:
    """What a form has with it under a name."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page)
    assert found
    return dict(json.loads(found[1]))


def keys_of(page: str) -> Mapping[str, Any]:
    """The keys that a form has with it, by unit."""
    return json_of(page, "keys")


def made(of: Officer, content: bytes = b"", **changes: object) -> bytes:
    """The file that a form makes for a unit."""
    keys = keys_of(Client().get(reverse("reports-kit")).content.decode())[of.unit.pk]
    (own_secret, own), (mailbox_secret, mailbox) = envelopes.new_identity(), envelopes.new_identity()
    head: dict[str, object] = {
        "format": "adaldyq-report/1",
        "unit": of.unit.pk,
        "topic": "bribe",
        "place": "",
        "recipients": keys["recipients"],
        "recipient": own,
        "wrapped": in_base64(envelopes.wrap(own_secret, keys["recipients"])),
        "lookup": receipts.lookup(SECRET).hex(),
        "mailbox": mailbox,
        "locked": in_base64(receipts.lock(SECRET, mailbox_secret)),
        "sealed": in_base64(letters.seal(letters.Letter(letters.REPORT, WHAT), [own, mailbox])),
        "files": [{"stored": PLACE, "size": len(content)}] if content else [],
    }
    if keys["custodians"]:
        name = identities.seal("Saule", keys["custodians"])
        head |= {
            "custodians": keys["custodians"],
            "identity_recipient": name.recipient,
            "identity_wrapped": in_base64(name.wrapped),
            "identity_sealed": in_base64(name.sealed),
        }
    return json.dumps({**head, **changes}).encode() + b"\n" + content


def take_in(by: Officer, content: bytes) -> Any:
    """Hand a file to an officer."""
    return signed_in(by).post(reverse("reports-take-in"), {"file": SimpleUploadedFile("envelope.bin", content)})


def opened(report: Report, secret: str) -> str:
    """The text of a report, as an officer with this key reads it."""
    key = envelopes.unwrap(bytes(report.wraps.get(is_current=True).wrapped), secret)
    return letters.open_letter(bytes(report.messages.get(place=1).sealed), key).text


def test_a_file_comes_to_the_queue_of_its_office_marked_with_its_door_and_answers_by_phrase(
    agency: Officer, reporter: Reporter
) -> None:
    keeper = custodian(agency.unit, "keeper")
    film = sealed_file(b"film" * 9000)
    answer = take_in(agency, made(agency, film))
    report = Report.objects.get()
    assert answer.headers["Location"] == reverse("reports-report", args=[report.pk])
    assert (report.channel, report.topic, opened(report, agency.secret)) == ("offline", "bribe", WHAT)
    assert store.path_of(Enclosure.objects.get().stored).read_bytes() == film
    identity = Identity.objects.get()
    file = identities.written("", bytes(identity.wrapped), bytes(identity.sealed))
    assert identities.open_file(file, keeper.secret) == "Saule"
    page = signed_in(agency).get(reverse("reports-report", args=[report.pk])).content.decode()
    assert "brought as a file" in page
    assert WHAT in reporter.come_back(list(phrases.spell(SECRET, "en")))
    act, by = "reports.report.take_in", agency.account.pk
    assert lines_of(act) == [{"report": report.pk, "door": "offline", "by": by, "act": act}]


def test_a_file_for_another_office_goes_there_and_is_not_shown_to_who_took_it_in(agency: Officer) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    answer = take_in(agency, made(prosecutor))
    report = Report.objects.get()
    assert (report.unit, answer.headers["Location"]) == (prosecutor.unit, f"{reverse('reports-take-in')}?taken")
    assert opened(report, prosecutor.secret) == WHAT
    assert signed_in(agency).get(reverse("reports-report", args=[report.pk])).status_code == 404
    assert report.bars.get().unit == agency.unit  # they were passed over, and never get it


def test_a_file_that_is_brought_twice_is_one_report(agency: Officer) -> None:
    content = made(agency, sealed_file(b"film"))
    assert take_in(agency, content).status_code == 302
    again = take_in(agency, content)
    assert (again.status_code, Report.objects.count()) == (422, 1)
    assert "was taken in already" in again.content.decode()
    assert store.path_of(PLACE).exists()


def wrong(agency: Officer) -> dict[str, bytes]:
    """Files that no form of ours makes."""
    film, strange = sealed_file(b"film"), envelopes.new_identity()[1]
    return {
        "no file of ours": b"\xff\xd8 a photo",
        "nothing": b"{}\n",
        "no format": made(agency, format="other"),
        "an office that is none": made(agency, unit="00000000ZZZZ"),
        "keys of nobody": made(agency, recipients=[strange]),
        "no keys": made(agency, recipients=[]),
        "a wrap of one place": made(agency, wrapped=in_base64(film)),
        "cut off": made(agency, film)[:-100],
        "more than it says": made(agency, film) + b"more",
        "a file in the open": made(agency, b"in the open" * 500),
        "a place outside": made(agency, film, files=[{"stored": "../../etc/passwd", "size": len(film)}]),
        "files that are none": made(agency, files=7),
    }


def test_what_no_form_makes_is_refused_and_leaves_nothing(agency: Officer, settings: Any) -> None:
    for name, content in wrong(agency).items():
        refused = take_in(agency, content)
        assert (refused.status_code, 'href="#id_file"' in refused.content.decode()) == (422, True), name
    assert not Report.objects.exists()
    assert [one for one in Path(settings.FILES_DIR).rglob("*") if one.is_file()] == []


def test_a_place_at_which_another_file_lies_stays_as_it_is(agency: Officer) -> None:
    take_in(agency, made(agency, sealed_file(b"film")))
    before = store.path_of(PLACE).read_bytes()
    other = made(agency, sealed_file(b"another film"), lookup="0" * 64)
    assert take_in(agency, other).status_code == 422
    assert store.path_of(PLACE).read_bytes() == before
    assert Report.objects.count() == 1


def test_keys_that_were_retired_since_the_form_was_taken_still_open_it(agency: Officer) -> None:
    content = made(agency)
    officer(agency.unit, "coming")
    assert take_in(agency, content).status_code == 302
    assert "1 report has other readers" in signed_in(agency).get(reverse("reports-rewrap")).content.decode()


def test_the_form_asks_nobody_for_anything(agency: Officer) -> None:
    page = Client().get(reverse("reports-kit"))
    text = page.content.decode()
    assert page["Content-Disposition"] == "attachment; filename*=UTF-8''form.html"
    assert "default-src &#x27;none&#x27;" in text
    assert not re.findall(r'\s(?:src|href|action)="', re.sub(r"<script>.*</script>", "", text, flags=re.DOTALL))
    assert not re.search(r"url\(|@import|\bfetch\(|XMLHttpRequest", text)
    assert text.count("</script>") == 5


def test_without_an_officer_with_a_key_there_is_no_form(db: None) -> None:
    assert Client().get(reverse("reports-kit")).status_code == 404


CHOOSE = {
    "en": "If it is about “{0}”, its head or anybody there, choose “{1}”.",
    "ru": "Если обращение касается органа «{0}», его руководителя или кого-либо из его работников, выберите «{1}».",
    "kk": "Арыз «{0}» органына, оның басшысына немесе сондағы біреуге қатысты болса, «{1}» органын таңдаңыз.",
}
ALONE = {
    "en": "If it is about “{0}”, its head or anybody there, do not use this form",
    "ru": "Если обращение касается органа «{0}», его руководителя или кого-либо из его работников, не пользуйтесь",
    "kk": "Арыз «{0}» органына, оның басшысына немесе сондағы біреуге қатысты болса, бұл нысанды пайдаланбаңыз",
}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_form_says_of_each_office_which_one_to_choose_instead(agency: Officer, language: str) -> None:
    other = unit("prosecutor")
    with translation.override(language):
        here, there = (naming.spoken(one.body.names, one.body.name) for one in (agency.unit, other))
    assert ALONE[language].format(here) in form_in(language)
    officer(other, "nurlan")
    page = form_in(language)
    assert CHOOSE[language].format(here, there) in page
    assert CHOOSE[language].format(there, here) in page
    assert ALONE[language].format(here) not in page


@pytest.mark.parametrize("receives", [False, True])
def test_who_leads_an_office_takes_all_its_keys_out_of_the_form_when_named(agency: Officer, receives: bool) -> None:
    prosecutor, boss = officer(unit("prosecutor"), "nurlan"), factories.account("boss")
    if receives:
        boss = officer(agency.unit, "chief").account
    Account.objects.filter(pk=boss.pk).update(name="Ахметов Ерлан")
    factories.grant(boss, Role.HEAD, body=agency.unit.body)
    page = form_in("en")
    people = {one["tag"]: one["keys"] for one in json_of(page, "named")["people"]}
    offices = keys_of(page)
    left_out = people[tag_of(f"{LEADER}{boss.pk}" if receives else boss.pk)]
    assert set(left_out) == set(offices[agency.unit.pk]["recipients"])
    assert not set(left_out) & set(offices[prosecutor.unit.pk]["recipients"])


def form_in(language: str) -> str:
    """The form in a language."""
    return Client().get(f"/{language}/reports/kit/").content.decode()
