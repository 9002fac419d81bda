"""Two browsers with one phrase add at the same moment, each naming somebody: nobody whom either names reads on, nothing fails."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.models import Bar, KeyWrap, Report
from adaldyq.measures.reports.queries.narrowing import Heard, Readers, left_after
from adaldyq.sealing import envelopes
from tests.measures.reports.office import officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_narrowing import named

TEXTS = ("Садыкова делит", "Жумагалиев делит")


def add(browser: Reporter, text: str) -> str:
    """Add something, in a thread with its own language and connection."""
    translation.activate("en")
    try:
        return browser.post("reports-return", step="add", text=text)
    finally:
        connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_name_somebody_at_once_are_both_taken_or_told_to_send_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translation.activate("en")
    settings.FILES_DIR = tmp_path / "files"
    first = named(officer(unit("agency"), "aigul"), "Садыкова Айгуль")
    second, third = named(officer(first.unit, "talgat"), "Жумагалиев Талгат"), officer(first.unit, "third")
    browsers = (Reporter(), Reporter())
    words = browsers[0].report("They take money")
    for one in browsers:
        one.come_back(words)
    both_asked, before, met = threading.Barrier(2, timeout=60), left_after, set[int]()

    def meeting(report: Report, heard: Heard, day: date) -> Readers:
        found, own = before(report, heard, day), threading.get_ident()
        if threading.current_thread() is not threading.main_thread() and own not in met:
            met.add(own)
            both_asked.wait()  # by both, before either was taken in
        return found

    monkeypatch.setattr("adaldyq.measures.reports.actions.narrowing.left_after", meeting)

    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(add, browsers, TEXTS))
    assert [one.status for one in browsers] == [200, 200]
    assert sum("gets nothing of it from now on" in one for one in pages) == 1
    told = next(at for at, one in enumerate(pages) if "Nothing was taken yet; send it again" in one)
    assert TEXTS[told] in pages[told]
    assert "gets nothing of it from now on" in browsers[told].post("reports-return", step="add", text=TEXTS[told])
    report, wrapped = Report.objects.get(), bytes(KeyWrap.objects.get(is_current=True).wrapped)
    assert (report.messages.count(), Bar.objects.count()) == (3, 2)
    assert envelopes.unwrap(wrapped, third.secret)
    for barred in (first, second):
        with pytest.raises(DomainError):
            envelopes.unwrap(wrapped, barred.secret)
