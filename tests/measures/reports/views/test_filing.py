"""Reporting without a script, through the pages."""

from __future__ import annotations

import errno
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as ours
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from django.utils.translation import gettext

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Body, Event
from adaldyq.kernel.uploads.actions import clear_strays
from adaldyq.kernel.uploads.store import LEFT_FREE
from adaldyq.ledger.models import Leaf
from adaldyq.measures.reports.adapters import letters, store
from adaldyq.measures.reports.models import Enclosure, OfficerKey, Report
from adaldyq.measures.reports.queries.barring import may_receive
from adaldyq.measures.reports.queries.queue import visible
from adaldyq.measures.reports.queries.resealing import stale
from adaldyq.sealing import envelopes, phrases
from tests import factories
from tests.measures.reports.canary import assert_nowhere
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import Script

CANARY = "canary-7f3a91 he asked for 500 000"


def opened(report: Report, secret: str) -> letters.Letter:
    """The report, as an officer with this key reads it."""
    key = envelopes.unwrap(bytes(report.wraps.get(is_current=True).wrapped), secret)
    message = report.messages.get(place=1)
    return letters.open_letter(bytes(message.sealed), key)


def test_a_report_reaches_the_officer_and_gives_a_phrase(agency: Officer, reporter: Reporter) -> None:
    body = factories.body(name="Жер комитеті")
    words = reporter.report(CANARY, topic="bribe", about=body.pk, when="in March", amount="500 000", place="KZ-75")
    assert len(phrases.read(" ".join(words))) == phrases.ENTROPY_BYTES
    report = Report.objects.get()
    assert (report.topic, report.about_body, report.territory_id) == ("bribe", body, "KZ-75")
    letter = opened(report, agency.secret)
    assert (letter.text, letter.answers) == (CANARY, {"when": "in March", "amount": "500 000"})


def test_only_the_first_question_must_be_answered(agency: Officer, reporter: Reporter) -> None:
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what="", who="the inspector")
    assert reporter.status == 422
    assert 'href="#id_what"' in page
    assert "the inspector" in page
    page = reporter.post("reports-file", step="check", what=f"{CANARY}{'a' * 20_000}z")
    assert "at most 20000 characters" in page.replace(",", "").replace("\N{NO-BREAK SPACE}", "")
    assert "az</textarea>" in page
    page = reporter.post("reports-file", step="check", what=f"{CANARY}\n<b>twice")
    assert f"{CANARY}<br>&lt;b&gt;twice" in page
    reporter.post("reports-file", step="send")
    assert Report.objects.get().topic == "other"


@pytest.mark.parametrize("typed", ["Qwxzt", "Жер"])
def test_a_body_that_is_not_in_the_list_is_kept_in_own_words(agency: Officer, reporter: Reporter, typed: str) -> None:
    for name in ("Жер комитеті", "Жер инспекциясы"):
        factories.body(name=name)
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what=CANARY, about=typed)
    assert reporter.status == 422
    assert ("None of these" in page, "Nothing is called" in page) == (typed == "Жер", typed == "Qwxzt")
    own = {"about": typed, "about_asked": typed, "about_choice": "own-words", "about_receiver": "neither"}
    reporter.post("reports-file", step="check", what=CANARY, **{**own, "about": "Су"})
    assert reporter.status == 422  # another text than was asked about
    assert typed in reporter.post("reports-file", step="check", what=CANARY, **own)
    assert reporter.status == 200
    page = reporter.post("reports-file", step="change")
    assert 'value="own-words" checked' in page
    reporter.post("reports-file", step="check", what=CANARY, **own)
    reporter.post("reports-file", step="send")
    report = Report.objects.get()
    assert report.about_body is None
    assert opened(report, agency.secret).answers == {"about": typed}
    assert typed in reporter.come_back(reporter.words())


def test_files_are_sealed_as_they_arrive_and_stay_when_the_form_comes_back(agency: Officer, reporter: Reporter) -> None:
    photo = SimpleUploadedFile("photo.jpg", CANARY.encode() * 5000, "image/jpeg")
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what="", enclosures=[photo])
    assert reporter.status == 422
    assert "photo.jpg" in page
    reporter.post("reports-file", step="check", what="see the photo")
    reporter.post("reports-file", step="send")
    (file,) = opened(Report.objects.get(), agency.secret).files
    stored = Path(ours.FILES_DIR) / file.stored
    assert Enclosure.objects.get().stored == file.stored
    target = Path(ours.FILES_DIR) / "opened.jpg"
    with stored.open("rb") as sealed:
        envelopes.open_file(sealed, target, [file.key])
    assert target.read_bytes() == CANARY.encode() * 5000


