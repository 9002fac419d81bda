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

OF_THE_ROW = frozenset({"row_id", "declaration_id"})


def with_spouse(batch: FiledBatch, joint: JointFiling, seen: str, become: Callable[[Draft], Declaration]) -> FiledBatch:
    """The same, and the declaration of the other with the same rows, each seen from the other side.

    Args:
        batch: the declaration of whoever asked.
        seen: digest of what is filed.
        become: makes the declaration of a draft.

    Raises:
        DomainError: `joint-not-confirmed` when the other has not confirmed exactly this.
    """
    if joint.seen != seen:
        raise DomainError("joint-not-confirmed")
    (first,) = batch.declarations
    owed = Obligation.objects.filter(person=joint.person_id, form=first.form, year=first.year).first()
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
