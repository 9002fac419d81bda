"""The search is filled anew from the registers, goes on where it was stopped, and says when it lacks something."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from adaldyq.kernel import indexing
from adaldyq.kernel.actions import merges
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Company, SearchEntry, SearchRebuild, SearchWord
from adaldyq.kernel.roles import Role
from adaldyq.kernel.search import Findable, find, put
from adaldyq.project.cli.searching import rebuild as command
from adaldyq.project.cli.searching import tell_what_is_lacking
from tests import factories
from tests.kernel.registry import AT

pytestmark = pytest.mark.django_db


def filled_before_there_was_a_search() -> None:
    factories.body("Қаржы министрлігі")
    for name in ("«Байтерек» ЖШС", "«Арман» ЖШС", "«Достық» ЖШС"):
        factories.loaded("company", Company(name=name, legal_form="too", source="r", as_of=factories.AS_OF))
    factories.official()
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()


def kinds() -> set[str]:
    return set(SearchEntry.objects.values_list("kind", flat=True))


def test_what_the_search_lacks_is_told_and_filled_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    filled_before_there_was_a_search()
    assert [one.kind for one in indexing.lacking()] == ["body", "company", "official"]
    tell_what_is_lacking()
    assert "adaldyq search rebuild" in capsys.readouterr().out
    assert CliRunner().invoke(command, catch_exceptions=False).exit_code == 0
    assert indexing.lacking() == []
    assert kinds() == {"body", "company", "official"}
    assert [one.kind for one in find("байтерек").entries] == ["company"]
    assert [one.kind for one in find("танатаров").entries] == ["official"]
    tell_what_is_lacking()
    assert capsys.readouterr().out.count("search rebuild") == 0


def test_a_rebuild_that_was_stopped_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    filled_before_there_was_a_search()
    monkeypatch.setattr(indexing, "KEYS_TOGETHER", 1)
    companies = next(one for one in indexing.searchables() if one.kind == "company")
    assert next(indexing.rebuild(companies, at=AT)) == 1
    assert companies in indexing.lacking()
    assert list(indexing.rebuild(companies, at=AT)) == [2, 3, 3]
    assert SearchEntry.objects.filter(kind="company").count() == 3
    assert SearchRebuild.objects.get().finished_at == AT


def test_what_is_no_longer_public_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    filled_before_there_was_a_search()
    monkeypatch.setattr(indexing, "KEYS_TOGETHER", 2)
    gone = [Findable("company", key, {"kk": f"Жоқ {key}"}) for key in ("000000000000", "ZZZZZZZZZZZZ")]
    put(gone)
    companies = next(one for one in indexing.searchables() if one.kind == "company")
    list(indexing.rebuild(companies, at=AT))
    assert set(SearchEntry.objects.filter(kind="company").values_list("key", flat=True)) == set(
        Company.objects.values_list("pk", flat=True)
    )
    assert not SearchWord.objects.filter(word__startswith="zzzz").exists()


def test_a_merged_company_is_found_no_longer_until_it_is_split() -> None:
    first, second = (actor_of(factories.account(name, Role.REGISTRAR)) for name in ("first", "second"))
    rows = [Company(name=name, legal_form="too", source="r", as_of=factories.AS_OF) for name in ("Самұрық", "Тұлпар")]
    factories.loaded("company", *rows)
    kept, gone = rows
    facts = {"register": "company", "kept": kept.pk, "merged": gone.pk, "reason": "One number"}
    merge = merges.confirm_merge(merge=merges.propose_merge(**facts, by=first, at=AT), by=second, at=AT)
    assert find("тұлпар").entries == []
    assert indexing.lacking() == []
    split = merges.propose_split(merge=merge, reason="Two numbers", by=first, at=AT)
    merges.confirm_split(merge=split, by=second, at=AT)
    assert [one.key for one in find("тұлпар").entries] == [gone.pk]


def test_a_new_database_lacks_nothing() -> None:
    assert indexing.lacking() == []
