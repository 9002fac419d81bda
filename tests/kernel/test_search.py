"""The public search finds the same on every database, by other forms, in other letters, and mistyped."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from adaldyq.kernel.models import SearchEntry, SearchWord
from adaldyq.kernel.search import Findable, find, put, take_out

pytestmark = pytest.mark.django_db

PEOPLE = (
    Findable("person", "P1", {"kk": "Айгүл Сәрсенбайқызы", "ru": "Айгуль Сарсенбаева"}, {"kk": "бас маман"}),
    Findable("person", "P2", {"kk": "Нұржан Төлегенұлы", "ru": "Нуржан Тулегенов"}, {"kk": "әкім"}),
    Findable("person", "P3", {"kk": "Сәрсенбай Әкімов"}, {"kk": "кеңесші"}, ("Қаржы министрлігі",)),
)
BODIES = (
    Findable("body", "B1", {"kk": "Қаржы министрлігі", "ru": "Министерство финансов", "en": "Ministry of Finance"}),
    Findable("body", "B2", {"kk": "Алматы қаласының әкімдігі", "ru": "Акимат города Алматы"}),
)


@pytest.fixture(autouse=True)
def _entries() -> None:
    put([*PEOPLE, *BODIES])


def keys(text: str, **how: object) -> list[str]:
    return [entry.key for entry in find(text, **how).entries]  # type: ignore[arg-type]  # as the test says


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("министрлікке", {"B1", "P3"}),
        ("министерства финансов", {"B1"}),
        ("ministries of finance", {"B1"}),
        ("алматыда", {"B2"}),
        ("Сарсенбаева", {"P1"}),
        ("aigul", {"P1"}),
        ("Nurjan Tulegenov", {"P2"}),
        ("айгул", {"P1"}),
        ("сәрсен", {"P1", "P3"}),  # the beginning of a name
        ("әкім төлеген", {"P2"}),
        ("әкім", {"P2", "P3", "B2"}),
        ("нет такого", set()),
        ("", set()),
        ("!?…", set()),
    ],
)
def test_words_are_found_in_their_other_forms(text: str, there: set[str]) -> None:
    assert set(keys(text)) == there


def test_a_name_weighs_more_than_a_word_beside_it() -> None:
    assert keys("қаржы министрлігі") == ["B1", "P3"]


@pytest.mark.parametrize(
    ("typed", "read", "there"),
    [("Сарсенбаива", "Сарсенбаева", "P1"), ("Tulegenof", "Тулегенов", "P2"), ("министрствоо", "Министерство", "B1")],
)
def test_a_mistyped_word_is_read_as_the_nearest(typed: str, read: str, there: str) -> None:
    found = find(typed)
    assert there in [entry.key for entry in found.entries]
    assert found.read_as == read


def test_a_word_like_none_finds_nothing_and_is_not_read_as_another() -> None:
    found = find("qwrtp")
    assert (found.entries, found.counts, found.read_as) == ([], {}, "")


def test_kinds_are_counted_and_one_can_be_asked_for() -> None:
    assert find("министрлік").counts == {"body": 1, "person": 1}
    assert keys("министрлік", kind="body") == ["B1"]
    assert find("министрлік", kind="body").counts == {"body": 1, "person": 1}


def test_pages_follow_each_other() -> None:
    put(Findable("body", f"D{number:02}", {"kk": f"Аудан {number}"}) for number in range(25))
    first, second = keys("аудан", most=10), keys("аудан", first=10, most=10)
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    assert find("аудан").counts == {"body": 25}
    assert len(keys("аудан", first=20, most=10)) == 5


def test_what_is_put_in_again_is_written_anew() -> None:
    put([Findable("body", "B1", {"kk": "Қорғаныс министрлігі"})])
    assert keys("қорғаныс") == ["B1"]
    assert keys("финансов") == []
    assert SearchEntry.objects.filter(kind="body").count() == 2


def test_what_is_taken_out_is_gone_with_the_words_that_only_it_had() -> None:
    assert SearchWord.objects.filter(word="tulegenov").exists()
    take_out("person", {"P2", "P9"})
    assert keys("Тулегенов") == []
    assert not SearchWord.objects.filter(word="tulegenov").exists()
    assert SearchWord.objects.filter(word="aigul").exists()


def test_an_act_that_fails_leaves_nothing_to_find() -> None:
    with pytest.raises(RuntimeError, match="halfway"), transaction.atomic():
        put([Findable("body", "B9", {"kk": "Жаңа мекеме"})])
        raise RuntimeError("halfway")
    assert keys("мекеме") == []


@pytest.mark.parametrize(
    "text", ['"', "a' OR 1=1 --", "NEAR(a b)", "* :* & | !", "%s {0}", "\x00", "a" * 5000, "а " * 500]
)
def test_whatever_is_typed_breaks_nothing(text: str) -> None:
    assert find(text).entries == []


def test_the_database_uses_its_index() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN SELECT id FROM kernel_searchentry e WHERE e.forms @@ to_tsquery('simple', 'a')")
            assert "kernel_searchentry_forms" in str(cursor.fetchall())
        else:
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT rowid FROM kernel_searchentry_fts WHERE kernel_searchentry_fts MATCH 'a'"
            )
            assert "VIRTUAL TABLE INDEX" in str(cursor.fetchall())


def test_a_person_is_found_by_every_spelling_of_the_name_and_an_equal_one_comes_first() -> None:
    names = {"P7": "Құдайбергенов Ғабит", "P8": "Худайбергенов Габит", "P9": "Щербаков Юрий"}
    put(Findable("person", key, {"kk": name}, called=[name]) for key, name in names.items())
    put([Findable("body", "B7", {"ru": "Худайбергенов и партнёры"})])
    assert keys("Khudaibergenov Gabit") == ["P8", "P7"]
    assert set(keys("Xudaybergenov Gabit")) == {"P7", "P8"}
    assert keys("Құдайбергенов") == ["P7", "P8"]
    assert keys("Худайбергенов", kind="person") == ["P8", "P7"]
    assert keys("Scherbakov Iouri") == ["P9"]
    assert keys("Chtcherbakov") == ["P9"]
