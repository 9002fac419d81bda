"""What receiving officers see and do, through the pages and on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.actions import handling
from adaldyq.measures.reports.actions.filing import NOBODY, add_to_report
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.adapters.arrival import SealedFile
from adaldyq.measures.reports.models import OfficerKey, Report
from adaldyq.project.cli.reporting import reports as command
from adaldyq.sealing import envelopes, lockers
from tests import factories
from tests.measures.reports.office import Officer, custodian, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import Script, in_base64

WHAT = "the inspector asked for money"
PASSPHRASE = "four words of no text"


@pytest.fixture
def desk(agency: Officer) -> Client:
    """The officer's browser."""
    browser = Client()
    browser.force_login(agency.account)
    return browser


def report_of(reporter: Reporter, **answers: object) -> Report:
    """Something that was reported."""
    reporter.report(WHAT, **answers)
    return Report.objects.get()


def step(desk: Client, report: Report, name: str, **sent: str) -> str:
    """Send a form of the report's page."""
    return desk.post(reverse("reports-report", args=[report.pk]), {"step": name, **sent}, follow=True).content.decode()


def test_an_officer_acknowledges_answers_and_closes(desk: Client, reporter: Reporter) -> None:
    report = report_of(reporter, topic="bribe")
    assert report.pk in desk.get(reverse("reports-inbox")).content.decode()
    step(desk, report, "acknowledge", text="we have it")
    step(desk, report, "answer", text="when was it?")
    page = step(desk, report, "close", text="he was dismissed", outcome="substantiated")
    report.refresh_from_db()
    assert (report.state, report.outcome) == ("closed", "substantiated")
    assert "It was as reported" in page
    assert set(Deadline.objects.values_list("name", "state")) == {
        ("report_acknowledgement", "met"),
        ("report_feedback", "met"),
    }


def test_nobody_closes_without_telling_and_what_was_typed_stays(desk: Client, reporter: Reporter) -> None:
    report = report_of(reporter)
    step(desk, report, "acknowledge", text="we have it")
    page = step(desk, report, "close", text="", outcome="no_breach")
    assert "There is a problem" in page
    report.refresh_from_db()
    assert report.state == "acknowledged"


