"""Pages of runs: what each rule said, what could not be judged, and the request for another run."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from adaldyq.kernel.actions.erasures import confirm_erasure, propose_erasure
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Erasure
from adaldyq.kernel.roles import Role
from adaldyq.verification.catalogue import rules
from adaldyq.verification.models import Run
from tests import factories
from tests.verification.records import ESTATE, NAME, account, analyst, made_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]

BrowserOf = Callable[[Account], Client]
QUEUE, RUNS = "/en/verification/findings/", "/en/verification/runs/"


@pytest.fixture
def desk(browser_of: BrowserOf) -> Client:
    """The browser of an analyst."""
    return browser_of(analyst())


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def test_a_run_tells_what_could_not_be_judged_and_why(desk: Client) -> None:
    run = made_run(unjudged={"missing-table:bank_balance": 30, "missing-column:declaration.filed_at": 12})
    text = text_of(desk, f"{RUNS}{run.pk}/")
    assert "The source has no table “Bank balances, from the banks” (bank_balance)." in text
    assert "“Filed” (declaration.filed_at)" in text
    assert "telephone numbers" in text
    assert "declaration.parquet" in text


def test_a_run_whose_snapshot_was_replaced_says_so(desk: Client) -> None:
    run = made_run()
    Run.objects.filter(pk=run.pk).update(snapshot="0" * 64)
    assert "no longer kept" in text_of(desk, f"{RUNS}{run.pk}/")


def test_runs_of_the_country_say_since_when_an_erasure_keeps_them_from_being_done_again(
    desk: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.ERASED, settings.FILES_DIR = tmp_path / "erased", tmp_path / "files"
    run, collection = made_run(), made_run()
    Run.objects.filter(pk=collection.pk).update(dataset="kosovo")
    assert "Not reproducible since" not in text_of(desk, f"{RUNS}{run.pk}/")
    first, second = (actor_of(factories.account(name, Role.REGISTRAR)) for name in ("first", "second"))
    asked = propose_erasure(
        person=factories.person(["Зейнегүл Ерасылқызы"]),
        ground=Erasure.Ground.ORDER,
        legal_basis="Decision 7",
        reason="The court ordered it.",
        by=first,
        at=timezone.now(),
    )
    confirm_erasure(erasure=asked, by=second, at=timezone.now())
    assert "Not reproducible since" in text_of(desk, f"{RUNS}{run.pk}/")
    assert "Not reproducible since" not in text_of(desk, f"{RUNS}{collection.pk}/")
    assert "Not reproducible since" not in text_of(desk, f"{RUNS}{made_run().pk}/")


@pytest.mark.parametrize(
    ("language", "words"), [("kk", ("Ел тіркелімдері", "Қазақстан")), ("ru", ("Реестры страны", "Казахстан"))]
)
def test_a_run_says_in_every_language_what_was_run_and_where_it_comes_from(
    language: str, words: tuple[str, str], desk: Client
) -> None:
    text = text_of(desk, f"{RUNS}{made_run().pk}/".replace("/en/", f"/{language}/"))
    for word in words:
        assert word in text


def test_a_run_is_asked_for_from_the_page(desk: Client) -> None:
    answer = desk.post(f"{RUNS}request/", {"dataset": "-"}, follow=True)
    assert "The run is asked for" in answer.content.decode()
    assert "Asked for and not yet ended" in answer.content.decode()
    again = desk.post(f"{RUNS}request/", {"dataset": "-"})
    assert again.status_code == 422
    assert "has been asked for already" in again.content.decode()


def test_a_forged_dataset_is_refused_in_words(desk: Client) -> None:
    answer = desk.post(f"{RUNS}request/", {"dataset": "../../etc"})
    assert answer.status_code == 422
    assert "There is no dataset “../../etc” here." in answer.content.decode()


def test_an_auditor_sees_runs_without_a_way_to_the_findings(browser_of: BrowserOf) -> None:
    run = made_run()
    auditor = browser_of(account("Auditor", Role.AUDITOR))
    assert "Ask for a run" not in text_of(auditor, RUNS)
    text = text_of(auditor, f"{RUNS}{run.pk}/")
    assert rules()[ESTATE].head.title.en in text
    assert QUEUE not in text
    assert NAME not in text
