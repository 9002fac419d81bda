"""Makes a PDF ready to be signed, always in the same bytes, so that what comes back can be held against it."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

ID_LENGTH = 16
SIGNED_AND_APPENDED = 3  # flags of a form whose signatures only an addition keeps whole, ISO 32000-2, table 225


class SteadyWriter(IncrementalPdfFileWriter):
    """Writes an addition to a PDF without the time of writing and without a random id."""

    @classmethod
    def _handle_id(cls, prev: Any) -> generic.ArrayObject:
        """Ids that follow from the content alone (ISO 32000-2, 14.4)."""
        prev.stream.seek(0)
        made = generic.ByteStringObject(hashlib.sha256(prev.stream.read()).digest()[:ID_LENGTH])
        return generic.ArrayObject([made, made])

    def _update_meta(self) -> None:
        """Leave what the document says of itself as it is."""


def signable(document: bytes) -> bytes:
    """A PDF with a place for signatures: an empty form, without which a signature could not be told from a change."""
    writer = SteadyWriter(io.BytesIO(document))
    form = generic.DictionaryObject(
        {
            generic.pdf_name("/Fields"): generic.ArrayObject(),
            generic.pdf_name("/SigFlags"): generic.NumberObject(SIGNED_AND_APPENDED),
        }
    )
    writer.root[generic.pdf_name("/AcroForm")] = writer.add_object(form)
    writer.update_root()  # type: ignore[no-untyped-call]  # pyHanko types it not
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # the same
    return out.getvalue()
