"""Browsers fold text and names, and look for offices and people in it, as the server does."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from adaldyq.base.name_keys import loose_keys, name_words
from adaldyq.base.names import arabic, comparison_key, latin
from adaldyq.countries.loader import HERE
from adaldyq.measures.reports.domain.named import Reading, called, has_office, put_right
from adaldyq.measures.reports.queries.named import hashed
from tests.sealing import test_phrases as shared

pytestmark = pytest.mark.browser
FOLDER = Path(shared.__file__).parent / "vectors"
LISTS = json.loads((HERE / "kz" / "names.json").read_text(encoding="utf-8"))
GIVEN = sorted({name for names in LISTS["names"].values() for name in names})
FAMILY = sorted({name for names in LISTS["surnames"].values() for name in names})
EXAMPLES, PEOPLE, SENTENCES = 1500, 60, 1500
WRITTEN = "абвгдеёжзийкіңғқөұүһәьяюыщшэ'’ʼ-. ·АБВГДЕІҚӨ abcçşğıshzhykhqxwy'ABCİßŉ ۇېئةعـابپتجچ 039_*½Ⅷ\u0301\u0306\u00ad\u200b中가ไ"
OFFICES = {
    "agency": ["Антикор", "Antikor", "Агентство РК по борьбе с коррупцией", "АПК РК", "Жемқорлыққа қарсы агенттік"],
    "prosecutor": ["Генпрокуратура", "ГП РК", "Бас прокуратура", "General Prosecutor"],
}
DECLINED = [
    (("Цой", "Виктор"), ["Цоя", "Цою", "с Цоем", "Цойға", "Цоёв"]),
    (("Иса", "Марат"), ["Исе", "Исы", "Исой", "Исаға", "исе"]),
    (("Белый", "Олег"), ["Белому", "Белых", "Берег"]),
    (("Серікұлы", "Нұрлан"), ["майор Серікұлы", "Серікұлына", "Н. Серікұлы"]),
]
"""Names whose forms take the place of their last letters, and such forms."""
WORDS = [
    *(
        "и",
        "не",
        "взяла",
        "дал",
        "у",
        "сказал",
        "ақша",
        "берді",
        "алды",
        "the",
        "in",
        "к",
        "М.",
        "А.",
        "Ш.",
        "Sh.",
        "АМ",
    ),
    *("и.", "-", ",", "\n", "антиквар", "болатын", "взятку", "Республики"),
]


@pytest.fixture
def browser_of_names(page: Page, tmp_path: Path) -> Page:
    """A page with the parts of the scripts that fold and look."""
    empty = tmp_path / "empty.html"
    empty.write_text("<!DOCTYPE html><meta charset=utf-8><title>vectors</title>")
    page.goto(empty.as_uri())
    page.add_script_tag(path=FOLDER / "naming.js")
    return page


def strange_texts() -> Sequence[str]:
    """Texts of any characters, and of those that names are written with."""
    known = st.characters(exclude_categories=["Cs", "Cn", "Co"])
    found: list[str] = []

    @seed(20261130)
    @settings(max_examples=EXAMPLES, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.one_of(st.text(known, max_size=30), st.text(st.sampled_from(WRITTEN), max_size=40)))
    def gather(text: str) -> None:
        found.append(text)

    gather()
    return found


def spelt_ways(name: str) -> Iterator[str]:
    """A name as people write it: plainly, with letters that look alike, parted, joined, in another script, declined."""
    yield from (name, name.lower(), name.upper(), latin(name), arabic(name))
    yield name.translate(str.maketrans("асеоркхАСЕОРКХВМТ", "aceopkxACEOPKXBMT"))
    yield name.translate(str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ"))
    yield from (" ".join(name), f"{name[:3]} {name[3:]}", f"{name[:3]}-{name[3:]}", unicodedata.normalize("NFD", name))
    yield from (f"{name}ой", f"{name}ға", f"{name}\u200bым", f"{name[:2]}\u0301{name[2:]}")
    yield from (f"{name.lower()}ой", f"{name[:4]} {name[4:]}ында")


def sentences(chance: random.Random, names: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Sentences that name somebody, or nearly."""
    offices = [one for names_of_one in OFFICES.values() for one in names_of_one]
    for _at in range(SENTENCES):
        family, given = chance.choice(names)
        other = chance.choice(names)
        named = [chance.choice([*spelt_ways(one)]) for one in (family, given)]
        initial = chance.choice([f"{given[0]}.", given[0], f"{given[0]}.М.", f"{given[:1]}М", latin(given[0])])
        told = chance.choice(
            [
                named,
                named[:1],
                named[1:],
                [named[0], initial],
                [initial, named[0]],
                [other[0], given],
                [family + given],
                [initial + named[0]],
                [chance.choice([*spelt_ways(chance.choice(offices))])],
                [],
            ]
        )
        yield " ".join([*chance.choices(WORDS, k=3), *told, *chance.choices(WORDS, k=3)])


