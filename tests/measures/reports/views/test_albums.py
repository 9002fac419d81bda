"""Albums of which a later part names somebody: no report of theirs is left to nobody, nor with whom it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation
from pytest_django import Settings

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Deadline, Notification
from adaldyq.measures.reports.adapters import carried, letters
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.queries.draws import unassigned
from adaldyq.measures.reports.queries.queue import visible, wrap_of
from adaldyq.sealing import envelopes, phrases, receipts
from tests.measures.reports.messenger_peer import Messenger
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import Script, in_base64
from tests.measures.reports.views.test_door_messenger import SIZES, TOKEN, called, wrote
from tests.measures.reports.views.test_door_sms import phrase_in
from tests.measures.reports.views.test_narrowing import named

NAMES = "Садыкова Айгуль делит с ними"


@pytest.fixture
def messenger(agency: Officer, settings: Settings, tmp_path: Path) -> Iterator[Messenger]:
    """A messenger whose photos the server fetches."""
    settings.DOOR_MESSENGER = TOKEN
    peer = Messenger()
    settings.MESSENGER_BOT, settings.FILES_DIR = peer.address, tmp_path / "files"
    peer.files["large"] = b"content"
    yield peer
    peer.stop()


def sent(number: int, caption: str = "") -> str:
    """Send a photo of an album; what the bot answers."""
    more: dict[str, Any] = {"caption": caption} if caption else {}
    return str(called(wrote(None, number, photo=SIZES, media_group_id="77", **more))[1]["text"])


def seen_by(one: Officer) -> set[str]:
    """Reports that an officer sees."""
    return set(visible(actor_of(one.account), timezone.localdate()).values_list("pk", flat=True))


@pytest.mark.parametrize("words", ["He works for the agency органы, they share", NAMES])
def test_the_other_office_gets_the_first_report_too_when_a_later_part_names_all_who_have_it(
    agency: Officer, messenger: Messenger, words: str
) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    named(agency, "Садыкова Айгуль")
    sent(1, "They take money at the market")
    sent(2, words)
    sent(3)
    reports = set(Report.objects.values_list("pk", flat=True))
    assert (seen_by(agency), seen_by(other), len(reports)) == (set(), reports, 2)
    running = Deadline.objects.filter(name="report_acknowledgement", state="running")
    assert {(one.subject_id, one.body_id) for one in running} == {(one, other.unit.body_id) for one in reports}


def test_the_other_office_reads_the_first_report_once_its_reporter_adds_to_it(
    agency: Officer, messenger: Messenger, reporter: Reporter
) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    named(agency, "Садыкова Айгуль")
    phrase = phrase_in(sent(1, "They take money at the market"))
    report = Report.objects.get()
    sent(2, NAMES)
    translation.activate("en")  # the bot answered in the sender's language
    reporter.come_back(phrase)
    said = reporter.post("reports-return", step="add", text="here is more")
    assert "Your message was sent." in said
    assert "gets nothing of it" not in said
    key = envelopes.unwrap(bytes(wrap_of(report).wrapped), other.secret)
    read = [letters.open_letter(bytes(one.sealed), key).text for one in report.messages.all()]
    assert read == ["They take money at the market", "here is more"]


def test_files_after_the_part_that_names_somebody_are_added_to_the_report_of_that_part(
    agency: Officer, messenger: Messenger
) -> None:
    officer(unit("prosecutor"), "nurlan")
    named(agency, "Садыкова Айгуль")
    sent(1, "They take money at the market")
    first = Report.objects.get()
    sent(2, NAMES)
    sent(3)
    assert (first.messages.count(), Report.objects.exclude(pk=first.pk).get().messages.count()) == (1, 2)


def test_who_answers_for_the_first_report_answers_for_it_no_more_once_a_later_part_names_them(
    agency: Officer, messenger: Messenger
) -> None:
    officer(agency.unit, "dana")
    named(agency, "Садыкова Айгуль")
    sent(1, "They take money at the market")
    report = Report.objects.get()
    Report.objects.update(assigned_to=agency.account)
    Deadline.objects.update(account=agency.account)
    sent(2, NAMES)
    report.refresh_from_db()
    assert (report.assigned_to, report in unassigned(agency.unit)) == (None, True)
    Notification.objects.all().delete()
    for days in (6, 8, 9):
        tick(at=timezone.now() + timedelta(days=days))
    heard = Notification.objects.filter(href__contains=report.pk).values_list("account__username", flat=True)
    assert set(heard) == {"dana"}


def test_the_other_office_reads_the_first_report_once_a_script_of_its_reporter_adds_to_it(
    agency: Officer, messenger: Messenger
) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    named(agency, "Садыкова Айгуль")
    phrase = phrase_in(sent(1, "They take money at the market"))
    report, script = Report.objects.get(), Script()
    sent(2, NAMES)
    opened = carried.put({"report": report.pk})
    head = {"opened": opened, "named": script.step("narrow", opened=opened)["named"]["version"]}
    found = script.step("narrow", **head)
    assert found["unread"] == 1
    mailbox = receipts.unlock(phrases.read(" ".join(phrase)), bytes(report.locked_mailbox))
    _secret, own = envelopes.new_identity()
    letter = letters.seal(letters.Letter(letters.MESSAGE, "here is more"), [own, report.mailbox_recipient])
    wrapped = in_base64(envelopes.wrap(mailbox, found["readers"]))
    head |= {"readers": found["readers"], "recipient": own, "wrapped": wrapped, "sealed_to": found["recipient"]}
    assert script.step("add", letter, **head)["added"] is True
    key = envelopes.unwrap(bytes(wrap_of(report).wrapped), other.secret)
    read = [letters.open_letter(bytes(one.sealed), key).text for one in report.messages.all()]
    assert read == ["They take money at the market", "here is more"]
    assert script.step("narrow", opened=opened, named=head["named"])["unread"] == 0
