"""Whoever reads findings leaves a row about each person concerned, and a page that logs nothing shows nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from adaldyq.kernel import reads
from adaldyq.kernel.models import Account, Read
from tests.verification.records import HOUSE, PERSON, analyst, made_run, the_finding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]

QUEUE = "/en/verification/findings/"


@pytest.fixture
def desk(browser_of: Callable[[Account], Client]) -> Client:
    return browser_of(analyst())


def rows() -> list[tuple[str, str, str, str]]:
    return list(Read.objects.order_by("pk").values_list("kind", "object_id", "person_id", "purpose"))


def test_the_queue_and_the_page_of_a_finding_are_logged(desk: Client) -> None:
    made_run()
    desk.get(QUEUE)
    desk.get(f"{QUEUE}{the_finding().pk}/")
    told = ("finding", the_finding().pk, PERSON)
    assert rows() == [(*told, "findings-queue"), (*told, "findings-finding")]
    assert Read.objects.filter(reader_id=Account.objects.get().pk, roles="agency_analyst").count() == 2


def test_a_file_of_findings_is_logged_row_by_row(desk: Client) -> None:
    made_run()
    b"".join(desk.get(f"{QUEUE}findings.csv").streaming_content)  # type: ignore[attr-defined]  # the test client hides it
    assert rows() == [("finding", the_finding().pk, PERSON, "findings-csv")]


def test_people_of_an_imported_collection_are_nobody_here(desk: Client) -> None:
    made_run([HOUSE], dataset="ukraine")
    desk.get(f"{QUEUE}{the_finding().pk}/")
    assert rows() == [("finding", the_finding().pk, "", "findings-finding")]


def test_whoever_is_refused_has_read_nothing(client: Client) -> None:
    made_run()
    client.get(QUEUE)
    client.get(f"{QUEUE}{the_finding().pk}/")
    assert rows() == []


def test_a_page_that_does_not_log_what_it_shows_is_not_shown(
    desk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(settings.ACCESS_MATRIX).open(encoding="utf-8", newline="") as lines:
        known = list(csv.DictReader(lines))
    matrix = tmp_path / "access.csv"
    with matrix.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(known[0]))
        writer.writeheader()
        writer.writerows(one | ({"reads": "person"} if one["route"] == "verification-runs" else {}) for one in known)
    monkeypatch.setattr(settings, "ACCESS_MATRIX", matrix)
    with pytest.raises(reads.ReadNotNoted, match="verification-runs"):
        desk.get("/en/verification/runs/")