def test_nothing_of_a_report_is_found_in_database_files_or_logs(
    agency: Officer, reporter: Reporter, caplog: pytest.LogCaptureFixture
) -> None:
    photo = SimpleUploadedFile(f"{CANARY}.txt", CANARY.encode() * 50, "text/plain")
    words = reporter.report(CANARY, who=CANARY, enclosures=[photo])
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text=CANARY)
    assert_nowhere([CANARY, " ".join(words)], caplog)


def test_no_time_and_no_line_tells_of_a_reporter(agency: Officer, reporter: Reporter) -> None:
    lines = Leaf.objects.count()
    reporter.report(CANARY)
    assert Leaf.objects.count() == lines
    events = Event.objects.filter(name__startswith="reports.report.")
    assert {
        (one.happened_at.astimezone(ours.PACK.zone).hour, one.happened_at.minute, one.happened_at.second)
        for one in events
    } == {(0, 0, 0)}


def test_the_same_form_sent_twice_is_one_report_with_one_phrase(agency: Officer, reporter: Reporter) -> None:
    reporter.look("reports-file")
    check = reporter.post("reports-file", step="check", what=CANARY)
    reporter.post("reports-file", step="send")
    first = reporter.words()
    reporter.page = check
    reporter.post("reports-file", step="send")
    assert reporter.words() == first
    assert Report.objects.count() == 1


def test_a_second_text_from_a_form_that_was_sent_is_kept_and_sent_anew_as_its_own_report(
    agency: Officer, reporter: Reporter
) -> None:
    form = reporter.look("reports-file")
    checks = []
    for what in (CANARY, CANARY, "something else altogether"):
        reporter.page = form
        checks.append(reporter.post("reports-file", step="check", what=what))
    phrases = []
    for reporter.page in checks[:2]:
        reporter.post("reports-file", step="send")
        phrases.append(reporter.words())
    assert phrases[0] == phrases[1]
    reporter.page = checks[2]
    assert "Another report was sent from this form already" in reporter.post("reports-file", step="send")
    assert (reporter.status, Report.objects.count()) == (422, 1)
    reporter.post("reports-file", step="send")
    assert reporter.words() != phrases[0]
    assert "something else altogether" in reporter.come_back(reporter.words())
    assert Report.objects.count() == 2


def test_what_the_page_of_a_report_carries_begins_no_other_report(agency: Officer, reporter: Reporter) -> None:
    page = reporter.come_back(reporter.report(CANARY))
    for step in ("check", "send", "change"):
        reporter.page = page
        reporter.post("reports-file", step=step, what=CANARY)
        assert reporter.status == 409
    assert Report.objects.count() == 1


def test_an_old_page_gives_back_what_was_typed(agency: Officer, reporter: Reporter) -> None:
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what=CANARY, carried="gAAAAABold")
    assert reporter.status == 409
    assert CANARY in page
    reporter.post("reports-file", step="check", what=CANARY)
    assert reporter.status == 200


@pytest.mark.parametrize("route", ["reports-start", "reports-file", "reports-return", "reports-official"])
def test_pages_of_reporters_leave_nothing_in_the_browser(agency: Officer, reporter: Reporter, route: str) -> None:
    reporter.look(route)
    assert not reporter.client.cookies
    assert reporter.response["Cache-Control"] == "no-store"
    assert reporter.response["Referrer-Policy"] == "no-referrer"
    assert len(reporter.response.content) % (32 * 1024) == 0
    assert "<title>Form" in reporter.page
    texts = re.findall(r"<textarea[^>]*>", reporter.page)
    assert [one for one in texts if 'spellcheck="false"' not in one or 'autocomplete="off"' not in one] == []
    assert "maxlength" not in reporter.page  # a browser would cut what is pasted, without a word


def test_a_phrase_pasted_into_a_message_is_refused(agency: Officer, reporter: Reporter) -> None:
    words = reporter.report(CANARY)
    reporter.look("reports-file")
    reporter.post("reports-file", step="check", what=f"my phrase is {' '.join(words)}")
    assert reporter.status == 422
    assert "holds the phrase of a receipt" in reporter.page


