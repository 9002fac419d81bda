"""A document is numbered, tagged, kept as it was issued, and its check says what became of it."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import ImageOps
from pytest_django.fixtures import Settings

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.base.names import arabic
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.documents import letters, queries
from adaldyq.kernel.documents.actions import Issue, issue_document, next_number, withdraw_document
from adaldyq.kernel.documents.paper import Block, Paper, pdf
from adaldyq.kernel.models import Account, Document
from adaldyq.kernel.roles import Role
from adaldyq.kernel.uploads import store
from adaldyq.ledger.models import Leaf
from tests import factories
from tests.kernel.documents.reading import codes_of, drawn, structure_of, text_of

pytestmark = pytest.mark.django_db

LIGHT = 60  # shades above which a point is ink
AT = datetime(2026, 6, 1, 7, tzinfo=UTC)
REGISTRAR = Actor(id="", roles=frozenset({Role.REGISTRAR}))


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def paper(language: str = "kk") -> Paper:
    rows = [("Пәтер, №5", "1 000 000 ₸"), ("#strong[Үй]", "*2* $x$ @a <b> \\ // /*")]
    blocks = [
        Block("Деректер", facts=[("Аты-жөні", "Әбдіұлы Ғани")]),
        Block("Мүлік", columns=["Зат", "Бағасы"], rows=rows),
        Block("Бос бөлімдер", text="Көлік, сыйлық"),
    ]
    return Paper("Тапсырылғаны туралы куәлік", "Құжаттың мәні: өңдеу, һәм іс.", blocks, language)


def test_letters_that_no_font_has_are_written_by_their_numbers() -> None:
    strange = Block("🚗 Көлік", facts=[("✈️ שלום", "東京 شارع")])
    content = pdf(Paper("Куәлік", "", [strange], "kk"), number="TP-2026-000001", code="")
    text = text_of(content).replace("\n", "")
    for words in ("[U+1F697] Көлік", "[U+2708] [U+05E9]", "[U+6771]"):
        assert words in text


def test_every_listed_letter_can_be_drawn() -> None:
    every = " ".join(map(chr, sorted(letters.known())))
    assert pdf(Paper("T", "", [Block("B", text=every)], "kk"), number="TP-2026-000001", code="")


def issued(by: Account) -> Document:
    issue = Issue("test.paper", "TP", factories.person(), paper(), {"Year": "2025"})
    return issue_document(issue=issue, by=actor_of(by), at=AT)


def test_a_document_is_read_by_people_and_by_machines() -> None:
    content = pdf(paper(), number="TP-2026-000001", code="ABCDE12345")
    text = text_of(content)
    for words in ("Тапсырылғаны туралы куәлік", "Әбдіұлы Ғани", "1 000 000 ₸", "Көлік, сыйлық", "TP-2026-000001"):
        assert words in text
    address = "http://localhost:8000/kk/documents/check/?number=TP-2026-000001&code=ABCDE12345"
    assert codes_of(content) == [address]


def test_what_stands_in_a_document_is_never_taken_for_layout() -> None:
    text = text_of(pdf(paper(), number="TP-2026-000001", code="ABCDE12345"))
    assert "#strong[Үй]" in text
    assert "*2* $x$ @a <b> \\ // /*" in text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_document_is_tagged_for_accessibility(language: str) -> None:
    inside = structure_of(pdf(paper(language), number="TP-2026-000001", code="ABCDE12345"))
    for tag in (b"/StructTreeRoot", b"/MarkInfo", b"/Marked true", b"pdfuaid", b"/DisplayDocTitle true"):
        assert tag in inside, tag
    for role in (b"/H1", b"/H2", b"/Table", b"/TH", b"/TD", b"/Figure", b"/Link", b"/Alt"):
        assert role in inside, role
    assert f"/Lang({language})".encode() in inside.replace(b"/Lang (", b"/Lang(")


def from_the_right() -> Paper:
    """A document in a language that is written from the right; no word of it joins lam and alef."""
    rows = [(arabic("Boat"), "1\u202f000\u202f000\u00a0ZZD")]
    table = Block(arabic("Property"), columns=[arabic("Thing"), arabic("Price")], rows=rows)
    facts = Block(arabic("Year"), facts=[(arabic("Name"), arabic("Mira Tomin"))])
    return Paper(arabic("Certificate of filing"), arabic("The state has it."), [facts, table], "qaa")


@pytest.fixture
def right_to_left(settings: Settings) -> None:
    settings.LANGUAGES_BIDI = ["qaa"]


@pytest.mark.usefixtures("right_to_left")
def test_a_document_from_the_right_is_read_in_order() -> None:
    content = pdf(from_the_right(), number="TP-2026-000001", code="ABCDE12345")
    text = text_of(content)
    for words in ("Certificate of filing", "The state has it.", "Mira Tomin", "Property", "Boat"):
        assert arabic(words) in text, words
    assert "1 000 000" in text
    inside = structure_of(content)
    for tag in (b"/Marked true", b"pdfuaid", b"/H1", b"/TH", b"/Lang(qaa)"):
        assert tag in inside.replace(b"/Lang (", b"/Lang("), tag


@pytest.mark.usefixtures("right_to_left")
def test_a_document_from_the_right_is_drawn_at_the_right_with_joined_letters() -> None:
    top = drawn(pdf(from_the_right(), number="TP-2026-000001", code="ABCDE12345"))
    width, height = top.size
    heading = top.crop((0, height * 7 // 100, width, height * 12 // 100))
    box = ImageOps.invert(heading).getbbox()
    assert box
    assert box[2] > width * 0.85
    assert box[0] > width / 2
    joined, parted = pieces("\u0628\u0628\u0628\u0628"), pieces("\u0628\u200c\u0628\u200c\u0628\u200c\u0628")
    assert joined < parted


def pieces(word: str) -> int:
    """Columns of white between what is drawn of a title: letters that are joined leave none."""
    picture = drawn(pdf(Paper(word, "", [], "qaa"), number="TP-2026-000001", code="ABCDE12345"))
    width, height = picture.size
    line = ImageOps.invert(picture.crop((0, height * 8 // 100, width, height * 12 // 100)))
    columns = [max(line.crop((x, 0, x + 1, line.height)).tobytes()) > LIGHT for x in range(width)]
    return sum(1 for before, after in pairwise(columns) if after and not before)


def test_an_issued_document_has_a_number_a_line_and_its_file() -> None:
    holder = factories.account("aigerim")
    first, second = issued(holder), issued(holder)
    assert [first.number, second.number] == ["TP-2026-000001", "TP-2026-000002"]
    assert Leaf.objects.filter(act="kernel.document.issue", subject=first.pk).count() == 1
    content = store.take(first.place, sealed=True)
    assert len(content) == first.size
    assert queries.check_file(content).document == first
    assert set(queries.documents_of(actor_of(holder))) == {first, second}
    assert not queries.documents_of(actor_of(factories.account("other"))).exists()


def test_the_check_tells_genuine_from_unknown() -> None:
    document = issued(factories.account("aigerim"))
    checked = queries.check_number(f" {document.number.lower()} ", f"{document.code[:5]} {document.code[5:].lower()}")
    assert (checked.outcome, checked.document) == (queries.GENUINE, document)
    assert checked.receipt
    wrong = "0000000000" if document.code != "0000000000" else "1111111111"
    assert queries.check_number(document.number, wrong) == queries.Check(queries.UNKNOWN)
    assert queries.check_number("TP-2026-999999", document.code) == queries.Check(queries.UNKNOWN)
    content = store.take(document.place, sealed=True)
    assert queries.check_file(content + b"\n").outcome == queries.UNKNOWN


def test_a_withdrawn_document_says_so_with_its_ground() -> None:
    document = issued(factories.account("aigerim"))
    with pytest.raises(NotAllowed):
        withdraw_document(document=document, ground="why", by=Actor(id="", roles=frozenset()), at=AT)
    with pytest.raises(DomainError, match="reason-missing"):
        withdraw_document(document=document, ground=" ", by=REGISTRAR, at=AT)
    withdraw_document(document=document, ground="Issued by mistake.", by=REGISTRAR, at=AT)
    checked = queries.check_number(document.number, document.code)
    assert checked.outcome == queries.GONE
    assert checked.document
    assert checked.document.ground == "Issued by mistake."
    with pytest.raises(Conflict):
        withdraw_document(document=document, ground="why", by=REGISTRAR, at=AT)


def test_a_code_may_be_typed_with_letters_that_look_alike() -> None:
    assert queries.plain_code("il-o0 a") == "1100A"


def test_numbers_of_a_series_follow_each_other_and_series_do_not_mix() -> None:
    assert [next_number("A-2026"), next_number("B-2026"), next_number("A-2026")] == [
        "A-2026-000001",
        "B-2026-000001",
        "A-2026-000002",
    ]


def test_nothing_is_left_of_a_document_that_could_not_be_recorded(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**facts: object) -> Document:
        raise RuntimeError("no room")

    monkeypatch.setattr("adaldyq.kernel.documents.actions.record_document", fails)
    with pytest.raises(RuntimeError):
        issued(factories.account("aigerim"))
    assert [one for one in folder.rglob("*") if one.is_file()] == []
