"""Whatever is given to an adapter: an error with file, line and remedy, or a reject; never a traceback."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.measures.declarations.adapters import SOURCES
from tests.measures.declarations.adapters.conftest import Reader, Whole
from tests.measures.declarations.adapters.test_kosovo import ARTA, sheet
from tests.measures.declarations.adapters.test_sejm import member, written

SUFFIX = {"kosovo": "2012.csv", "sejm": "declarations.jsonl", "nacp": "declaration.json"}
EVERY = sorted(SOURCES)


def refused(whole: Reader, source: str, path: Path) -> DomainError:
    with pytest.raises(DomainError) as error:
        whole(source, path)
    assert str(path.name) in sentence(error.value)
    return error.value


@pytest.mark.parametrize("source", EVERY)
def test_a_path_that_is_not_there(source: str, tmp_path: Path, whole: Reader) -> None:
    assert refused(whole, source, tmp_path / "nowhere").code == "source-missing"


@pytest.mark.parametrize("source", EVERY)
def test_an_empty_folder(source: str, tmp_path: Path, whole: Reader) -> None:
    assert refused(whole, source, tmp_path).code == "source-empty"


def outcome_of(whole: Reader, source: str, path: Path) -> Whole | DomainError:
    try:
        return whole(source, path)
    except DomainError as error:
        return error


NONSENSE = {
    "an empty file": b"",
    "another kind of file": b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe",
    "Windows-1251": "Ім'я;Дохід\nІванов;5\n".encode("cp1251"),
    "Windows-1252": "Besa Gjon\xeb,5\n".encode("cp1252"),
    "UTF-16 of something else": "\ufeffa,b\n1,2\n".encode("utf-16-le"),
    "gzip cut off": gzip.compress(b"x" * 5000)[:40],
    "no gzip behind its mark": b"\x1f\x8bnot really",
    "JSON cut off": b'{"firstName": "A", "lastName": ',
    "JSON of another kind": b'{"a": [1, 2, {"b": null}]}',
    "a list": b"[]",
    "a number": b"1e999999999",
    "nested without end": b"[" * 100_000,
    "nested too deep": b'{"a":' * 200 + b"1" + b"}" * 200,
    "a quote without end": b'2012,"' + b"x" * 200_000,
    "zeros": b"\x00" * 100,
}


@pytest.mark.parametrize("source", EVERY)
@pytest.mark.parametrize("content", NONSENSE)
def test_one_file_of_nonsense_is_an_error_with_line_and_remedy(
    source: str, content: str, tmp_path: Path, whole: Reader
) -> None:
    file = tmp_path / SUFFIX[source]
    file.write_bytes(NONSENSE[content])
    outcome = outcome_of(whole, source, file)
    if isinstance(outcome, DomainError):
        assert outcome.code == "source-broken"
        assert file.name in sentence(outcome)
        assert int(str(outcome.parameters["line"])) >= 1
        return
    rows, collection = outcome
    assert not rows["declaration"]
    assert collection.rejects or content == "an empty file"


def test_a_file_of_kosovo_given_to_the_sejm_and_the_other_way(tmp_path: Path, whole: Reader) -> None:
    assert "check the source" in str(refused(whole, "sejm", sheet(tmp_path, 2012, ARTA)).parameters["problem"])
    assert "check the source" in str(refused(whole, "kosovo", written(tmp_path, member())).parameters["problem"])


def test_one_bad_file_among_good_ones_is_a_reject(tmp_path: Path, whole: Reader) -> None:
    sheet(tmp_path, 2012, ARTA)
    (tmp_path / "2013.csv").write_bytes("2013,\xeb".encode("cp1252"))
    rows, collection = whole("kosovo", tmp_path)
    assert len(rows["declaration"]) == 1
    (reject,) = collection.rejects
    assert reject.place == "2013.csv:1"
    assert "UTF-8" in str(reject.problem)


@pytest.mark.parametrize(
    "line",
    [
        '{"firstName": "A"}',
        '{"firstName": "A", "lastName": "", "assetDeclarations": []}',
        '{"firstName": "A", "lastName": 5, "assetDeclarations": []}',
        '{"cut',
        "[" * 9000,
        '{"firstName": "A", "lastName": "B", "assetDeclarations": ["x"]}',
        '{"firstName": "A", "lastName": "B", "assetDeclarations": [{"date": 5, "incomes": "all"}]}',
        '{"firstName": "A", "lastName": "B", "assetDeclarations": [{"date": {}, "incomes": [7]}]}',
    ],
)
def test_one_bad_line_among_good_ones_is_a_reject(line: str, tmp_path: Path, whole: Reader) -> None:
    file = tmp_path / "declarations.jsonl"
    good = gzip.decompress(written(tmp_path, member()).read_bytes()).decode()
    file.write_text(good + line + "\n", encoding="utf-8")
    rows, collection = whole("sejm", file)
    assert "Jan Wymyślony" in {row["declarant_name"] for row in rows["declaration"]}
    assert collection.rejects[0].place.startswith("declarations.jsonl:2")


def test_utf16_with_its_mark_is_read(tmp_path: Path, whole: Reader) -> None:
    file = sheet(tmp_path, 2012, ARTA)
    file.write_bytes(file.read_text(encoding="utf-8").encode("utf-16"))
    assert len(whole("kosovo", file)[0]["declaration"]) == 1


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["1e400", "-1", "NaN", 10**30, "31.02.2020", "XYZ", "Dom 1e9 ha, udział 999/1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
ITEM = st.dictionaries(
    st.sampled_from(
        [
            "currency",
            "currencyValue",
            "baseValue",
            "description",
            "value",
            "legalTitle",
            "name",
            "quantity",
            "yearlyValue",
            "businessName",
            "businessType",
            "income",
            "year",
        ]
    ),
    VALUES,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    sections=st.dictionaries(
        st.sampled_from(
            [
                "cashPositions",
                "realEstate",
                "liabilities",
                "receivables",
                "personalProperties",
                "securityPositions",
                "incomes",
                "businessActivities",
                "date",
                "documentUrl",
                "position",
            ]
        ),
        st.lists(ITEM, max_size=3) | VALUES,
    )
)
def test_whatever_a_record_holds_the_others_are_read(
    sections: dict[str, object], tmp_path: Path, whole: Reader
) -> None:
    file = written(tmp_path, member("Osoba Dobra"), member(**sections))
    rows, _ = whole("sejm", file)
    assert "Osoba Dobra" in {row["declarant_name"] for row in rows["declaration"]}


def test_a_text_longer_than_a_column_of_ours_is_cut_and_noted(tmp_path: Path, whole: Reader) -> None:
    rows, _ = whole("sejm", written(tmp_path, member("Jan " + "W" * 100_000, incomes=[{"description": "x" * 501}])))
    (declaration,) = rows["declaration"]
    assert len(str(declaration["declarant_name"])) == 300
    assert len(str(rows["declared_income"][0]["payer"])) == 500
    notes = {(note["table_name"], note["detail"]) for note in rows["source_note"] if note["kind"] == "text-cut"}
    assert ("declaration", "declarant_name: 100004 characters, the first 300 of them kept") in notes
    assert ("declared_income", "payer: 501 characters, the first 500 of them kept") in notes
    assert ("person_name", "text: 100004 characters, the first 300 of them kept") in notes
