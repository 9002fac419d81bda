"""Reports come to other readers: referral, officers who come and leave, and those whom a report names."""

from __future__ import annotations

import html
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Account, Deadline, Event, Notification
from adaldyq.kernel.separation import subject_of
from adaldyq.measures.reports.adapters import identities, rewraps
from adaldyq.measures.reports.jobs import publish
from adaldyq.measures.reports.models import Bar, Identity, IdentityOpening, KeyWrap, OfficerKey, Report
from adaldyq.measures.reports.queries.newcomers import GRANT
from adaldyq.project.cli.reporting import reports as command
from adaldyq.sealing import envelopes
from adaldyq.ui.formats.values import day
from tests.measures.reports.office import Officer, custodian, lines_of, officer, unit
from tests.measures.reports.reporter import Reporter

WHAT = "the inspector asked for money"
PASSPHRASE = "four words of no text"


def signed_in(one: Officer) -> Client:
    """An officer's browser."""
    browser = Client()
    browser.force_login(one.account)
    return browser


@pytest.fixture
def prosecutor(agency: Officer) -> Officer:
    """The officer of the prosecutor."""
    return officer(unit("prosecutor"), "nurlan")


def sealed_anew(order: bytes, by: Officer, folder: Path) -> SimpleUploadedFile:
    """What the command of an officer makes of an order."""
    asked, key, answer = folder / "order.json", folder / "key", folder / "answer.json"
    asked.write_bytes(order)
    key.write_text(f"{by.secret}\n")
    answer.unlink(missing_ok=True)
    done = CliRunner().invoke(command, ["rewrap", str(asked), "--key", str(key), "--to", str(answer)], input=PASSPHRASE)
    assert done.exit_code == 0, done.output
    return SimpleUploadedFile("answer.json", answer.read_bytes())


def public_of(one: Officer) -> str:
    """The public half of an officer's key."""
    return str(envelopes.identity(one.secret).to_public())


def refer(report: Report, source: Officer, target: Officer, folder: Path, reason: str = "competence") -> None:
    """Refer a report through the page and the command."""
    desk = signed_in(source)
    assert "govuk-form-group--error" not in desk.get(reverse("reports-refer", args=[report.pk])).content.decode()
    order = desk.get(reverse("reports-refer-order", args=[report.pk, target.unit.pk])).content
    sent = {
        "to": target.unit.pk,
        "reason": reason,
        "text": "it is theirs",
    }
    answer = sealed_anew(order, source, folder).read()
    for _twice in range(2):
        file = SimpleUploadedFile("answer.json", answer)
        there = desk.post(reverse("reports-refer", args=[report.pk]), {**sent, "file": file}, follow=True)
        assert "The report was given to the other body" in there.content.decode()


def opens(report: Report, by: Officer) -> bool:
    """Whether an officer's key opens a report as it stands."""
    wrapped = bytes(KeyWrap.objects.get(report=report, is_current=True).wrapped)
    try:
        secret = envelopes.unwrap(wrapped, by.secret)
    except Exception:  # noqa: BLE001  # whatever refuses, it does not open
        return False
    return WHAT.encode() in envelopes.open_sealed(bytes(report.messages.get(place=1).sealed), [secret])[1]