def test_the_bundle_opens_on_the_officers_own_computer(
    desk: Client, agency: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    report = report_of(reporter, when="in March", enclosures=[SimpleUploadedFile("../акт.txt", b"signed" * 9)])
    file, key = tmp_path / "report.zip", tmp_path / "key"
    answer = desk.get(reverse("reports-bundle", args=[report.pk]))
    file.write_bytes(answer.getvalue())
    assert WHAT.encode() not in file.read_bytes()
    key.write_text(f"# public key: none of your business\n{agency.secret}\n")
    folder = tmp_path / "opened"
    done = CliRunner().invoke(command, ["open", str(file), "--key", str(key), "--to", str(folder)], input=PASSPHRASE)
    assert done.exit_code == 0, done.output
    assert WHAT in done.output
    assert "in March" in done.output
    (written,) = folder.iterdir()
    assert (written.name, written.read_bytes()) == ("акт.txt", b"signed" * 9)


def test_what_a_hostile_reporter_writes_steers_no_terminal_and_hides_nothing_else(
    desk: Client, agency: Officer, tmp_path: Path
) -> None:
    script = Script()
    head = script.sealed_report("")
    gone = SealedFile("aa/none", 9, envelopes.new_identity()[0], "\x1b[2Jfilm.mp4", "")
    letter = letters.Letter(letters.REPORT, f"{WHAT}\x1b]52;c;cm0gLXJm\x07", {"who\x9b": "\x1bc"}, [gone])
    head["sealed"] = in_base64(letters.seal(letter, [head["recipient"], head["mailbox"]]))
    assert script.step("send", **head) == {"filed": True}
    report = Report.objects.get()
    strange = letters.seal(letters.Letter(letters.MESSAGE, "x"), [envelopes.new_identity()[1]])
    add_to_report(report=report, sealed=strange, enclosed=[], by=NOBODY, at=timezone.now())
    file, key = tmp_path / "report.zip", tmp_path / "key"
    file.write_bytes(desk.get(reverse("reports-bundle", args=[report.pk])).getvalue())
    key.write_text(f"{agency.secret}\n")
    done = CliRunner().invoke(command, ["open", str(file), "--key", str(key), "--to", str(tmp_path)], input=PASSPHRASE)
    assert done.exit_code == 0, done.output
    for said in (f"{WHAT}<1b>]52;c;cm0gLXJm<07>", "who<9b>: <1b>c", "<1b>[2Jfilm.mp4", "This message cannot be opened"):
        assert said in done.output
    assert not {"\x1b", "\x07", "\x9b"} & set(done.output)


def test_a_key_is_made_at_home_and_published_on_the_page(desk: Client, agency: Officer, tmp_path: Path) -> None:
    made = CliRunner().invoke(command, ["new-key", str(tmp_path / "new")], input=PASSPHRASE)
    public = made.output.split()[-1]
    assert lockers.unlock((tmp_path / "new").read_text(), PASSPHRASE).startswith("AGE-SECRET-KEY-1")
    desk.post(reverse("reports-keys"), {"unit": agency.unit.pk, "public": public})
    assert OfficerKey.objects.get(state="active").recipient == public
    assert OfficerKey.objects.filter(state="retired").count() == 1
    assert public in CliRunner().invoke(command, ["keys"]).output


@pytest.mark.parametrize("typed", ["age1nonsense", "", "ssh-ed25519 AAAA"])
def test_what_is_no_public_key_is_refused(desk: Client, agency: Officer, typed: str) -> None:
    answer = desk.post(reverse("reports-keys"), {"unit": agency.unit.pk, "public": typed})
    assert answer.status_code == 422
    assert 'href="#id_public"' in answer.content.decode()


def test_a_secret_key_sent_by_mistake_is_named_as_one(desk: Client, agency: Officer) -> None:
    secret, _public = envelopes.new_identity()
    page = desk.post(reverse("reports-keys"), {"unit": agency.unit.pk, "public": secret}).content.decode()
    assert "the secret half of a key" in page


def test_an_officer_of_another_unit_and_one_without_a_unit_see_nothing(reporter: Reporter, agency: Officer) -> None:
    report = report_of(reporter)
    other = officer(unit("prosecutor"), "nurlan")
    loose = factories.account("loose", Role.RECEIVING_OFFICER)
    for account in (other.account, loose):
        browser = Client()
        browser.force_login(account)
        assert report.pk not in browser.get(reverse("reports-inbox")).content.decode()
        for route in ("reports-report", "reports-bundle"):
            assert browser.get(reverse(route, args=[report.pk])).status_code == 404
        with pytest.raises(Exception, match="not-allowed"):
            handling.acknowledge_report(report=report, message=None, by=actor_of(account), at=timezone.now())


def test_an_administrator_reads_no_report_and_no_name_and_takes_no_key(reporter: Reporter, agency: Officer) -> None:
    custodian(agency.unit, "keeper")
    reporter.report(WHAT, identity="Saule")
    report = Report.objects.get()
    browser = Client()
    browser.force_login(factories.account("chief", Role.ADMINISTRATOR))
    key = OfficerKey.objects.get(account=agency.account)
    assert browser.get(reverse("reports-inbox")).status_code == 403
    assert browser.get(reverse("reports-locker", args=[key.pk])).status_code == 403
    for route in ("reports-report", "reports-bundle", "reports-envelopes", "reports-name", "reports-name-file"):
        assert browser.get(reverse(route, args=[report.pk])).status_code == 403


def test_an_officer_whose_family_works_there_sees_no_report_about_the_body(agency: Officer, reporter: Reporter) -> None:
    body = factories.body(name="Жер комитеті")
    sister = factories.person()
    biased = officer(agency.unit, "biased", person=sister)
    factories.appointment(sister, factories.post(of=body))
    report = report_of(reporter, about=body.pk)
    browser = Client()
    browser.force_login(biased.account)
    assert browser.get(reverse("reports-report", args=[report.pk])).status_code == 404


def test_a_report_is_given_to_a_colleague_who_may_read_it(desk: Client, agency: Officer, reporter: Reporter) -> None:
    colleague = officer(agency.unit, "colleague")
    report = report_of(reporter)
    step(desk, report, "assign", to=colleague.account.pk)
    report.refresh_from_db()
    assert report.assigned_to == colleague.account
