"""What stands in a document, and the PDF that is made of it (PDF/UA-1, ISO 14289-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

import segno
import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from adaldyq.kernel.documents.letters import drawable

SVG = "http://www.w3.org/2000/svg"
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Block:
    """A part under a heading: facts, a table, or a sentence."""

    title: str
    facts: Sequence[tuple[str, str]] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document says, in one language.

    Attributes:
        check: address that its QR code holds, when it is another than the page that checks number and code.
    """

    title: str
    lead: str
    blocks: Sequence[Block]
    language: str
    check: str = ""


def check_address(number: str, code: str, language: str) -> str:
    """The page that says whether a document is genuine; it is in the QR code."""
    return f"{settings.SITE_ADDRESS}/{language}/documents/check/?{urlencode({'number': number, 'code': code})}"


def pdf(paper: Paper, *, number: str, code: str) -> bytes:
    """The document as a tagged PDF with a QR code that leads to its check.

    A letter that the fonts do not have, such as an emoji, is written by its number.

    Args:
        code: for the check; empty for a paper that is no document yet and has nothing to check.

    Raises:
        typst.TypstError: the layout does not fit what it was given.
    """
    href = check_address(number, code, paper.language)
    with translation.override(paper.language):
        check = {
            "title": _("Check this document"),
            "text": _("Anybody may check whether this document is genuine: open the address, or scan the code."),
            "alt": _("QR code with the address of the check: %(href)s") % {"href": href},
            "facts": [(_("Number"), number), (_("Code"), code)],
            "href": href,
        }
        issuer = _("Adaldyq, the national integrity system")
        right_to_left = translation.get_language_bidi()
    facts = {
        "title": paper.title,
        "lead": paper.lead,
        "blocks": [asdict(block) for block in paper.blocks],
        "language": paper.language,
        "right_to_left": right_to_left,
        "number": number,
        "issuer": issuer,
        "check": check if code else None,
    }
    return printed(HERE / "paper.typ", facts, qr(paper.check or href))


def printed(layout: Path, facts: Mapping[str, object], code: str) -> bytes:
    """A tagged PDF of a layout.

    Args:
        layout: a file of Typst, which reads nothing but `data` and `qr`.
        facts: what stands in it, as JSON holds it.
        code: a QR code as SVG.

    Raises:
        typst.TypstError: the layout does not fit what it was given.
    """
    made = typst.compile(
        layout,
        root=layout.parent,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": drawable(json.dumps(facts, ensure_ascii=False)), "qr": code},
        pdf_standards=["ua-1"],
    )
    return bytes(made or b"")


def qr(text: str) -> str:
    """A QR code (ISO/IEC 18004) as SVG, of the middle level of correction."""
    drawn: str = segno.make(text, error="m", micro=False).svg_inline(border=2)
    return drawn.replace("<svg ", f'<svg xmlns="{SVG}" ', 1)
