"""Documents that come with declarations of a file: held against the entries they belong to, and the files behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import DocumentFact, Duty
from adaldyq.kernel.acting import handed_in
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Upload
from adaldyq.kernel.models.uploads import ATTACHED, HELD
from adaldyq.kernel.uploads.actions import Examined
from adaldyq.measures.declarations.domain.plain import Plain
from adaldyq.measures.declarations.domain.sent import MOST_MISTAKES, Sent, Wrong
from adaldyq.measures.declarations.domain.sent_documents import Named
from adaldyq.measures.declarations.models import Attachment
from adaldyq.measures.declarations.queries.attachments import MOST, asked_for, in_force, told_missing
from adaldyq.measures.declarations.queries.document_files import DOCUMENT

Files = Mapping[str, Examined | DomainError]
"""Files that came in the same archive, by name; or why one is not taken."""
Values = Mapping[str, Sequence[Mapping[str, object]]]
"""Rows of a declaration as they were read, by section."""
Entry = tuple[str, int]


def check_count(there: int) -> None:
    """Let an entry have so many documents only.

    Raises:
        DomainError: `document-too-many`.
    """
    if there >= MOST:
        raise DomainError("document-too-many", field="document", limit=MOST)


@dataclass(slots=True)
class Coming:
    """A document that comes with a declaration.

    Attributes:
        named: where it stands.
        attachment: what is made of it, not yet kept.
        file: when it came in the archive and is not kept yet.
        held: when it was sent before and belongs to nothing yet.
    """

    named: Named
    attachment: Attachment
    file: Examined | None = None
    held: Upload | None = None


class Documents:
    """What documents of a batch are held against."""

    def __init__(
        self, sent: Sequence[Sent], *, by: Actor, at: datetime, files: Files, attached: Collection[str]
    ) -> None:
        """Look all files up that the declarations name.

        Args:
            attached: ids of files that are part already of what the declarations are made from.
        """
        self.by, self.at, self.files, self.attached = by, at, files, attached
        self.listed = in_force()
        ids = {named.upload for one in sent for named in one.documents if named.upload}
        amended = {one.amends for one in sent if one.documents and one.amends}
        found = Upload.objects.filter(pk__in=ids, purpose=DOCUMENT.name)
        if ids - set(attached):
            found = found.select_for_update()  # until they are attached; of a paper they are already
        self.uploads = {one.pk: one for one in found} if ids else {}
        kept = Attachment.objects.filter(declaration__in=amended, upload__in=ids) if ids and amended else None
        self.before = set(kept.values_list("declaration_id", "upload_id")) if kept is not None else set()
        self.used: set[str] = set()

    def needed_by(self, plain: Plain, columns: Mapping[str, Sequence[str]]) -> bool:
        """Whether the law asks for a document of an entry that was read at once."""
        return any(
            any(not one.column or row[columns[one.section].index(one.column)] == one.code for row in rows)
            for one in self.listed
            if one.duty is Duty.REQUIRED and (rows := plain.rows.get(one.section))
        )

    def of(self, sent: Sent, values: Values) -> list[Coming]:
        """Documents of a declaration; what is wrong, and what is missing, goes to the declaration."""
        found: list[Coming] = []
        tried: dict[Entry, set[str]] = {}
        for named in sent.documents:
            entry = (named.section, named.row)
            tried.setdefault(entry, set()).add(named.document)
            try:
                self.check_entry(named, values)
                check_count(sum((one.named.section, one.named.row) == entry for one in found))
                found.append(self.coming(named, sent))
            except DomainError as error:
                error.field = named.place(error.field or "")
                sent.wrong.append(Wrong(error))
        for section, rows in values.items():
            for number, row in enumerate(rows, 1):
                there = tried.get((section, number), set())
                for one in asked_for(section, row, self.listed):
                    if one.duty is Duty.REQUIRED and one.name not in there:
                        sent.wrong.append(Wrong(told_missing(one), section, number))
        del sent.wrong[MOST_MISTAKES:]
        return found

    def check_entry(self, named: Named, values: Values) -> None:
        """Let a document belong only to an entry that asks for one of its name.

        Raises:
            DomainError: `document-no-such-entry` or `document-not-of-entry`.
        """
        rows = values.get(named.section, ())
        if named.row > len(rows):
            raise DomainError("document-no-such-entry", field="row", count=len(rows))
        listed: list[DocumentFact] = asked_for(named.section, rows[named.row - 1], self.listed)
        if named.document not in {one.name for one in listed}:
            known = ", ".join(one.name for one in listed) or "–"
            raise DomainError("document-not-of-entry", field="document", known=known)

    def coming(self, named: Named, sent: Sent) -> Coming:
        """A document with the file behind it, or the reason why there is none.

        Raises:
            DomainError: `document-no-such-file`, why the file is not taken, or as `upload_of`.
        """
        made = Attachment(
            section=named.section,
            row_id=str(named.row),
            document=named.document,
            reason=named.reason,
            added_at=self.at,
        )
        if named.file:
            file = self.files.get(named.file)
            if file is None:
                raise DomainError("document-no-such-file", field="file", name=named.file)
            if isinstance(file, DomainError):
                raise DomainError(file.code, field="file", **file.parameters)
            return Coming(named, made, file=file)
        if named.upload:
            made.upload = self.upload_of(named, sent)
            made.sha256 = made.upload.sha256
            return Coming(named, made, held=made.upload if made.upload.state == HELD else None)
        return Coming(named, made)

    def upload_of(self, named: Named, sent: Sent) -> Upload:
        """A file that was sent before, or that the version has which is amended.

        Raises:
            DomainError: `document-no-such-upload` or `document-used-twice`.
        """
        found = self.uploads.get(named.upload)
        if found is None:
            raise DomainError("document-no-such-upload", field="upload")
        mine = found.state == HELD and handed_in(self.by, found.owner_id, found.body_id)
        kept = found.state == ATTACHED and (found.pk in self.attached or (sent.amends, found.pk) in self.before)
        if not (mine or kept):
            raise DomainError("document-no-such-upload", field="upload")
        if mine and found.pk in self.used:
            raise DomainError("document-used-twice", field="upload")
        self.used.add(found.pk)
        return found
