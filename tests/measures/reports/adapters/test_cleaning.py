"""Cleaned copies: nothing of whoever made a file, nothing that runs or reaches out, and all that its pages show."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from click.testing import CliRunner
from django.utils import translation
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it has no types
from PIL import Image

from adaldyq.project.cli.reporting import reports as command
from tests.measures.reports.adapters import documents
from tests.measures.reports.adapters.documents import CANARY, SHOWN, written


def cleaned(*files: Path, to: Path | None = None) -> tuple[int, str]:
    """What the command says, and its exit code."""
    options = ["--to", str(to)] if to else []
    with translation.override("en"):
        done = CliRunner().invoke(command, ["clean", *map(str, files), *options], standalone_mode=False)
    assert done.exception is None, done.exception
    return int(done.return_value or 0), done.output


def parts_of(package: Path) -> dict[str, bytes]:
    """The parts of a package; each that is XML can be read."""
    with zipfile.ZipFile(package) as pack:
        assert {one.date_time for one in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        parts = {name: pack.read(name) for name in pack.namelist()}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(part)  # noqa: S314  # our own
    assert not any(CANARY.encode() in part or CANARY in name for name, part in parts.items())
    return parts


def test_a_document_with_macros_becomes_one_without_that_shows_the_same(tmp_path: Path) -> None:
    file = written(tmp_path, docm=documents.docm())["docm"]
    before = file.read_bytes()
    code, said = cleaned(file)
    assert code == 0
    for what in ("macros and what runs (1)", "embedded files (1)", "links to elsewhere (2)", "tracked changes"):
        assert what in said
    parts = parts_of(tmp_path / "act-clean.docx")
    text = "".join(ET.fromstring(parts["word/document.xml"]).itertext())  # noqa: S314  # our own
    assert text == f"{SHOWN} tenge, see there"
    assert "macroEnabled" not in parts["[Content_Types].xml"].decode()
    assert set(parts) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/settings.xml",
        "word/media/photo.jpeg",
    }
    assert not dict(Image.open(io.BytesIO(parts["word/media/photo.jpeg"])).getexif())
    assert file.read_bytes() == before


def test_a_table_keeps_its_values_and_fetches_nothing(tmp_path: Path) -> None:
    code, said = cleaned(written(tmp_path, xlsx=documents.xlsx())["xlsx"])
    assert (code, "links to elsewhere" in said) == (0, True)
    parts_of(tmp_path / "act-clean.xlsx")
    sheet = load_workbook(tmp_path / "act-clean.xlsx").active
    assert sheet is not None
    assert [one.value for one in next(sheet.iter_rows())] == [SHOWN, "=SUM(A1)", 8]


def test_an_opendocument_text_keeps_its_words_and_the_picture_of_its_object(tmp_path: Path) -> None:
    code, said = cleaned(written(tmp_path, odt=documents.odt())["odt"])
    assert (code, "macros and what runs (2)" in said, "embedded files (2)" in said) == (0, True, True)
    parts = parts_of(tmp_path / "act-clean.odt")
    assert next(iter(parts)) == "mimetype"
    text = "".join(ET.fromstring(parts["content.xml"]).itertext())  # noqa: S314  # our own
    assert text == f"{SHOWN}, see therea note"
    assert set(parts) == {"mimetype", "META-INF/manifest.xml", "content.xml", "ObjectReplacements/Object 1"}


def test_a_pdf_shows_the_same_and_holds_nothing_else(tmp_path: Path) -> None:
    code, said = cleaned(written(tmp_path, pdf=documents.pdf())["pdf"])
    assert code == 0
    for what in ("macros and what runs (1)", "embedded files (1)", "links to elsewhere (1)", "other notes beside"):
        assert what in said
    copy = tmp_path / "act-clean.pdf"
    content = copy.read_bytes()
    for told in (CANARY.encode(), CANARY.encode("utf-16-be"), b"/JavaScript", b"/EmbeddedFiles", b"/URI", b"/Info"):
        assert told not in content
    shown = pypdfium2.PdfDocument(copy)
    assert (len(shown), shown[0].get_textpage().get_text_bounded().strip()) == (1, SHOWN)
    assert [one.type for one in shown[0].get_objects()].count(3) == 1  # the photo


def test_photos_lose_place_device_and_time_and_are_upright(tmp_path: Path) -> None:
    files = written(tmp_path, jpg=documents.jpeg(), png=documents.png())
    turned = Image.open(io.BytesIO(files["jpg"].read_bytes()))
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(tmp_path / "turned.jpg", exif=exif)
    code, said = cleaned(files["jpg"], tmp_path / "turned.jpg", files["png"], to=tmp_path / "clean")
    assert (code, "place (1); device and program (1); time (1)" in said) == (0, True)
    sizes = {}
    for copy in (tmp_path / "clean").iterdir():
        picture = Image.open(io.BytesIO(copy.read_bytes()))
        sizes[copy.name] = picture.size
        assert not dict(picture.getexif())
        assert CANARY.encode() not in copy.read_bytes()
    assert sizes == {"act-clean.jpg": (60, 40), "turned-clean.jpg": (40, 60), "act-clean.png": (60, 40)}
    clear = io.BytesIO((tmp_path / "clean" / "act-clean.png").read_bytes())
    assert Image.open(clear).convert("RGBA").getpixel((1, 1)) == (0, 120, 120, 90)


POLYGLOTS = {
    "photo and package": lambda: documents.jpeg() + documents.docm(),
    "paper and package": lambda: documents.pdf() + documents.docm(),
    "page of the web and package": lambda: f"<script>{CANARY}</script>".encode() + documents.docm(),
    "photo in the name of a package": documents.jpeg,
}


@pytest.mark.parametrize("kind", ["jpg", "pdf", "docx"])
@pytest.mark.parametrize("made", POLYGLOTS)
def test_of_a_file_that_is_two_at_once_one_is_left_or_none(tmp_path: Path, made: str, kind: str) -> None:
    file = tmp_path / f"act.{kind}"
    file.write_bytes(POLYGLOTS[made]())
    code, said = cleaned(file)
    copies = [one for one in tmp_path.iterdir() if one != file]
    assert len(copies) == (code == 0), said
    for copy in copies:
        content = copy.read_bytes()
        begins = [content.startswith(one) for one in (b"\xff\xd8", b"%PDF", b"PK")]
        holds = [one in content for one in (b"\xff\xd8\xff", b"%PDF-", b"word/document.xml")]
        assert CANARY.encode() not in content
        assert sum(holds) == 1 or begins == [False, False, True]  # a package has its pictures
        assert not content.startswith(b"<")


@pytest.mark.parametrize("kind", ["GIF", "PNG", "JPEG"])
def test_what_stands_behind_the_end_of_a_picture_is_told_and_gone(tmp_path: Path, kind: str) -> None:
    made = io.BytesIO()
    Image.new("P" if kind == "GIF" else "RGB", (60, 40)).save(made, kind)
    file = tmp_path / f"two.{kind.lower()}"
    file.write_bytes(made.getvalue() + f"<script>{CANARY}</script>".encode())
    code, said = cleaned(file)
    assert (code, "what stood behind the end of the picture (1)" in said) == (0, True), said
    (copy,) = (one for one in tmp_path.iterdir() if one != file)
    assert CANARY.encode() not in copy.read_bytes()


def test_a_second_copy_has_nothing_to_remove(tmp_path: Path) -> None:
    files = written(tmp_path, docm=documents.docm(), odt=documents.odt(), pdf=documents.pdf(), jpg=documents.jpeg())
    cleaned(*files.values(), to=tmp_path / "once")
    code, said = cleaned(*(tmp_path / "once").iterdir(), to=tmp_path / "twice")
    assert (code, said.count("There was nothing to remove")) == (0, len(files))


WRONG = {
    "bomb.docx": (documents.bomb, "larger than 1000 million"),
    "bomb.png": (lambda: documents.endless_png(40_000), "larger than 170 million bytes or points"),
    "cut.docx": (lambda: documents.docm()[:-40], "damaged"),
    "cut.pdf": (lambda: b"%PDF-1.7\n1 0 obj", "damaged"),
    "entity.odt": (
        lambda: documents.packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": "<m/>",
                "content.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
            }
        ),
        "damaged",
    ),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Save it as DOCX"),
    "film.mp4": (lambda: b"\x00\x00\x00\x18ftypmp42", "not known here"),
    "other.zip": (lambda: documents.packed({"a.txt": "a"}), "not known here"),
    "nothing.pdf": (lambda: b"", "not known here"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_cleaned_is_said_and_the_others_are(tmp_path: Path, name: str) -> None:
    made, said = WRONG[name]
    (tmp_path / name).write_bytes(made())
    photo = written(tmp_path, jpg=documents.jpeg())["jpg"]
    code, output = cleaned(tmp_path / name, photo)
    assert (code, f"{name} was not cleaned" in output, said in output) == (1, True, True), output
    assert (tmp_path / "act-clean.jpg").exists()
    assert len(list(tmp_path.iterdir())) == 3
    assert cleaned(photo)[0] == 1  # a copy that is there already stays