def test_a_referred_report_opens_there_and_is_seen_here_no_more(
    agency: Officer, prosecutor: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    words = reporter.report(WHAT)
    report = Report.objects.get()
    before = bytes(report.messages.get().sealed)
    refer(report, agency, prosecutor, tmp_path)
    report.refresh_from_db()
    assert report.unit == prosecutor.unit
    assert (opens(report, prosecutor), opens(report, agency)) == (True, False)
    assert bytes(report.messages.get(place=1).sealed) == before
    assert signed_in(agency).get(reverse("reports-report", args=[report.pk])).status_code == 404
    assert signed_in(prosecutor).get(reverse("reports-report", args=[report.pk])).status_code == 200
    assert "it is theirs" in reporter.come_back(words)
    running = Deadline.objects.filter(state="running").order_by("name")
    assert [(one.name, one.body) for one in running] == [
        ("report_acknowledgement", prosecutor.unit.body),
        ("report_feedback", prosecutor.unit.body),
    ]


def test_a_report_is_never_referred_to_the_office_that_it_is_about(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    reporter.report(WHAT, about=agency.unit.body.pk)
    report = Report.objects.get()
    assert report.unit == prosecutor.unit
    desk = signed_in(prosecutor)
    assert "No other body may have this report" in desk.get(reverse("reports-refer", args=[report.pk])).content.decode()
    order = reverse("reports-refer-order", args=[report.pk, agency.unit.pk])
    assert desk.get(order).status_code == 404


def test_a_report_about_the_agencys_own_people_never_comes_back_to_it(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    reporter.report(WHAT, about_receiver="agency")
    order = reverse("reports-refer-order", args=[Report.objects.get().pk, agency.unit.pk])
    assert signed_in(prosecutor).get(order).status_code == 404


def test_an_office_that_says_it_may_be_biased_hears_no_more_of_the_report(
    agency: Officer, prosecutor: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    keeper = custodian(agency.unit, "keeper")
    words = reporter.report(WHAT, identity="Saule")
    report, desk = Report.objects.get(), signed_in(agency)
    refer(report, agency, prosecutor, tmp_path, "conflict")
    tick(at=timezone.now() + timedelta(days=9))
    assert report.pk not in desk.get(reverse("reports-overdue")).content.decode()
    assert not Notification.objects.filter(account=agency.account).exists()
    assert report.pk not in signed_in(keeper).get(reverse("reports-custody")).content.decode()
    assert "was destroyed" in reporter.come_back(words)
    back = signed_in(prosecutor).get(reverse("reports-refer", args=[report.pk])).content.decode()
    assert "No other body may have this report" in back


def test_an_office_that_a_report_is_about_while_nobody_there_has_a_key_hears_nothing_of_it_later(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    OfficerKey.objects.filter(account=agency.account).update(state="retired")
    reporter.report(WHAT, about_receiver="agency")
    report, dana = Report.objects.get(), officer(agency.unit, "dana")
    assert report.unit == prosecutor.unit
    tick(at=timezone.now() + timedelta(days=9))
    assert report.pk not in signed_in(dana).get(reverse("reports-overdue")).content.decode()
    order = reverse("reports-refer-order", args=[report.pk, agency.unit.pk])
    assert signed_in(prosecutor).get(order).status_code == 404


def test_a_key_sealed_for_others_than_the_readers_is_refused_and_nothing_typed_is_lost(
    agency: Officer, prosecutor: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    reporter.report(WHAT)
    report, desk = Report.objects.get(), signed_in(agency)
    order = desk.get(reverse("reports-refer-order", args=[report.pk, prosecutor.unit.pk])).content
    answer = sealed_anew(order, agency, tmp_path)
    officer(prosecutor.unit, "newcomer")
    sent = {"to": prosecutor.unit.pk, "reason": "overdue", "text": "what I typed", "file": answer}
    refused = desk.post(reverse("reports-refer", args=[report.pk]), sent)
    assert refused.status_code == 422
    assert "The readers have changed" in refused.content.decode()
    assert "what I typed" in refused.content.decode()
    sent["file"] = SimpleUploadedFile("order.json", order)
    assert "This is the order" in desk.post(reverse("reports-refer", args=[report.pk]), sent).content.decode()
    sent["file"] = SimpleUploadedFile("photo.jpg", b"\xff\xd8")
    assert desk.post(reverse("reports-refer", args=[report.pk]), sent).status_code == 422
    assert opens(report, agency)


def test_an_officer_who_comes_reads_and_one_who_leaves_does_not_once_keys_are_sealed_anew(
    agency: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    leaving = officer(agency.unit, "leaving")
    reporter.report(WHAT)
    report, desk = Report.objects.get(), signed_in(agency)
    assert "Every report is sealed" in desk.get(reverse("reports-rewrap")).content.decode()
    coming = officer(agency.unit, "coming")
    public = leaving.account.pk and envelopes.identity(leaving.secret).to_public()
    assert CliRunner().invoke(command, ["retire-key", str(public)]).exit_code == 0
    assert "1 report has other readers" in desk.get(reverse("reports-rewrap")).content.decode()
    assert (opens(report, leaving), opens(report, coming)) == (True, False)
    answer = sealed_anew(desk.get(reverse("reports-rewrap-order")).content, agency, tmp_path)
    assert desk.post(reverse("reports-rewrap"), {"file": answer}).status_code == 302
    assert [opens(report, one) for one in (agency, coming, leaving)] == [True, True, False]
    assert KeyWrap.objects.filter(report=report).count() == 2
    assert not bytes(KeyWrap.objects.get(report=report, is_current=False).wrapped)
    assert "Every report is sealed" in desk.get(reverse("reports-rewrap")).content.decode()


def made_of(portion: bytes, by: Officer) -> str:
    """What the script of a page makes of a portion."""
    return rewraps.written(rewraps.ANSWER, rewraps.rewrapped(rewraps.read(rewraps.ORDER, portion.decode()), by.secret))


def test_keys_are_sealed_anew_in_portions_and_go_on_where_they_stopped(
    agency: Officer, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adaldyq.measures.reports.views.resealing.PORTION", 2)
    for _each in range(3):
        reporter.report(WHAT)
    coming, desk, place = officer(agency.unit, "coming"), signed_in(agency), reverse("reports-rewrap-portion")
    first = desk.get(place).content
    answer = desk.post(place, made_of(first, agency), content_type="application/json")
    assert len(answer.json()["reports"]) == 1  # and here the browser is closed
    assert [opens(one, coming) for one in Report.objects.order_by("pk")] == [True, True, False]
    rest = desk.get(place).content
    assert desk.post(place, made_of(rest, agency), content_type="application/json").json()["reports"] == []
    assert all(opens(one, coming) for one in Report.objects.all())
    assert KeyWrap.objects.count() == 6
    assert sorted(one["reports"] for one in lines_of("reports.report.rewrap")) == [
        1,
        2,
    ]  # a line each, not one a report
    last = Report.objects.order_by("pk")[2].pk
    assert desk.get(place, {"after": last}).json()["reports"] == []


def test_who_is_new_is_shown_before_keys_are_sealed_to_them(agency: Officer, reporter: Reporter) -> None:
    Account.objects.filter(pk=agency.account.pk).update(name="Aigul Known")
    reporter.report(WHAT)
    desk, report = signed_in(agency), Report.objects.get()
    pages = [reverse("reports-rewrap"), reverse("reports-report", args=[report.pk])]
    assert not any("New among those who read them" in shown(desk, page) for page in pages)
    coming = arrived(officer(agency.unit, "stranger"))  # opened, given the role and the key by commands, alone
    for page in pages:
        told = shown(desk, page)
        table = told.partition("New among those who read them")[2].partition("</table>")[0]
        assert "stranger" in table
        assert told.index(table) < told.index('type="password"')  # before anything is clicked
        assert public_of(coming) in table
        assert str(day(timezone.localdate())) in table
        assert "a command on the server, for which one person is enough" in table
        assert "not yet" in table
        assert "Aigul Known" not in table
    two = arrived(officer(agency.unit, "appointed"))
    Event.objects.filter(subject=subject_of(two.account), name=GRANT).delete()  # as two administrators give it
    publish({}, timezone.now())
    told = shown(desk, pages[0])
    assert "two administrators" in told
    assert "not yet" not in told
    place = reverse("reports-rewrap-portion")
    desk.post(place, made_of(desk.get(place).content, agency), content_type="application/json")
    assert not any("New among those who read them" in shown(desk, page) for page in pages)


def test_custodians_see_who_is_new_before_names_are_sealed_to_them(agency: Officer, reporter: Reporter) -> None:
    keeper = custodian(agency.unit, "keeper")
    reporter.report(WHAT, identity="Saule")
    coming = arrived(custodian(agency.unit, "coming"))
    told = shown(signed_in(keeper), reverse("reports-rewrap"))
    table = told.partition("New among those who read them")[2].partition("</table>")[0]
    assert public_of(coming) in table
    assert public_of(keeper) not in table


def arrived(one: Officer) -> Officer:
    """Somebody whose key was made today."""
    OfficerKey.objects.filter(account=one.account).update(made_at=timezone.now())
    return one


def shown(browser: Client, address: str) -> str:
    """A page."""
    return html.unescape(browser.get(address).content.decode())


def test_a_portion_for_readers_who_changed_is_refused_whole_and_said(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    reporter.report(WHAT)
    officer(agency.unit, "coming")
    desk, place = signed_in(agency), reverse("reports-rewrap-portion")
    made = made_of(desk.get(place).content, agency)
    assert signed_in(prosecutor).post(place, made, content_type="application/json").status_code == 403
    officer(agency.unit, "another")
    for sent, code in ((made, "rewrap-keys-changed"), ("{", "rewrap-malformed")):
        refused = desk.post(place, sent, content_type="application/json")
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert KeyWrap.objects.count() == 1


def test_names_are_sealed_anew_by_custodians_who_do_not_open_them(agency: Officer, reporter: Reporter) -> None:
    keeper = custodian(agency.unit, "keeper")
    reporter.report(WHAT, identity="Saule")
    coming, desk, place = custodian(agency.unit, "coming"), signed_in(keeper), reverse("reports-rewrap-portion")
    assert "1 name has other custodians" in desk.get(reverse("reports-rewrap")).content.decode()
    portion = desk.get(place).content
    assert b"sealed" not in portion  # the key of the name comes, and not the name
    assert desk.post(place, made_of(portion, keeper), content_type="application/json").json()["reports"] == []
    identity = Identity.objects.get()
    file = identities.written("", bytes(identity.wrapped), bytes(identity.sealed))
    assert identities.open_file(file, coming.secret) == "Saule"
    assert signed_in(agency).post(place, made_of(portion, keeper), content_type="application/json").status_code == 422
    assert len(lines_of("reports.report.rewrap_name")) == 1
    assert not IdentityOpening.objects.exists()


def test_an_officer_whom_a_report_names_sees_it_no_more_and_its_key_is_to_be_sealed_anew(
    agency: Officer, reporter: Reporter
) -> None:
    named = officer(agency.unit, "named")
    reporter.report(WHAT)
    report = Report.objects.get()
    assert signed_in(named).get(reverse("reports-report", args=[report.pk])).status_code == 200
    bar = reverse("reports-bar", args=[report.pk])
    next_page = signed_in(agency).post(bar, {"whom": f"account:{named.account.pk}"})
    assert next_page.headers["Location"] == reverse("reports-rewrap")
    assert signed_in(named).get(reverse("reports-report", args=[report.pk])).status_code == 404
    assert report.pk not in signed_in(named).get(reverse("reports-inbox")).content.decode()
    told = signed_in(agency).get(reverse("reports-envelopes", args=[report.pk])).json()
    assert told["readers"] == [public_of(agency)]
    assert (
        "Others read this report now"
        in signed_in(agency).get(reverse("reports-report", args=[report.pk])).content.decode()
    )
    assert "1 report has other readers" in signed_in(agency).get(reverse("reports-rewrap")).content.decode()


def test_whom_a_report_names_is_kept_out_and_its_key_sealed_anew_in_one_step(
    agency: Officer, reporter: Reporter
) -> None:
    named = officer(agency.unit, "named")
    reporter.report(WHAT)
    report, desk = Report.objects.get(), signed_in(agency)
    bar, own = reverse("reports-bar", args=[report.pk]), public_of(agency)
    before = KeyWrap.objects.get()
    key = envelopes.unwrap(bytes(before.wrapped), agency.secret)
    sent = {"whom": f"account:{named.account.pk}"}
    of = rewraps.name_of(bytes(before.wrapped))
    for readers, made_of in (
        ((own, public_of(named)), of),
        ((), of),
        ((own,), ""),
    ):  # who is kept out must not be among them
        wrong = rewraps.Wrapped(report.pk, envelopes.wrap(key, readers or (own, own)), readers, made_of)
        refused = desk.post(bar, {**sent, "resealed": rewraps.written(rewraps.ANSWER, [wrong])})
        assert refused.status_code == 422
        assert "The readers have changed" in refused.content.decode()
        assert "adaldyq-rewrap/1" not in refused.content.decode()
    assert not Bar.objects.exists()
    made = rewraps.Wrapped(report.pk, envelopes.wrap(key, [own]), (own,), of)
    answer = desk.post(bar, {**sent, "resealed": rewraps.written(rewraps.ANSWER, [made])})
    assert answer.headers["Location"] == reverse("reports-report", args=[report.pk])
    assert (opens(report, agency), opens(report, named)) == (True, False)
    assert not bytes(KeyWrap.objects.get(pk=before.pk).wrapped)
    assert desk.get(reverse("reports-envelopes", args=[report.pk])).json()["readers"] == []
    assert "Others read this report now" not in desk.get(reverse("reports-report", args=[report.pk])).content.decode()


def test_a_referral_needs_the_key_sealed_to_the_other_body_and_says_so(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    reporter.report(WHAT)
    report, desk = Report.objects.get(), signed_in(agency)
    sent = {"to": prosecutor.unit.pk, "reason": "competence", "text": "it is theirs"}
    page, there = reverse("reports-refer", args=[report.pk]), public_of(prosecutor)
    lacking = desk.post(page, sent)
    assert (lacking.status_code, 'href="#id_file"' in lacking.content.decode()) == (422, True)
    unchosen = desk.post(page, {**sent, "to": ""})
    assert (unchosen.status_code, 'href="#id_file"' in unchosen.content.decode()) == (422, False)
    wrapped = bytes(KeyWrap.objects.get().wrapped)
    key = envelopes.unwrap(wrapped, agency.secret)
    made = rewraps.Wrapped(report.pk, envelopes.wrap(key, [there]), (there,), rewraps.name_of(wrapped))
    assert desk.post(page, {**sent, "resealed": rewraps.written(rewraps.ANSWER, [made])}).status_code == 302
    assert (opens(report, prosecutor), opens(report, agency)) == (True, False)


def test_an_office_that_a_report_names_is_never_a_target(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    reporter.report(WHAT)
    report, desk = Report.objects.get(), signed_in(agency)
    assert (
        desk.post(reverse("reports-bar", args=[report.pk]), {"whom": f"unit:{prosecutor.unit.pk}"}).status_code == 302
    )
    order = reverse("reports-refer-order", args=[report.pk, prosecutor.unit.pk])
    assert desk.get(order).status_code == 404


def test_an_officer_of_another_unit_takes_no_order_and_seals_nothing(
    agency: Officer, prosecutor: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    reporter.report(WHAT)
    report = Report.objects.get()
    officer(agency.unit, "coming")
    answer = sealed_anew(signed_in(agency).get(reverse("reports-rewrap-order")).content, agency, tmp_path)
    stranger = signed_in(prosecutor)
    assert report.pk not in stranger.get(reverse("reports-rewrap-order")).content.decode()
    assert stranger.post(reverse("reports-rewrap"), {"file": answer}).status_code == 403
    assert KeyWrap.objects.filter(report=report).count() == 1
