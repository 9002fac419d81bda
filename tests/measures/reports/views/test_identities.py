"""Who a reporter is: sealed apart, opened by a custodian for a recorded reason, and told to the reporter."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.adapters import carried
from adaldyq.measures.reports.adapters import identities as files
from adaldyq.measures.reports.models import Identity, IdentityOpening, Report
from adaldyq.project.cli.reporting import reports as command
from adaldyq.sealing import envelopes
from tests import factories
from tests.held import every_row
from tests.measures.reports.office import Officer, custodian, lines_of, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import Script, in_base64

NAME = "canary-81bd34 Асель, +7 700 000 00 00"
WHY = {"reason": "court", "basis": "order 17 of 3 March"}


@pytest.fixture
def keeper(agency: Officer) -> Officer:
    """The custodian of the agency."""
    return custodian(agency.unit, "keeper")


def signed_in(one: Officer) -> Client:
    """A browser of an officer or a custodian."""
    browser = Client()
    browser.force_login(one.account)
    return browser


def opened(identity: Identity, secret: str) -> str:
    """The name, as whoever has this key and the envelope reads it."""
    return files.open_file(files.written("", bytes(identity.wrapped), bytes(identity.sealed)), secret)


def test_a_custodian_opens_a_name_for_a_recorded_reason_and_the_reporter_is_told(
    agency: Officer, keeper: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    words = reporter.report("what I saw", identity=NAME)
    assert "Nobody has opened it" in reporter.come_back(words)
    report, desk = Report.objects.get(), signed_in(keeper)
    assert report.pk in desk.get(reverse("reports-custody")).content.decode()
    page, file = (reverse(name, args=[report.pk]) for name in ("reports-name", "reports-name-file"))
    assert desk.get(file).status_code == 404
    for lacking in WHY:
        refused = desk.post(page, {**WHY, lacking: " "})
        assert (refused.status_code, f'href="#id_{lacking}' in refused.content.decode()) == (422, True)
    assert desk.post(page, WHY).status_code == 302
    act = "reports.report.open_name"
    assert lines_of(act) == [{"report": report.pk, "by": keeper.account.pk, "act": act, **WHY}]
    taken, key = tmp_path / "name.json", tmp_path / "key"
    taken.write_bytes(desk.get(file).content)
    key.write_text(keeper.secret)
    shown = CliRunner().invoke(command, ["open-name", str(taken), "--key", str(key)], input="none\n")
    assert NAME in shown.output
    page_of_reporter = reporter.come_back(words)
    assert "a custodian opened your name. The reason: a court ordered it." in page_of_reporter
    assert WHY["basis"] not in page_of_reporter


def test_an_envelope_is_handed_out_only_on_the_day_of_its_opening_and_to_nobody_else(
    agency: Officer, keeper: Officer, reporter: Reporter
) -> None:
    other = custodian(agency.unit, "other")
    reporter.report("what I saw", identity=NAME)
    report = Report.objects.get()
    signed_in(keeper).post(reverse("reports-name", args=[report.pk]), WHY)
    file = reverse("reports-name-file", args=[report.pk])
    assert signed_in(other).get(file).status_code == 404
    assert signed_in(keeper).get(file).status_code == 200
    IdentityOpening.objects.update(made_date=timezone.localdate() - timedelta(days=1))
    assert signed_in(keeper).get(file).status_code == 404


def test_who_reads_the_report_does_not_read_the_name_and_a_custodian_reads_no_report(
    agency: Officer, keeper: Officer, reporter: Reporter
) -> None:
    reporter.report("what I saw", identity=NAME)
    report = Report.objects.get()
    identity = report.identity
    assert opened(identity, keeper.secret) == NAME
    key = envelopes.unwrap(bytes(report.wraps.get().wrapped), agency.secret)
    for secret in (agency.secret, key):
        with pytest.raises(Exception, match="envelope-not-opened"):
            opened(identity, secret)
    with pytest.raises(Exception, match="envelope-not-opened"):
        envelopes.unwrap(bytes(report.wraps.get().wrapped), keeper.secret)
    page = signed_in(agency).get(reverse("reports-report", args=[report.pk])).content.decode()
    assert "kept apart by custodians" in page
    for route in ("reports-name", "reports-name-file"):
        assert signed_in(agency).get(reverse(route, args=[report.pk])).status_code == 403
    for route in ("reports-report", "reports-bundle", "reports-envelopes"):
        assert signed_in(keeper).get(reverse(route, args=[report.pk])).status_code == 403
    administrator = Client()
    administrator.force_login(factories.account("admin", Role.ADMINISTRATOR))
    for route in ("reports-name", "reports-name-file"):
        assert administrator.get(reverse(route, args=[report.pk])).status_code == 403


def test_a_name_is_kept_from_custodians_of_other_units_and_from_those_whom_the_report_is_about(
    agency: Officer, keeper: Officer, reporter: Reporter
) -> None:
    stranger = custodian(unit("prosecutor"), "stranger")
    body = factories.body(name="Жер комитеті")
    clerk = factories.person()
    biased = custodian(agency.unit, "biased", person=clerk)
    factories.appointment(clerk, factories.post(of=body))
    reporter.report("what I saw", identity=NAME, about=body.pk)
    report = Report.objects.get()
    for one in (stranger, biased):
        assert report.pk not in signed_in(one).get(reverse("reports-custody")).content.decode()
        assert signed_in(one).post(reverse("reports-name", args=[report.pk]), WHY).status_code == 404
        with pytest.raises(Exception, match="envelope-not-opened"):
            opened(report.identity, one.secret)
    assert not IdentityOpening.objects.exists()


def test_a_name_is_found_nowhere_in_the_database(agency: Officer, keeper: Officer, reporter: Reporter) -> None:
    reporter.report("what I saw", identity=NAME)
    assert [table for table, row in every_row() if "canary-81bd34" in repr(row)] == []


def test_custodians_split_their_keys_among_custodians_and_officers_among_officers(
    agency: Officer, keeper: Officer
) -> None:
    other, far = custodian(agency.unit, "other"), custodian(unit("prosecutor"), "far")
    colleague = officer(agency.unit, "bota")
    for one, those, apart in (
        (keeper, (other, far), (agency, colleague)),
        (agency, (colleague,), (keeper, other, far)),
    ):
        page = signed_in(one).get(reverse("reports-recovery")).content.decode()
        for holder in those:
            assert public_half(holder) in page
        assert not [holder for holder in apart if public_half(holder) in page]
        assert ("Names kept apart" in page) is (one is keeper)
    assert far.account.name not in signed_in(keeper).get(reverse("reports-recovery")).content.decode()


def public_half(one: Officer) -> str:
    """The public half of a key."""
    return str(envelopes.identity(one.secret).to_public())


def test_without_a_custodian_nobody_is_asked_and_where_one_is_lacking_nothing_is_lost(
    agency: Officer, reporter: Reporter
) -> None:
    assert 'name="identity"' not in reporter.look("reports-file")
    officer(unit("prosecutor"), "nurlan")
    custodian(agency.unit, "keeper")
    assert 'name="identity"' in reporter.look("reports-file")
    reporter.post("reports-file", step="check", what="what I saw", identity=NAME, about_receiver="agency")
    page = reporter.post("reports-file", step="send")
    assert reporter.status == 422
    assert "can keep a name apart" in page
    assert not Report.objects.exists()
    assert NAME in reporter.post("reports-file", step="change")


def test_a_name_may_be_given_later_once_and_is_sealed_to_the_custodians_of_that_moment(
    agency: Officer, reporter: Reporter
) -> None:
    words = reporter.report("what I saw")
    assert "Say who you are" not in reporter.come_back(words)
    keeper = custodian(agency.unit, "keeper")
    assert "Say who you are" in reporter.come_back(words)
    page = reporter.post("reports-return", step="name", identity=" ")
    assert (reporter.status, 'href="#id_identity"' in page) == (200, True)
    page = reporter.post("reports-return", step="name", identity=NAME)
    assert "Your name was sealed" in page
    assert "Say who you are" not in page
    assert opened(Identity.objects.get(), keeper.secret) == NAME
    reporter.post("reports-return", step="name", identity="somebody else")
    assert opened(Identity.objects.get(), keeper.secret) == NAME
    assert not lines_of("reports.report.give_name")  # its line comes by night, among others


def test_a_script_gives_a_name_later_to_the_keys_of_the_custodians_only(agency: Officer, keeper: Officer) -> None:
    script = Script()
    report = script.sealed_report("what I saw")
    script.step("send", **report)
    found = script.step("open", lookup=report["lookup"])
    opened_page = carried.put({"report": Report.objects.get().pk})
    for custodians, code in (([envelopes.new_identity()[1]], True), (found["custodians"], False)):
        sealed = files.seal(NAME, custodians)
        parts = {
            "identity_recipient": sealed.recipient,
            "identity_wrapped": in_base64(sealed.wrapped),
            "identity_sealed": in_base64(sealed.sealed),
        }
        told = script.send({"step": "name", "opened": opened_page, "custodians": custodians, **parts})
        assert ("code" in told) == code
    assert opened(Identity.objects.get(), keeper.secret) == NAME
    assert script.step("open", lookup=report["lookup"])["custodians"] == []


def test_a_script_seals_the_name_and_what_is_no_such_envelope_is_refused(agency: Officer, keeper: Officer) -> None:
    script = Script()
    custodians = script.step("route")["custodians"]
    sealed = files.seal(NAME, custodians)
    name = {
        "custodians": custodians,
        "identity_recipient": sealed.recipient,
        "identity_wrapped": in_base64(sealed.wrapped),
        "identity_sealed": in_base64(sealed.sealed),
    }
    one = in_base64(envelopes.seal({}, b"", [envelopes.new_identity()[1]]))
    for wrong in (
        {"custodians": [envelopes.new_identity()[1]]},
        {"identity_wrapped": one},
        {"identity_sealed": in_base64(b"in the open")},
        {"identity_recipient": "age1nonsense"},
    ):
        assert script.step("send", **script.sealed_report("what I saw", **name | wrong))["message"]
        assert script.status == 200
        assert not Report.objects.exists()
    script.step("send", **script.sealed_report("what I saw", **name))
    assert opened(Identity.objects.get(), keeper.secret) == NAME


def gave_its_office_away(agency: Officer, reporter: Reporter, text: str, **answers: str) -> tuple[Report, list[str]]:
    """A report with a name, whose reporter adds that it is about the office that has it."""
    words = reporter.report("what I saw", identity=NAME)
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text=text, **answers)
    report = Report.objects.get()
    assert report.unit != agency.unit
    return report, words


@pytest.mark.parametrize(
    ("text", "answers"),
    [("It was the Антикор itself", {"about_receiver": "agency"}), ("Садыкова А.М. делит с ними", {})],
    ids=["its office is named", "all its officers are named"],
)
def test_an_office_that_turns_out_to_be_named_opens_no_name_and_the_reporter_gives_it_to_the_other_one(
    agency: Officer, keeper: Officer, reporter: Reporter, text: str, answers: dict[str, str]
) -> None:
    other = custodian(officer(unit("prosecutor"), "nurlan").unit, "other")
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    report, words = gave_its_office_away(agency, reporter, text, **answers)
    desk, page = signed_in(keeper), reverse("reports-name", args=[report.pk])
    assert report.pk not in desk.get(reverse("reports-custody")).content.decode()
    assert [answer.status_code for answer in (desk.get(page), desk.post(page, WHY))] == [404, 404]
    with pytest.raises(DomainError):
        opened(report.identity, keeper.secret)
    assert "was destroyed" in reporter.come_back(words)
    reporter.post("reports-return", step="name", identity=NAME)
    assert "Nobody has opened it" in reporter.come_back(words)
    given = Identity.objects.get()
    assert opened(given, other.secret) == NAME
    assert report.pk in signed_in(other).get(reverse("reports-custody")).content.decode()
    assert report.pk not in desk.get(reverse("reports-custody")).content.decode()


def test_days_on_which_a_name_was_opened_stay_when_it_is_destroyed(
    agency: Officer, keeper: Officer, reporter: Reporter
) -> None:
    officer(unit("prosecutor"), "nurlan")
    words = reporter.report("what I saw", identity=NAME)
    report, desk = Report.objects.get(), signed_in(keeper)
    assert desk.post(reverse("reports-name", args=[report.pk]), WHY).status_code == 302
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text="It was the Антикор", about_receiver="agency")
    assert desk.get(reverse("reports-name-file", args=[report.pk])).status_code == 404
    page = reporter.come_back(words)
    assert "a court ordered it" in page
    assert "was destroyed" in page
