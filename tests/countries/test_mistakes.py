"""Whatever is wrong with a pack is told with file, line and remedy, and all of it at once."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from adaldyq.countries.loader import HERE, read
from adaldyq.countries.problems import SENTENCES
from adaldyq.countries.reading import Note

BROKEN = {
    "a file that is not there": ("retention.csv", None, None, "pack-file-missing", None),
    "no YAML": ("pack.yaml", "names: {qaa", "names: {{qaa", "pack-not-yaml", 5),
    "no text": ("phases.yaml", "- group", "\x00- group", "pack-not-yaml", 2),
    "another encoding in a table": ("thresholds.csv", "cash_report", "cash_\udcffreport", "pack-not-utf-8", 8),
    "another encoding in YAML": ("pack.yaml", "sign: Zd", "sign: \udce9", "pack-not-utf-8", 9),
    "another encoding of borders": ("regions.geojson", '"ZZ-WE"', '"ZZ-\udcff"', "pack-not-utf-8", 5),
    "a year without end": ("phases.yaml", "year: 2016", "year: .inf", "pack-bad-value", 4),
    "quotes inside a value": ("holidays.csv", ",illustrative", ',"illus"trative', "pack-bad-quotes", 2),
    "a tag of Python": ("pack.yaml", "code: ZZ ", "code: !!python/name:os.system ZZ ", "pack-not-yaml", 3),
    "a text that is a number": ("pack.yaml", "sign: Zd", "sign: 5", "pack-not-a-text", 9),
    "places in words": ("pack.yaml", "places: 2", "places: two", "pack-not-whole", 9),
    "half a place": ("pack.yaml", "places: 2", "places: 2.5", "pack-not-whole", 9),
    "too many places": ("pack.yaml", "places: 2", "places: 9", "pack-too-large", 9),
    "places below none": ("pack.yaml", "places: 2", "places: -1", "pack-too-small", 9),
    "a script that is none": ("pack.yaml", "script: Arab", "script: arabic", "pack-looks-otherwise", 7),
    "neither true nor false": ("phases.yaml", "public: true", "public: maybe", "pack-not-true-or-false", 7),
    "a day of no calendar": ("phases.yaml", "since: 2017-01-01", "since: 2017-02-30", "pack-not-a-day", 5),
    "a list that is none": ("pack.yaml", "days: [5, 6]", "days: 5", "pack-not-a-list", 11),
    "parts that are none": ("pack.yaml", "{days: [5, 6], source: illustrative}", "5", "pack-not-parts", 11),
    "too long a list": ("pack.yaml", "[5, 6]", "[1, 2, 3, 4, 5, 6, 7]", "pack-too-many", 11),
    "a rule that is a riddle": ("identifiers.yaml", "[1-9]", "[1-9", "pack-bad-pattern", 15),
    "a checksum that is none": ("identifiers.yaml", "checksum: luhn", "checksum: crc", "pack-not-one-of", 16),
    "a phase twice": ("phases.yaml", "group: company_head", "group: official", "pack-phases-overlap", 9),
    "a key twice": ("pack.yaml", "code: ZZ", "code: ZZ\ncode: ZZ", "pack-twice", 4),
    "a key that nobody knows": ("pack.yaml", "code: ZZ", "colour: blue\ncode: ZZ", "pack-field-unexpected", 3),
    "no code": ("pack.yaml", "code: ZZ #", "#", "pack-field-missing", 1),
    "a currency that is none": ("pack.yaml", "code: ZZD", "code: zd", "pack-looks-otherwise", 9),
    "a language that is none": ("pack.yaml", "  en: {name", "  E_N: {name", "pack-not-a-language", 8),
    "a name missing": ("pack.yaml", "legal_form:", "legal_forms:", "pack-name-required", 21),
    "a form of nobody": ("pack.yaml", "people: [trader]", "people: [guild]", "pack-not-one-of", 44),
    "a translation missing": ("pack.yaml", ", en: Zarzand}", "}", "pack-untranslated", 4),
    "a translation too many": ("pack.yaml", ", en: Zarzand}", ", en: Zarzand, kk: З}", "pack-no-such-language", 4),
    "a zone that is none": ("pack.yaml", "Asia/Kathmandu", "Asia/Atlantis", "pack-no-such-zone", 10),
    "a zone that climbs": ("pack.yaml", "Asia/Kathmandu", "../../etc/passwd", "pack-no-such-zone", 10),
    "a last day that is none": ("pack.yaml", "month: 4, day: 30", "month: 4, day: 31", "pack-not-a-day", 18),
    "places of ISO": ("pack.yaml", "code: ZZD, places: 2", "code: JPY, places: 2", "pack-wrong-places", 9),
    "a source missing": ("pack.yaml", "days: [5, 6], source: illustrative", "days: [5, 6]", "pack-no-source", 11),
    "a source empty": ("pack.yaml", "sign: Zd, source: illustrative", "sign: Zd, source: ''", "pack-no-source", 9),
    "no working day": ("pack.yaml", "[5, 6]", "[0]", "pack-too-small", 11),
    "a row without a source": ("thresholds.csv", "3,index,illustrative", "3,index,", "pack-no-source", 2),
    "a column missing": ("thresholds.csv", "name,since", "name,from", "pack-column-missing", 1),
    "a column too many": ("thresholds.csv", "name,since", "name,from", "pack-unknown-field", 1),
    "a cell too many": ("thresholds.csv", "3,index,", "3,index,,", "pack-bad-row", 2),
    "no number": ("thresholds.csv", "3,index", "three,index", "pack-not-a-number", 2),
    "infinity": ("thresholds.csv", "3,index", "Infinity,index", "pack-not-a-number", 2),
    "below zero": ("thresholds.csv", "3,index", "-3,index", "pack-too-small", 2),
    "no day": ("thresholds.csv", "gift_limit,2015-01-01", "gift_limit,2015-02-30", "pack-not-a-day", 2),
    "a unit that is none": ("thresholds.csv", "3,index", "3,apples", "pack-not-one-of", 2),
    "an index counted in money": (
        "thresholds.csv",
        "large_cash,2015-01-01,500,index",
        "large_cash,2015-01-01,500,currency",
        "pack-not-one-of",
        31,
    ),
    "a sum counted in times": (
        "thresholds.csv",
        "cash_declared,2015-01-01,50,index",
        "cash_declared,2015-01-01,50,number",
        "pack-not-one-of",
        3,
    ),
    "the most of cash counted in percent": (
        "thresholds.csv",
        "cash_declared,2015-01-01,50,index",
        "cash_most,2015-01-01,50,percent",
        "pack-not-one-of",
        3,
    ),
    "an unknown threshold": ("thresholds.csv", "gift_limit", "gift_limits", "pack-not-one-of", 2),
    "a class without its reward": ("thresholds.csv", "reward_fixed_crime", "gift_limit", "pack-name-required", 50),
    "a threshold missing": ("thresholds.csv", "gift_limit", "gift_limits", "pack-name-required", 50),
    "a deadline missing": ("deadlines.csv", "appeal,", "appeals,", "pack-name-required", 31),
    "half a working day": ("deadlines.csv", "5,working_days", "5.5,working_days", "pack-not-whole", 2),
    "the index of nothing": ("index_values.csv", "2015-01-01,100", "2015-01-01,0", "pack-too-little", 2),
    "a year missing": ("index_values.csv", "2018-01-01", "2017-07-01", "pack-year-missing", 6),
    "a value twice": ("index_values.csv", "2016-01-01", "2015-01-01", "pack-twice", 3),
    "its own currency": ("exchange_rates.csv", "USD,2015", "ZZD,2015", "pack-not-a-currency", 2),
    "a year of another age": ("exchange_rates.csv", "USD,2015", "USD,99999999", "pack-too-large", 2),
    "a parent below": ("territories.csv", "region,ZZ,", "region,ZZ-XX,", "pack-parent-unknown", 4),
    "two countries": ("territories.csv", "ZZ-NO,02,region,ZZ,", "ZZ-NO,02,region,,", "pack-not-one-root", 4),
    "a level that is none": ("territories.csv", "02,region", "02,county", "pack-not-one-of", 4),
    "a place twice": ("territories.csv", "ZZ-EA-1,0301", "ZZ-EA,0301", "pack-twice", 10),
    "a holiday unknown": ("holidays.csv", "holiday,day_of_scales", "holiday,new_year", "pack-not-one-of", 2),
    "worked anyway": ("holidays.csv", "2024-11-15,work", "2024-11-14,work", "pack-worked-anyway", 31),
    "rests anyway": ("holidays.csv", "2024-11-10,rest", "2024-11-09,rest", "pack-rests-anyway", 30),
    "a moved day twice": ("holidays.csv", "2024-11-15,work", "2024-11-10,work", "pack-twice", 31),
    "a pattern that is none": ("identifiers.yaml", "[1-9]", "[1-9", "pack-bad-pattern", 15),
    "a pattern without end": ("identifiers.yaml", "[1-9]", "([1-9]+)+", "pack-endless-pattern", 15),
    "half a day": ("identifiers.yaml", "(?P<day>", "(", "pack-half-a-day", 6),
    "weights of nothing": ("identifiers.yaml", "checksum: luhn", "checksum: weighted", "pack-weights", 12),
    "an example that is none": ("identifiers.yaml", "['400123451'", "['400123454'", "pack-example", 18),
    "a right example called wrong": ("identifiers.yaml", "'0000000000000'", "'1975030100142'", "pack-example", 10),
    "a group unknown": ("phases.yaml", "group: official", "group: everybody", "pack-not-one-of", 2),
    "a circumstance unknown": ("phases.yaml", "[foreign_assets]", "[foreign_cars]", "pack-not-one-of", 19),
    "released before": ("phases.yaml", "year: 2023", "year: 2018", "pack-released-before", 16),
    "no borders": ("regions.geojson", '"features"', '"shapes"', "pack-not-borders", 1),
    "borders cut off": ("regions.geojson", "]\n}", "", "pack-not-json", 10),
    "a border missing": ("regions.geojson", '"ZZ-WE"', '"ZZ-XX"', "pack-no-border", 1),
    "a border of nothing": ("regions.geojson", '"ZZ-WE"', '"ZZ-XX"', "pack-border-of-nothing", 5),
    "an open ring": ("regions.geojson", "[[[72.3, -7.7], ", "[[[72.4, -7.7], ", "pack-bad-ring", 4),
    "words cut off": ("words/qaa/LC_MESSAGES/django.mo", "\udcde\x12\x04\udc95", "\x12", "pack-bad-words", 1),
    "a shape that is none": ("regions.geojson", '"Polygon"', '"Point"', "pack-bad-ring", 4),
}

EMPTY_CATALOGUE = struct.pack("<7I", 0x950412DE, 0, 0, 28, 28, 0, 28)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(HERE / "zz", tmp_path / "zz", ignore=shutil.ignore_patterns("words")))
    words = folder / "words" / "qaa" / "LC_MESSAGES"
    words.mkdir(parents=True)
    (words / "django.mo").write_bytes(EMPTY_CATALOGUE)
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8", errors="surrogateescape")
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_told_with_its_place(name: str, pack: Path) -> None:
    file, old, new, code, line = BROKEN[name]
    if old is None or new is None:
        (pack / file).unlink()
    else:
        change(pack / file, old, new)
    reading = read(pack)
    assert reading.pack is None
    told = {(one.code, one.parameters["file"], one.parameters.get("line")) for one in reading.report.mistakes}
    assert (code, file, line) in told
    for one in reading.report.mistakes:
        assert SENTENCES[one.code] % dict(one.parameters)


ELSEWHERE = {
    "pack.yaml": ("Asia/Kathmandu", "Asia/Atlantis"),
    "holidays.csv": ("holiday,day_of_scales", "holiday,new_year"),
    "territories.csv": ("region,ZZ,", "region,ZZ-XX,"),
    "identifiers.yaml": ("[1-9]", "[1-9"),
    "phases.yaml": ("group: official", "group: everybody"),
    "regions.geojson": ('"ZZ-WE"', '"ZZ-XX"'),
}


@pytest.mark.parametrize("first", ["places: 2|places: 9", "[5, 6]|[0]", "name: Asia|title: Asia"])
def test_a_part_of_another_shape_hides_no_mistake_elsewhere(first: str, pack: Path) -> None:
    for file, (old, new) in ELSEWHERE.items():
        if file != "pack.yaml" or "Asia" not in first:
            change(pack / file, old, new)
    change(pack / "pack.yaml", *first.split("|"))
    told = {(one.code, one.parameters["file"]) for one in read(pack).report.mistakes}
    assert {file for _, file in told} == set(ELSEWHERE)
    assert "Asia" in first or ("pack-no-such-zone", "pack.yaml") in told


@pytest.mark.parametrize(
    "change_of",
    [
        name
        for name, (file, old, _, code, _) in BROKEN.items()
        if file == "pack.yaml" and old and code != "pack-not-utf-8"
    ],
)
def test_a_mistake_of_the_facts_makes_none_of_other_files(change_of: str, pack: Path) -> None:
    file, old, new, _, _ = BROKEN[change_of]
    change(pack / file, str(old), str(new))
    names_judge_by_languages = {"a name missing", "a language that is none"}
    files = {one.parameters["file"] for one in read(pack).report.mistakes}
    assert files == {"pack.yaml"} or change_of in names_judge_by_languages


@pytest.mark.parametrize("file", ["thresholds.csv", "deadlines.csv", "retention.csv", "territories.csv"])
def test_a_table_in_another_encoding_is_one_mistake(file: str, pack: Path) -> None:
    text = (pack / file).read_text(encoding="utf-8") + "№\n"
    (pack / file).write_bytes(text.encode("utf-16"))
    assert [one.code for one in read(pack).report.mistakes] == ["pack-not-utf-8"]


def test_every_kind_of_mistake_is_tried() -> None:
    assert {code for *_, code, _ in BROKEN.values()} == {code for code in SENTENCES if code.startswith("pack-")}


def test_mistakes_of_all_files_are_told_at_once(pack: Path) -> None:
    for name in ("a zone that is none", "no number", "rests anyway", "a group unknown", "an open ring"):
        file, old, new, *_ = BROKEN[name]
        assert old is not None
        assert new is not None
        change(pack / file, old, new)
    files = [one.parameters["file"] for one in read(pack).report.mistakes]
    assert set(files) == {"pack.yaml", "thresholds.csv", "holidays.csv", "phases.yaml", "regions.geojson"}


def test_an_alias_inside_its_own_anchor_ends(pack: Path) -> None:
    (pack / "phases.yaml").write_text("- &a [*a]\n", encoding="utf-8")
    assert read(pack).pack is None


def test_an_empty_folder_lacks_every_file(tmp_path: Path) -> None:
    assert {one.code for one in read(tmp_path).report.mistakes} == {"pack-file-missing"}


def test_illustrative_values_are_noted_with_their_place(pack: Path) -> None:
    notes = read(pack).report.notes
    assert Note("thresholds.csv", 2, "gift_limit") in notes
    assert Note("pack.yaml", 10, "time_zone") in notes
