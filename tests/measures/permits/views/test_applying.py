"""An entrepreneur applies page by page, officers decide, the licence is checked by anybody; and who may not see what."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from adaldyq.base.draw import differences
from adaldyq.countries.permits import PaperFact
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.ledger.keys import public_keys
from adaldyq.measures.permits.models import PermitApplication, PermitLicence
from adaldyq.project.cli.drawing import verify as verify_draw
from adaldyq.project.cli.permits import verify
from tests import factories
from tests.measures.permits.applying import AT, applicant, company, drawn, fresh, granted, officers, opened, sent
from tests.measures.permits.entries import spoken

pytestmark = pytest.mark.django_db
LIGHT = 50_000  # bytes of the page that checks a licence, with all that it loads


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which the application is sent."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


def browser(account: Account | str) -> Client:
    """A browser of somebody."""
    found = Client()
    found.force_login(account if isinstance(account, Account) else Account.objects.get(username=account))
    return found


def page(client: Client, address: str) -> str:
    """A page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    text: str = answer.content.decode()
    return text


def send(client: Client, address: str, /, **answers: object) -> str:
    """Send a form that is taken, and return where it leads."""
    done = client.post(address, answers)
    assert done.status_code == 302, re.findall(r"error-message[^<]*<[^>]*>[^<]*<[^>]*>[^<]*", done.content.decode())
    return str(done.headers["Location"])


def test_the_questions_end_with_what_is_needed_or_with_nothing() -> None:
    opened()
    guide = "/en/permits/guide/"
    assert "pen a business" in page(Client(), guide)
    assert "activity" in page(Client(), f"{guide}?event=open_business")
    assert "/en/permits/L-001/apply/" in page(Client(), f"{guide}?event=open_business&activity=56")
    assert "you need nothing" in page(Client(), f"{guide}?event=open_business&activity=01")


def test_somebody_applies_one_subject_a_page_and_officers_decide() -> None:
    papers = [PaperFact(spoken("Registration"), "company"), PaperFact(spoken("Diplomas"), "")]
    of, who = opened(documents=papers), applicant()
    officers(of.body)
    firm = company(who.person)
    mine = browser(who)
    address = send(mine, "/en/permits/L-001/apply/", form_key="one")
    again = send(mine, "/en/permits/L-001/apply/", form_key="one")
    assert (again, PermitApplication.objects.count()) == (address, 1)
    one = PermitApplication.objects.get()
    who_page = page(mine, f"{address}part/applicant/")
    assert "«Нан» ЖШС" in who_page
    send(mine, f"{address}part/applicant/", applicant=f"company:{firm.pk}")
    assert mine.post(f"{address}check/", {"true": "on"}).status_code == 422
    send(mine, f"{address}part/subtypes/", subtypes=["0"])
    send(mine, f"{address}part/address/", address="Astana, 1 Abay Street")
    send(mine, f"{address}part/requirements/", requirement_0="A kitchen of 20 m²")
    assert "190140000017" in page(mine, f"{address}held/")
    send(mine, f"{address}papers/", place="1", file=SimpleUploadedFile("diploma.txt", b"A diploma"))
    assert "A kitchen of 20" in page(mine, f"{address}check/")
    send(mine, f"{address}check/", true="on")
    assert "turn of: Receiving clerk" in page(mine, address)
    assert browser(applicant("stranger")).get(address).status_code == 404
    one = drawn(fresh(one))
    verifies, decides = (browser(str(each.username)) for each in (one.verifier, one.decider) if each)
    assert str(one.number) in page(verifies, "/en/permits/inbox/")
    assert decides.get(f"{address}do/step/").status_code == 403
    send(verifies, f"{address}do/step/", answer="complete")
    send(verifies, f"{address}do/step/", answer="meets", words="Seen")
    refused = decides.post(f"{address}do/step/", {"answer": "refuse"})
    assert refused.status_code == 422
    assert "Name at least one requirement" in refused.content.decode()
    send(decides, f"{address}do/step/", answer="grant", conditions="Keep it clean\n")
    licence = PermitLicence.objects.get()
    assert licence.number in page(mine, address)
    assert "Keep it clean" in page(Client(), f"/en/permits/licences/{licence.number}/")
    assert "Granted" in page(Client(), "/en/permits/numbers/")


def test_a_refusal_begins_with_the_words_of_a_template() -> None:
    of = opened()
    officers(of.body)
    one = drawn(sent(of, applicant()))
    officer = browser(str(one.verifier.username) if one.verifier else "")
    send(officer, "/en/permits/templates/", body=of.body_id, title="No kitchen", words="There is no kitchen at all.")
    address = f"/en/permits/applications/{one.pk}/do/step/"
    key = re.search(r"\?template=(\w+)", page(officer, address))
    assert key
    assert "There is no kitchen at all." in page(officer, f"{address}{key.group(0)}")