def test_a_phrase_cut_over_two_answers_is_refused(agency: Officer, reporter: Reporter) -> None:
    words = reporter.report("Once")
    reporter.look("reports-file")
    reporter.post("reports-file", step="check", what=f"I see {' '.join(words[:5])}", who=" ".join(words[5:]))
    assert reporter.status == 422
    assert "These answers together hold the phrase of a receipt" in reporter.page


def test_a_report_about_the_agency_goes_to_the_prosecutor(agency: Officer, reporter: Reporter) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    reporter.report(CANARY, about=agency.unit.body.pk)
    reporter.report(CANARY, about_receiver="agency")
    assert set(Report.objects.values_list("unit", flat=True)) == {prosecutor.unit.pk}
    assert opened(Report.objects.all()[0], prosecutor.secret).text == CANARY
    reporter.report(CANARY, about=prosecutor.unit.body.pk)
    assert Report.objects.filter(unit=agency.unit).count() == 1


def receiver(page: str) -> str:
    """Who gets the report, as the page says that shows everything once more."""
    label = gettext("Who gets it")
    found = re.search(rf"{label}\s*</dt>\s*<dd[^>]*>(.*?)</dd>", page, re.DOTALL)
    assert found, page
    return found[1].strip()


def spoken_name(one: Officer) -> str:
    """The name of an officer's body in the language of the page."""
    return str(naming.spoken(one.unit.body.names, one.unit.body.name))


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("ru", "Антикор"),
        ("ru", "антикоррупционное агентство"),
        ("ru", "АПК РК"),
        ("kk", "Антикор"),
        ("kk", "Жемқорлыққа қарсы агенттік"),
        ("en", "Antikor"),
        ("en", "Anti-corruption agency"),
    ],
)
def test_a_report_about_the_agency_by_what_people_call_it_goes_to_the_prosecutor(
    agency: Officer, reporter: Reporter, language: str, name: str
) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    translation.activate(language)
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what=CANARY, about=name)
    assert (reporter.status, receiver(page)) == (200, spoken_name(prosecutor))  # who gets it is named before it is sent
    reporter.post("reports-file", step="send")
    report = Report.objects.get()
    assert (report.unit, report.about_body) == (prosecutor.unit, agency.unit.body)


def test_a_text_with_a_name_of_the_agency_offers_it_and_own_words_need_an_answer_about_the_offices(
    agency: Officer, reporter: Reporter
) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    typed = "Антикор, Айдос"
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what=CANARY, about=typed)
    assert reporter.status == 422
    assert f'value="{agency.unit.body.pk}"' in page
    own = {"about": typed, "about_asked": typed, "about_choice": "own-words"}
    page = reporter.post("reports-file", step="check", what=CANARY, **own)
    assert (reporter.status, 'href="#id_about_receiver' in page) == (422, True)
    page = reporter.post("reports-file", step="check", what=CANARY, about_receiver="agency", **own)
    assert (reporter.status, receiver(page)) == (200, spoken_name(prosecutor))
    reporter.post("reports-file", step="send")
    report = Report.objects.get()
    assert report.unit == prosecutor.unit
    assert not may_receive(report, agency.unit)


def test_a_report_about_the_prosecutor_in_own_words_never_comes_to_them(agency: Officer, reporter: Reporter) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    typed = "where Nurlan works"
    own = {"about": typed, "about_asked": typed, "about_choice": "own-words", "about_receiver": "prosecutor"}
    reporter.report(CANARY, **own)
    report = Report.objects.get()
    assert report.unit == agency.unit
    assert not may_receive(report, prosecutor.unit)


def test_who_names_every_office_is_told_so_and_what_can_be_done(agency: Officer, reporter: Reporter) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    both = {"about": prosecutor.unit.body.pk, "about_receiver": "agency"}
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what=CANARY, **both)
    assert reporter.status == 422
    assert "No office is left that may have it" in page
    assert 'href="#id_about"' in page
    assert CANARY in page
    script = Script()
    told = script.send({"step": "route", "token": script.token, **both})
    assert "a court or the ombudsman" in told["errors"]["about"]
    reporter.report(CANARY, about=prosecutor.unit.body.pk)
    assert Report.objects.get().unit == agency.unit


