"""The sample country comes into the database through acts, whole, however often the load is stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db.models import Count

from adaldyq.base.errors import DomainError
from adaldyq.demo import load, world
from adaldyq.demo.load import is_loaded, load_country
from adaldyq.demo.paper_story import PAPERS
from adaldyq.demo.score import read_truth
from adaldyq.demo.sign_ins import PASSWORD, SIGN_INS
from adaldyq.demo.world import Country
from adaldyq.kernel.models import Account, Body, Person, PersonName, Post
from adaldyq.kernel.roles import Role
from adaldyq.ledger.leaves import opens
from adaldyq.ledger.models import Leaf
from adaldyq.verification.contracts import published

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEED, PEOPLE = 5, 120

pytestmark = pytest.mark.django_db


def quiet(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def loaded(folder: Path, people: int = PEOPLE, progress: Callable[[str, int, int], None] = quiet) -> None:
    load_country(seed=SEED, people=people, folder=folder, at=AT, progress=progress)


def counts() -> dict[str, int]:
    return {name: one.model._default_manager.count() for name, one in published().items() if one.model}


def made(people: int = PEOPLE) -> dict[str, int]:
    found = dict.fromkeys(counts(), 0)
    for part in Country(SEED, people).parts():
        for name, table in part.tables.items():
            found[name] += table.num_rows
    found["obligation"] += 1 + PAPERS  # what the sample citizen has still to file, and what came on paper
    return found


def test_a_second_load_at_once_is_refused(tmp_path: Path) -> None:
    def again(what: str, done: int, total: int) -> None:
        with pytest.raises(DomainError) as refused:
            loaded(tmp_path)
        codes.add(refused.value.code)

    codes: set[str] = set()
    loaded(tmp_path, progress=again)
    assert codes == {"load-under-way"}
    assert is_loaded()


def test_all_that_was_made_is_in_the_registers(tmp_path: Path) -> None:
    loaded(tmp_path)
    assert counts() == made()
    assert is_loaded()


def test_texts_in_three_languages_come_along(tmp_path: Path) -> None:
    loaded(tmp_path)
    assert all(set(body.names) == {"kk", "ru", "en"} and body.names["kk"] == body.name for body in Body.objects.all())
    assert all(post.titles["kk"] == post.title for post in Post.objects.all())
    declarations = published()["declaration"].model
    assert declarations is not None
    public = declarations._default_manager.filter(is_public=True).values_list(
        "post_title", "post_titles", "search_text"
    )
    assert public
    assert all(titles["kk"] == title and found for title, titles, found in public)


def test_every_declaration_and_every_batch_leaves_its_line_in_the_ledger(tmp_path: Path) -> None:
    loaded(tmp_path)
    lines = dict(Leaf.objects.values_list("act").annotate(Count("id")))
    assert lines["declarations.declaration.file"] == made()["declaration"]
    assert lines["kernel.account.open"] == lines["kernel.role.grant"] == len(SIGN_INS)
    registers = {
        name
        for name, rows in made().items()
        if rows and name not in {"obligation", "declaration"} and not name.startswith("declared_")
    }
    assert lines["kernel.register.load"] == len(registers)
    one = Leaf.objects.filter(act="declarations.declaration.file").first()
    assert one is not None
    assert opens(bytes(one.entry), bytes(one.salt or b""), one.payload or "")


def test_the_demo_accounts_sign_in_with_their_roles(tmp_path: Path) -> None:
    loaded(tmp_path)
    for one in SIGN_INS:
        account = authenticate(username=one.username, password=PASSWORD)
        assert isinstance(account, Account)
        assert account.roles == {one.role}
        assert account.name
    official = Account.objects.get(username="official")
    assert official.person is not None
    assert official.person.declarations.filter(is_public=True, is_current=True).exists()
    officer = Account.objects.get(username="integrity-officer")
    assert officer.held[0].body_id in set(official.person.obligations.values_list("body_id", flat=True))
    assert {one.role for one in SIGN_INS} > {Role.AGENCY_ANALYST, Role.ADMINISTRATOR}


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    loaded(tmp_path)
    before = counts(), Leaf.objects.count()
    loaded(tmp_path)
    assert (counts(), Leaf.objects.count()) == before


@pytest.mark.parametrize("calls", [1, 9, 20])
def test_a_stopped_load_is_taken_up_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    monkeypatch.setattr(world, "PEOPLE_IN_CHUNK", 70)
    monkeypatch.setattr(load, "DECLARATIONS_TOGETHER", 25)
    said = 0

    def stop(what: str, done: int, total: int) -> None:
        nonlocal said
        said += 1
        if said > calls:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loaded(tmp_path, progress=stop)
    assert not is_loaded()
    loaded(tmp_path)
    assert counts() == made()
    assert Leaf.objects.filter(act="declarations.declaration.file").count() == made()["declaration"]


def test_progress_grows_to_the_number_of_people(tmp_path: Path) -> None:
    told: list[int] = []
    loaded(tmp_path, progress=lambda *said: told.append(said[1]))
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, PEOPLE)
    assert len(told) > 10


def test_the_truth_of_what_was_loaded_is_kept(tmp_path: Path) -> None:
    loaded(tmp_path)
    subjects = set(read_truth(tmp_path / "demo" / "truth.parquet")["subject_id"].to_pylist())
    assert subjects
    assert Person.objects.filter(pk__in=subjects).count() == len(subjects)


def test_another_sample_country_is_not_mixed_in(tmp_path: Path) -> None:
    loaded(tmp_path)
    with pytest.raises(DomainError) as refused:
        loaded(tmp_path, people=PEOPLE + 1)
    assert refused.value.code == "another-sample-country"
    assert refused.value.parameters == {"seed": SEED, "people": PEOPLE}
    assert counts() == made()


def test_registers_with_other_records_are_left_alone(tmp_path: Path) -> None:
    Person.objects.create(source="elsewhere", as_of=AT.date())
    with pytest.raises(DomainError) as refused:
        loaded(tmp_path)
    assert refused.value.code == "registers-not-empty"
    assert PersonName.objects.count() == 0


def test_a_spoilt_plan_is_no_reason_to_mix_countries(tmp_path: Path) -> None:
    loaded(tmp_path)
    (tmp_path / "demo" / "plan.json").write_text(json.dumps({"seed": SEED}))
    with pytest.raises(DomainError) as refused:
        loaded(tmp_path)
    assert refused.value.code == "registers-not-empty"