def test_text_is_folded_in_a_browser_as_on_the_server(browser_of_names: Page) -> None:
    texts = [*strange_texts(), *(one for name in (*GIVEN, *FAMILY) for one in spelt_ways(name))]
    found = browser_of_names.evaluate("(texts) => foldTexts(texts)", texts)
    wanted = [[comparison_key(text), put_right(text)] for text in texts]
    assert [(text, *pair) for text, *pair in zip(texts, found, wanted, strict=True) if pair[0] != pair[1]] == []
    sounds = browser_of_names.evaluate("(texts) => soundTexts(texts)", texts)
    heard = [[[word, sorted(set(loose_keys(word)))] for word in name_words(text)] for text in texts]
    assert [(text, *pair) for text, *pair in zip(texts, sounds, heard, strict=True) if pair[0] != pair[1]] == []


def test_the_same_offices_and_people_are_found_in_a_browser_as_on_the_server(browser_of_names: Page) -> None:
    chance = random.Random(20261130)  # noqa: S311  # the same sentences each time
    names = [(chance.choice(FAMILY), chance.choice(GIVEN)) for _at in range(PEOPLE)]
    names += [one for one, _forms in DECLINED for _twice in range(2)]  # known by the register, and by the account only
    people = {str(at): called((one[0],) if at % 2 else (), (" ".join(one),)) for at, one in enumerate(names)}
    offices = {kind: [comparison_key(name).split() for name in called_so] for kind, called_so in OFFICES.items()}
    listed = {"salt": "of a test", "offices": offices, "people": [listed_as(*one) for one in people.items()]}
    spelt = [one for family, _given in names for one in spelt_ways(family)]
    declined = [text for _one, forms in DECLINED for text in forms]
    texts = [*sentences(chance, names), *spelt, *declined, *strange_texts()]
    found = browser_of_names.evaluate("([listed, texts]) => namedIn(listed, texts)", [listed, texts])
    wanted = []
    for text in texts:
        reading = Reading(text)
        of_people = sorted(tag for tag, one in people.items() if reading.names(one))
        wanted.append([[kind for kind, of_one in offices.items() if has_office(text, of_one)], of_people])
    assert [(text, *pair) for text, *pair in zip(texts, found, wanted, strict=True) if pair[0] != pair[1]] == []
    assert sum(bool(people) for _offices, people in wanted) > SENTENCES // 4
    assert sum(bool(offices) for offices, _people in wanted) > SENTENCES // 40
    assert sum(not people for _offices, people in wanted) > SENTENCES // 4


def listed_as(tag: str, one: Any) -> dict[str, object]:
    """Somebody as a page has them."""
    salt = "of a test"
    names = [[hashed(part, salt) for part in name] for name in one.names]
    return {"tag": tag, "alone": hashed(one.alone, salt), "names": names, "beside": hashed(one.beside, salt)}