@pytest.mark.parametrize("place", ["in it", "above", "beneath"])
def test_a_report_is_not_sealed_to_an_officer_whose_family_works_in_the_body(
    agency: Officer, reporter: Reporter, place: str
) -> None:
    body = factories.body(name="Жер комитеті")
    above = factories.body(name="Министрлік")
    Body.objects.filter(pk=body.pk).update(parent=above)
    clerk, sister = factories.person(), factories.person()
    factories.appointment(clerk, factories.post(of=above if place == "above" else body))
    factories.family_tie(sister, clerk, kind="sibling")
    biased = officer(agency.unit, "biased", person=sister)
    reporter.report(CANARY, about=above.pk if place == "beneath" else body.pk)
    assert opened(Report.objects.get(), agency.secret).text == CANARY
    assert not visible(actor_of(biased.account), timezone.localdate()).exists()
    assert visible(actor_of(agency.account), timezone.localdate()).exists()
    assert list(stale(actor_of(agency.account), timezone.localdate())) == []  # it need not be sealed anew
    with pytest.raises(Exception, match="envelope-not-opened"):
        opened(Report.objects.get(), biased.secret)


def test_without_an_officer_with_a_key_nothing_is_taken_and_nothing_lost(agency: Officer, reporter: Reporter) -> None:
    reporter.look("reports-file")
    reporter.post("reports-file", step="check", what=CANARY)
    OfficerKey.objects.all().delete()
    page = reporter.post("reports-file", step="send")
    assert reporter.status == 422
    assert "Nothing was taken" in page
    assert not Report.objects.exists()
    assert CANARY in reporter.post("reports-file", step="change")


def test_too_many_bytes_are_said_and_leave_nothing(
    agency: Officer, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adaldyq.measures.reports.views.quiet.LARGEST_IN_ALL", 1000)
    reporter.look("reports-file")
    large = SimpleUploadedFile("film.mp4", b"x" * 200_000)
    reporter.post("reports-file", step="check", what=CANARY, enclosures=[large])
    assert reporter.status == 422
    assert "more than 50 MB together" in reporter.page
    assert [one for one in Path(ours.FILES_DIR).rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("full", ["but for the rest", "from the beginning", "in the middle", "at the last flush"])
def test_a_full_disk_is_said_and_nothing_that_was_typed_is_lost(
    agency: Officer, reporter: Reporter, monkeypatch: pytest.MonkeyPatch, full: str
) -> None:
    def no_room(*_given: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    if full == "but for the rest":  # the database needs it
        monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=LEFT_FREE - 1))
    elif full == "from the beginning":
        monkeypatch.setattr(store, "begin", no_room)
    elif full == "at the last flush":
        monkeypatch.setattr("os.fsync", no_room)
    else:
        monkeypatch.setattr(store, "begin", lambda _place: Path("/dev/full").open("wb"))  # noqa: SIM115  # closed by whoever begins
    reporter.look("reports-file")
    reporter.post(
        "reports-file", step="check", what=CANARY, enclosures=[SimpleUploadedFile("film.mp4", b"x" * 200_000)]
    )
    assert reporter.status == 422
    assert "There is no room for this file at the moment" in reporter.page
    assert CANARY in reporter.page
    assert [one for one in Path(ours.FILES_DIR).rglob("*") if one.is_file()] == []
    monkeypatch.undo()
    reporter.post("reports-file", step="check", what=CANARY)
    reporter.post("reports-file", step="send")
    assert opened(Report.objects.get(), agency.secret).text == CANARY


def test_files_of_a_form_that_was_never_sent_are_cleared_away_and_others_kept(
    agency: Officer, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter.report(CANARY, enclosures=[SimpleUploadedFile("kept.txt", b"kept")])
    reporter.look("reports-file")
    reporter.post("reports-file", step="check", what=CANARY, enclosures=[SimpleUploadedFile("left.txt", b"left")])
    assert clear_strays(at=timezone.now() + timedelta(hours=12)) == 0
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=LEFT_FREE - 1))
    assert clear_strays(at=timezone.now() + timedelta(minutes=29)) == 0
    assert clear_strays(at=timezone.now() + timedelta(minutes=31)) == 1
    monkeypatch.undo()
    reporter.look("reports-file")
    reporter.post("reports-file", step="check", what=CANARY, enclosures=[SimpleUploadedFile("left.txt", b"left")])
    assert clear_strays(at=timezone.now() + timedelta(days=2)) == 1
    assert (Path(ours.FILES_DIR) / Enclosure.objects.get().stored).exists()