def test_a_licence_is_checked_online_and_offline_and_one_changed_letter_makes_it_unknown(tmp_path: Path) -> None:
    of = opened()
    officers(of.body)
    one = granted(of, applicant())
    licence = PermitLicence.objects.get(application=one)
    token = re.search(r"verify/\?t=([\w.%-]+)", page(Client(), f"/en/permits/licences/{licence.number}/"))
    assert token
    text = token.group(1)
    check = "/en/permits/verify/?t="
    assert ">Valid<" in page(Client(), check + text)
    for place in (0, len(text) // 2, len(text) - 1):
        altered = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        assert "Unknown" in page(Client(), check + altered)
        assert Client().get("/api/v1/permits/verify", {"token": altered}).json()["state"] == "unknown"
    keys, states = tmp_path / "keys", tmp_path / "states"
    keys.write_bytes(Client().get("/en/permits/licences/keys.txt").content)
    states.write_bytes(Client().get("/en/permits/licences/states.txt").content)
    offline = ["--keys", str(keys), "--states", str(states)]
    assert CliRunner().invoke(verify, [text, *offline]).exit_code == 0
    send(browser("officer-1"), f"/en/permits/licences/{licence.number}/do/suspend/", act_number="7", ground="Dirt")
    assert ">Suspended<" in page(Client(), check + text)
    assert CliRunner().invoke(verify, [text, *offline]).exit_code == 0, "the list is of before"
    states.write_bytes(Client().get("/en/permits/licences/states.txt").content)
    told = CliRunner().invoke(verify, [text, *offline])
    assert (told.exit_code != 0, "Suspended" in told.output) == (True, True)
    send(browser("officer-2"), f"/en/permits/licences/{licence.number}/do/revoke/", act_number="8", ground="Dirt")
    assert "Revoked" in page(Client(), check + text)
    listed = Client().get("/en/permits/licences/states.txt").content
    states.write_bytes(listed.replace(b"revoked", b"renewed"))
    assert CliRunner().invoke(verify, [text, *offline]).exit_code != 0, "an altered list is refused"


def test_the_check_is_light_enough_for_an_old_phone() -> None:
    html = Client().get("/en/permits/verify/?t=x").content
    loaded = re.findall(rb'(?:href|src)="/static/([^"]+)"', html)
    files = [finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", one.decode())) for one in loaded]
    assert all(files)
    assert len(html) + sum(Path(str(one)).stat().st_size for one in files) < LIGHT
    assert len(gzip.compress(html)) < LIGHT // 10
    assert b"<script" not in html


def test_the_pdf_is_for_the_holder_and_the_body_and_holds_the_token() -> None:
    of, who = opened(), applicant()
    officers(of.body)
    licence = PermitLicence.objects.get(application=granted(of, who))
    address = f"/en/permits/licences/{licence.number}/print/"
    assert browser(factories.account("stranger", Role.CITIZEN)).post(address).status_code == 403
    place = send(browser(who), address)
    pdf = b"".join(browser(who).get(place))
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf
    assert send(browser(who), address) == place


def test_anybody_repeats_a_draw_from_its_file(tmp_path: Path) -> None:
    of = opened()
    officers(of.body, "a", "b", "c")
    one = drawn(sent(of, applicant()))
    told = json.loads(Client().get(f"/en/permits/draws/{one.draw_id}/draw.json").content)
    assert differences(told) == []
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    trusted = ["--key", str(public_keys()[0])]
    assert CliRunner().invoke(verify_draw, [str(file), *trusted]).exit_code == 0
    altered = [{**told, "beacon": "another"}, {**told, "given": {}}, {**told, "frame": {**told["frame"], "each": 1}}]
    for other in altered:
        file.write_text(json.dumps(other), encoding="utf-8")
        assert CliRunner().invoke(verify_draw, [str(file), *trusted]).exit_code != 0
    assert one.pk in page(Client(), f"/en/permits/draws/{one.draw_id}/")
    assert Client().get(f"/api/v1/permits/draws/{one.draw_id}").json()["seed"] == told["seed"]


def test_the_register_is_searched_by_words_and_sent_as_a_file() -> None:
    of = opened()
    officers(of.body)
    licence = PermitLicence.objects.get(application=granted(of, applicant()))
    for asked in ("нан", "Абай", licence.number, "190140000017"):
        assert licence.number in page(Client(), f"/en/permits/licences/?q={asked}"), asked
        assert Client().get("/api/v1/permits/licences", {"q": asked}).json()["items"][0]["number"] == licence.number
    assert Client().get("/api/v1/permits/licences", {"state": "a\x00"}).status_code == 422
    assert licence.number not in page(Client(), "/en/permits/licences/?q=nobody")
    assert licence.number in b"".join(Client().get("/en/permits/licences.csv")).decode()
