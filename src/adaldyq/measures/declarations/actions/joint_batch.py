"""Makes of one draft the declarations of both who file it together."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

from adaldyq.base.errors import DomainError
from adaldyq.kernel.models import Person
from adaldyq.measures.declarations.actions.declarations import FiledBatch
from adaldyq.measures.declarations.domain.joint import of_spouse
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.models import (
    SECTION_MODELS,
    Attachment,
    Declaration,
    Draft,
    JointFiling,
    Obligation,
)
from adaldyq.measures.declarations.queries.joint import signed_as, together

OF_THE_ROW = frozenset({"row_id", "declaration_id"})


def check_joint(joint: JointFiling | None, stands: str, signed: str, year: int) -> None:
    """Let in only what was signed as it stands, for as many as it was signed for.

    Args:
        joint: with whom it is filed together; none when it is filed for one.
        stands: digest of what stands in the draft.
        signed: what the page of signing showed; see `signed_as`.

    Raises:
        DomainError: `draft-changed`, `joint-not-confirmed`, `joint-begun`, or `joint-ended`.
    """
    if joint is None and signed == together(stands):
        raise DomainError("joint-ended", year=year)
    if joint is not None and joint.seen != stands:
        raise DomainError("joint-not-confirmed")
    if joint is not None and signed == stands:
        raise DomainError("joint-begun", year=year)
    if signed != signed_as(joint, stands):
        raise DomainError("draft-changed")


def with_spouse(batch: FiledBatch, joint: JointFiling, become: Callable[[Draft], Declaration]) -> FiledBatch:
    """The same, and the declaration of the other with the same rows, each seen from the other side.

    Args:
        batch: the declaration of whoever asked.
        become: makes the declaration of a draft.

    Raises:
        DomainError: `joint-not-owed` when the other has nothing to file any more: exempted, or filed by themselves.
    """
    (first,) = batch.declarations
    owed = Obligation.objects.filter(person=joint.person_id, form=first.form, year=first.year, filed_date=None).first()
    if owed is None:
        raise DomainError("joint-not-owed", year=first.year)
    second = become(Draft(person=joint.person, form=first.form, year=first.year, obligation=owed))
    named = named_in_family(first)
    rows: dict[str, list[Model]] = {name: list(listed) for name, listed in batch.rows.items()}
    ids: dict[str, str] = {}
    for name, listed in batch.rows.items():
        columns = [one.name for one in BY_NAME[name].table.columns if one.name not in OF_THE_ROW]
        for row in listed:
            values = of_spouse(name, {one: getattr(row, one) for one in columns}, named)
            if values is not None:
                made = SECTION_MODELS[name](declaration=second, **values)
                rows[name].append(made)
                ids[str(row.pk)] = str(made.pk)
    copies = documents_of(batch, joint.draft, second, ids)
    return FiledBatch([first, second], rows, [*batch.documents, *copies], together_with=joint.person_id)


def named_in_family(first: Declaration) -> dict[str, object]:
    """The row of the family by which the other declares whoever asked."""
    born = Person.objects.values_list("birth_date", flat=True).get(pk=first.person_id)
    return {
        "owner": "spouse",
        "relation": "spouse",
        "relative_id": first.person_id,
        "name": first.declarant_name,
        "birth_date": born,
    }


def documents_of(batch: FiledBatch, draft: Draft, second: Declaration, ids: dict[str, str]) -> list[Attachment]:
    """Documents of the rows as those of the other's declaration, kept with the draft until that is there."""
    copies = [
        Attachment(
            draft=draft,
            section=one.section,
            row_id=ids[one.row_id],
            document=one.document,
            upload=one.upload,
            sha256=one.sha256,
            reason=one.reason,
            added_at=one.added_at,
        )
        for one in batch.documents
        if one.row_id in ids
    ]
    Attachment.objects.bulk_create(copies)
    for one in copies:
        one.declaration = second
    return copies
