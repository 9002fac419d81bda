"""Nobody makes the seed of a draw, whoever files late comes into a later one, and an absent analyst holds nothing up."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone
from pytest_django import Settings

from adaldyq.kernel.actions.absences import declare_absence
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account
from adaldyq.kernel.naming import pack
from adaldyq.kernel.roles import Role
from adaldyq.ledger.cosignatures import cosign, cosigner
from adaldyq.ledger.models import Leaf, StoredCheckpoint, StoredCosignature
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.declarations.actions.selecting import assign_all, draw_all
from adaldyq.measures.declarations.models import Declaration, Review, ReviewSelection
from adaldyq.measures.declarations.queries.selecting import filed_since, frame_kept
from adaldyq.project.cli.declaring import declarations
from adaldyq.verification.models import Run
from tests import factories
from tests.measures.declarations.views.reviewing import SELECT, analyst, found, many_filed, select, signed_in

pytestmark = pytest.mark.django_db

ANALYSTS = "/en/declarations/reviews/analysts/"
CLOCK = system("clock")


def page_of(one: ReviewSelection) -> str:
    return f"/en/declarations/reviews/selections/{one.pk}/"


@pytest.fixture
def filed() -> list[Declaration]:
    declared = many_filed(12)
    found(declared[0])
    return declared


def test_the_seed_is_what_each_witness_signs_first_after_the_frame_is_in_the_ledger(
    filed: list[Declaration], settings: Settings, tmp_path: Path
) -> None:
    signer = cosigner("witness.example/w")
    settings.LEDGER_WITNESSES = f"http://127.0.0.1:9 {signer.verifier}"
    sequence(at=timezone.now())
    assert analyst().post(SELECT, {"year": 2024}).status_code == 302
    made = ReviewSelection.objects.get()
    assert (made.witnesses, made.seed) == (["witness.example/w"], "")
    sequence(at=timezone.now())
    assert analyst().post(page_of(made), {"step": "draw"}).status_code == 422
    for checkpoint in StoredCheckpoint.objects.order_by("size"):  # the first of them is from before the frame
        line = cosign(checkpoint.note.partition("\n\n")[0] + "\n", signer, at=timezone.now())
        StoredCosignature.objects.create(
            checkpoint=checkpoint, witness="witness.example/w", line=str(line), stated_at=timezone.now()
        )
    assert analyst().post(page_of(made), {"step": "draw"}).status_code == 302
    assert analyst().post(page_of(made), {"step": "draw"}).status_code == 409
    made.refresh_from_db()
    seed_text, frame = (analyst().get(f"{page_of(made)}{name}.txt").content for name in ("seed", "frame"))
    assert hashlib.sha256(seed_text).hexdigest() == made.seed
    assert (made.frame_sha256 in seed_text.decode(), "witness.example/w" in seed_text.decode()) == (True, True)
    position = Leaf.objects.get(act="declarations.selection.fix").position
    assert position is not None
    assert int(made.beacon.splitlines()[1]) > position
    files = {"frame": frame, "seed": seed_text, "other": frame.replace(b" 9\n", b" 8\n")}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    numbers = ["--risk", str(made.risk_count), "--lot", str(made.random_count), "--taken", made.taken_sha256]
    words = ["draw", str(tmp_path / "frame"), "--seed-text", str(tmp_path / "seed"), *numbers]
    said = CliRunner().invoke(declarations, words)
    assert said.exit_code == 0, said.output
    taken = Review.objects.order_by("declaration_id").values_list("declaration_id", "part")
    assert said.stdout.splitlines() == [f"{key} {part}" for key, part in taken]
    refused = {
        "draw-seed-of-another": ["draw", str(tmp_path / "other"), *words[2:]],
        "draw-seed-missing": ["draw", str(tmp_path / "frame"), *numbers],
        "draw-frame-unreadable": ["draw", str(tmp_path / "seed"), "--seed", "00", *numbers],
    }
    assert {code: refusal(wrong) for code, wrong in refused.items()} == {code: code for code in refused}
    assert_other_seeds_take_others(["draw", str(tmp_path / "frame"), "--seed"], numbers)


def assert_other_seeds_take_others(words: list[str], numbers: list[str]) -> None:
    """Of so few declarations, one seed or the other takes the same."""
    found = {refusal([*words, f"{number:02x}", *numbers]) for number in range(20)}
    assert found - {""} == {"draw-takes-another"}


def refusal(words: list[str]) -> str:
    """The code with which a draw is refused; empty when it is not."""
    return str(getattr(CliRunner().invoke(declarations, words).exception, "code", ""))


def test_a_frame_is_given_up_only_when_a_witness_has_not_signed_for_long(
    filed: list[Declaration], settings: Settings
) -> None:
    settings.LEDGER_WITNESSES = f"http://127.0.0.1:9 {cosigner('gone.example/w').verifier}"
    analyst().post(SELECT, {"year": 2024})
    made = ReviewSelection.objects.get()
    assert analyst().post(page_of(made), {"step": "give_up"}).status_code == 422
    assert analyst().post(SELECT, {"year": 2024}).status_code == 422
    ReviewSelection.objects.update(at=timezone.now() - timedelta(8))
    assert "Give the frame up" in analyst().get(page_of(made)).content.decode()
    assert analyst().post(page_of(made), {"step": "give_up"}).status_code == 302
    settings.LEDGER_WITNESSES = ""
    assert select()[0] == 302
    assert list(ReviewSelection.objects.order_by("turn").values_list("turn", "frame_size")) == [(1, 12), (2, 12)]


def test_whoever_files_after_the_draw_comes_into_a_later_one_by_the_clock(filed: list[Declaration]) -> None:
    analyst()
    select()
    made = ReviewSelection.objects.get()
    late = factories.declaration(factories.person())
    factories.declaration(filed[5].person, version=2)  # amends what was in the frame
    later = timezone.now() + timedelta(95)
    Run.objects.create(snapshot="b", snapshot_path="c", started_at=later, engine="d", outcome="done")
    draw_all(by=CLOCK, at=timezone.now())  # the pack's days have not passed
    assert filed_since(2024) == [late.pk]
    assert ReviewSelection.objects.count() == 1
    draw_all(by=CLOCK, at=later)
    second = ReviewSelection.objects.get(turn=2)
    assert (frame_kept(second).decode(), second.by, second.seed) == (f"{late.pk} 0\n", None, "")
    sequence(at=later)
    draw_all(by=CLOCK, at=later)
    assert Review.objects.get(declaration=late).selection_id == second.pk
    assert filed_since(2024) == []
    numbers = analyst().get("/en/declarations/statistics/reviews/reviews.csv").getvalue().decode()
    assert [line.split(",")[2] for line in numbers.splitlines()[1:]] == ["13", "13"]
    assert page_of(made) in analyst().get(SELECT).content.decode()


def test_reviews_of_an_analyst_who_is_away_for_long_go_to_others(filed: list[Declaration]) -> None:
    agency, now = factories.body("Агенттік"), timezone.now()
    analyst("away")
    select(name="away")
    for name in ("away", "other"):
        analyst(name)
        factories.grant(Account.objects.get(username=name), Role.AGENCY_ANALYST, body=agency)
    deputy, away = factories.account("deputy"), Account.objects.get(username="away")
    factories.grant(deputy, Role.INTEGRITY_OFFICER, body=agency)
    today = timezone.localdate(now)
    facts: dict[str, Any] = {
        "account": away,
        "deputy": deputy,
        "body": agency,
        "valid_from": today,
        "by": CLOCK,
        "at": now,
    }
    declare_absence(valid_to=today, **facts)
    assert assign_all(by=CLOCK, at=now) == 0  # a day is no reason
    declare_absence(valid_to=pack().due("review_absence", today) + timedelta(1), **facts)
    assert assign_all(by=CLOCK, at=now) == Review.objects.count()
    assert set(Review.objects.values_list("analyst__username", flat=True)) == {"other"}
    one = Review.objects.first()
    assert one is not None
    assert "away until" in analyst("other").get(f"/en/declarations/reviews/{one.pk}/").content.decode()


def test_the_head_gives_the_reviews_of_an_analyst_to_others_and_sees_numbers_only(filed: list[Declaration]) -> None:
    agency = factories.body("Агенттік")
    head, busy = factories.account("head"), factories.account("busy")
    factories.grant(head, Role.HEAD, body=agency)
    factories.grant(busy, Role.AGENCY_ANALYST, body=agency)
    select(name="busy")
    analyst("elsewhere")
    count = Review.objects.filter(analyst=busy).count()
    page = signed_in("head").get(ANALYSTS).content.decode()
    assert (str(count) in page, "busy" in page, "elsewhere" in page) == (True, True, False)
    assert not [one for one in filed if one.person_id in page or one.pk in page]
    assert signed_in("head").post(ANALYSTS, {"analyst": busy.pk, "text": " "}).status_code == 422
    assert signed_in("head").post(ANALYSTS, {"analyst": "elsewhere", "text": "Ill."}).status_code == 422
    assert signed_in("head").post(ANALYSTS, {"analyst": busy.pk, "text": "Long illness."}).status_code == 302
    assert set(Review.objects.values_list("analyst__username", flat=True)) == {"elsewhere"}
    assert analyst("busy").get(ANALYSTS).status_code == 403
    assert Leaf.objects.filter(act="declarations.review.reassign").count() == 1
