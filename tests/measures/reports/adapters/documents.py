"""Documents that tell much of whoever made them, as programs write them, for tests of cleaning."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

CANARY = "canary-9c41"
"""Stands wherever a document tells of its maker, does something, or leads elsewhere; never in what its pages show."""
SHOWN = "The price was 500 000"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A package of parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for name, part in parts.items():
            pack.writestr(name, part)
    return made.getvalue()


def jpeg() -> bytes:
    """A photo with place, device and time."""
    photo, made = Image.new("RGB", (60, 40), "teal"), BytesIO()
    notes = photo.getexif()
    notes[0x010F], notes[0x0132] = CANARY, "2026:03:01 10:00:00"
    notes.get_ifd(0x8825)[1] = "N"
    photo.save(made, "JPEG", exif=notes)
    return made.getvalue()


def png() -> bytes:
    """A picture with words beside it."""
    words, made = PngImagePlugin.PngInfo(), BytesIO()
    words.add_text("Author", CANARY)
    Image.new("RGBA", (60, 40), (0, 120, 120, 90)).save(made, "PNG", pnginfo=words)
    return made.getvalue()


def relations(*rows: tuple[str, str, str, str]) -> str:
    """Relations: id, kind, target, mode."""
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{f" TargetMode={mode!r}" if mode else ""}/>'
        for name, kind, target, mode in rows
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def types(main: str, part: str) -> str:
    """What the parts of a package are."""
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>"
    )


def docm() -> bytes:
    """A document with macros, an embedded table, links, tracked changes, and a photo."""
    body = (
        f'<w:p w:rsidR="00{CANARY}"><w:r><w:t>{SHOWN}</w:t></w:r>'
        f'<w:del w:id="1" w:author="{CANARY}" w:date="2026-03-01T10:00:00Z"><w:r><w:delText>{CANARY}</w:delText></w:r></w:del>'
        f'<w:ins w:id="2" w:author="{CANARY}"><w:r><w:t> tenge</w:t></w:r></w:ins>'
        '<w:hyperlink r:id="rId2"><w:r><w:t>, see there</w:t></w:r></w:hyperlink>'
        f'<w:r><w:instrText>INCLUDEPICTURE "http://{CANARY}.example/x.png"</w:instrText></w:r>'
        '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rId3"/></w:object></w:p>'
    )
    return packed(
        {
            "[Content_Types].xml": types("application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml"),
            "_rels/.rels": relations(
                ("rId1", "officeDocument", "word/document.xml", ""),
                ("rId2", "metadata/core-properties", "docProps/core.xml", ""),
            ),
            "docProps/core.xml": f"<core><creator>{CANARY}</creator></core>",
            "word/document.xml": f"{HEAD}<w:document {WORD} {LINKS}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(
                ("rId1", "vbaProject", "vbaProject.bin", ""),
                ("rId2", "hyperlink", f"https://{CANARY}.example/", "External"),
                ("rId3", "oleObject", "embeddings/sheet.bin", ""),
                ("rId4", "image", "media/photo.jpeg", ""),
            ),
            "word/settings.xml": f'{HEAD}<w:settings {WORD}><w:rsids><w:rsid w:val="{CANARY}"/></w:rsids></w:settings>',
            "word/vbaProject.bin": CANARY,
            "word/embeddings/sheet.bin": CANARY,
            "word/media/photo.jpeg": jpeg(),
        }
    )


def xlsx() -> bytes:
    """A table with a link to another file, a formula that fetches, and where it was saved."""
    cells = (
        f'<c r="A1" t="inlineStr"><is><t>{SHOWN}</t></is></c><c r="B1"><f>SUM(A1)</f><v>7</v></c>'
        f'<c r="C1"><f>WEBSERVICE("http://{CANARY}.example")</f><v>8</v></c>'
    )
    return packed(
        {
            "[Content_Types].xml": types(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "xl/workbook.xml"
            ),
            "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml", "")),
            "xl/workbook.xml": f'{HEAD}<workbook {SHEET} {LINKS}><x15ac:absPath xmlns:x15ac="urn:x" url="C:/{CANARY}/"/>'
            '<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets>'
            '<externalReferences><externalReference r:id="rId2"/></externalReferences></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml", ""),
                ("rId2", "externalLink", "externalLinks/externalLink1.xml", ""),
            ),
            "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet {SHEET}><sheetData><row r="1">{cells}</row></sheetData></worksheet>',
            "xl/externalLinks/externalLink1.xml": f"<externalLink>{CANARY}</externalLink>",
        }
    )


def odt() -> bytes:
    """A text with macros, an embedded object, a link, a note with its author, and tracked changes."""
    names = " ".join(
        f'xmlns:{one}="{OASIS}:{long}:1.0"'
        for one, long in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    body = (
        f"<text:tracked-changes>{CANARY}</text:tracked-changes><text:p>{SHOWN}"
        f'<text:a xlink:href="https://{CANARY}.example/">, see there</text:a>'
        f"<office:annotation><dc:creator>{CANARY}</dc:creator><text:p>a note</text:p></office:annotation>"
        '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>'
        f'<draw:image xlink:href="https://{CANARY}.example/x.png"/></text:p>'
    )
    content = (
        f'{HEAD}<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:scripts>{CANARY}</office:scripts>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    listed = "".join(
        f'<m:file-entry m:full-path="{one}" m:media-type="x"/>'
        for one in ("/", "content.xml", "meta.xml", "Basic/a.xml")
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f'{HEAD}<m:manifest xmlns:m="{OASIS}:manifest:1.0">{listed}</m:manifest>',
            "content.xml": content,
            "meta.xml": f"<meta>{CANARY}</meta>",
            "Basic/a.xml": f"<macro>{CANARY}</macro>",
            "Object 1/content.xml": f"<object>{CANARY}</object>",
            "ObjectReplacements/Object 1": b"picture",
            "Thumbnails/thumbnail.png": CANARY.encode(),
        }
    )


def pdf() -> bytes:
    """A page with an author, a script, an attachment, a link, a note with its author, and a photo."""
    info = generic.DictionaryObject({pdf_name("/Author"): generic.pdf_string(CANARY)})
    writer = PdfFileWriter(stream_xrefs=False)
    writer.set_info(writer.add_object(info))
    drawing = f"BT /F1 20 Tf 40 700 Td ({SHOWN}) Tj ET q 60 0 0 40 40 600 cm /Im1 Do Q"
    page = PageObject(
        contents=writer.add_object(generic.StreamObject(stream_data=drawing.encode())),
        media_box=[0, 0, 595, 842],
        resources=generic.DictionaryObject(
            {
                pdf_name("/Font"): entry("/F1", name("/Font", "/Type1", BaseFont="/Helvetica")),
                pdf_name("/XObject"): entry("/Im1", writer.add_object(photo_of_pdf())),
            }
        ),
    )
    link = name("/Annot", "/Link")
    link[pdf_name("/A")] = action("/URI", URI=f"https://{CANARY}.example/")
    note = name("/Annot", "/Text")
    note[pdf_name("/T")], note[pdf_name("/Contents")] = generic.pdf_string(CANARY), generic.pdf_string("a note")
    for one in (link, note):
        one[pdf_name("/Rect")] = generic.ArrayObject(generic.NumberObject(at) for at in (0, 0, 9, 9))
    page[pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(link), writer.add_object(note)])
    writer.insert_page(page)
    writer.root[pdf_name("/OpenAction")] = action("/JavaScript", JS=f"app.alert('{CANARY}')")
    writer.root[pdf_name("/Metadata")] = writer.add_object(generic.StreamObject(stream_data=CANARY.encode()))
    attached = entry("/EmbeddedFiles", writer.add_object(generic.StreamObject(stream_data=CANARY.encode())))
    writer.root[pdf_name("/Names")] = attached
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def entry(key: str, value: object) -> generic.DictionaryObject:
    """A dictionary with one entry."""
    return generic.DictionaryObject({pdf_name(key): value})


def name(kind: str, subtype: str, **more: str) -> generic.DictionaryObject:
    """A dictionary that says what it is, with further names."""
    listed = {"Type": kind, "Subtype": subtype, **more}
    return generic.DictionaryObject({pdf_name(f"/{key}"): pdf_name(value) for key, value in listed.items()})


def action(kind: str, **more: str) -> generic.DictionaryObject:
    """An action with its texts."""
    made = entry("/S", pdf_name(kind))
    for key, value in more.items():
        made[pdf_name(f"/{key}")] = generic.pdf_string(value)
    return made


def photo_of_pdf() -> generic.StreamObject:
    """The photo as a page draws it."""
    facts = name("/XObject", "/Image", ColorSpace="/DeviceRGB", Filter="/DCTDecode")
    for key, value in (("/Width", 60), ("/Height", 40), ("/BitsPerComponent", 8)):
        facts[pdf_name(key)] = generic.NumberObject(value)
    return generic.StreamObject(facts, encoded_data=jpeg())


def bomb() -> bytes:
    """A package of a few kilobytes that says it holds gigabytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", types("x", "word/document.xml"))
        pack.writestr("word/document.xml", b"0" * 2_000_000)
    content = bytearray(made.getvalue())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (4_000_000_000).to_bytes(4, "little")
    return bytes(content)


def endless_png(side: int) -> bytes:
    """A picture of some bytes that says it has `side` times `side` points."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    told = (
        struct.pack(">I", len(one)) + kind + one + struct.pack(">I", zlib.crc32(kind + one)) for kind, one in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def written(folder: Path, **files: bytes) -> dict[str, Path]:
    """Files in a folder, by the ending of their names."""
    found = {}
    for ending, content in files.items():
        found[ending] = folder / f"act.{ending}"
        found[ending].write_bytes(content)
    return found
