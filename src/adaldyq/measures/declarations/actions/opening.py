"""Acts of a person who begins a declaration, or an amendment of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, act
from adaldyq.kernel.queries.history import records_of_one
from adaldyq.measures.declarations.actions import attachments
from adaldyq.measures.declarations.actions.filing import about, hold_open
from adaldyq.measures.declarations.actions.joint_told import end_with
from adaldyq.measures.declarations.domain.outcomes import first_day_to_file
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.models import Declaration, Draft, DraftRow, DraftSection, Obligation
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.drafts import COMPLETE, NOTHING, open_draft_of
from adaldyq.measures.declarations.queries.filing import newest_version
from adaldyq.measures.declarations.queries.last_year import prefilled
from adaldyq.measures.declarations.queries.prefill import as_filed
from adaldyq.measures.declarations.queries.prefilled import Prefilled
from adaldyq.measures.declarations.states import OPEN

AMEND = "declarations.draft.amend"


@act("declarations.draft.open", leaves=Leaves.NONE, records=about)
def open_draft(*, obligation: Obligation, by: Actor, at: datetime) -> Draft:
    """Open the draft that answers an obligation, filled in from registers and last year; the open one if there is one.

    Raises:
        NotAllowed: the obligation is somebody else's.
        DomainError: `draft-filed-already` when a declaration has answered it, `draft-too-early` while the declared
            year lasts.
    """
    require(bool(obligation.person_id) and filer(by) == obligation.person_id, "declarations.draft.open")
    if newest_version(obligation.person_id, obligation.form, obligation.year) is not None:
        raise DomainError("draft-filed-already", year=obligation.year)
    opens = first_day_to_file(obligation.year)
    if naming.pack().day_of(at) < opens:
        raise DomainError("draft-too-early", year=obligation.year, day=opens)
    draft = Draft(person=obligation.person, form=obligation.form, year=obligation.year, obligation=obligation)
    return begin(draft, by, at, lambda: prefilled(obligation.person, draft.form, draft.year))


@act(AMEND, leaves=Leaves.NONE, records=about)
def open_amendment(*, declaration: Declaration, by: Actor, at: datetime) -> Draft:
    """Open the draft of a next version of a declaration, with all that was filed; the open one if there is one.

    One that was filled in while the declaration was filed in another way keeps all that stands in it, and amends that from
    now on. An amendment is each one's own: whoever was asked to file together with them is told that it ends.
    Of a declaration that stayed with a record merged into the filer's, the one of the same form and year that stands
    under the filer's record is amended.

    Raises:
        NotAllowed: the declaration is somebody else's.
        DomainError: `draft-not-newest` when a later version has replaced it.
        Conflict: the open draft was filed or set aside at this moment.
    """
    person = filer(by)
    mine = records_of_one("person", [person])[person] if person else ()
    require(bool(declaration.person_id) and declaration.person_id in mine, AMEND)
    if declaration.person_id != person:
        declaration = newest_version(person, declaration.form, declaration.year) or declaration
    if not declaration.is_current or declaration.person_id != person:
        raise DomainError("draft-not-newest", year=declaration.year)
    owed = Obligation.objects.filter(person=declaration.person_id, form=declaration.form, year=declaration.year).first()
    draft = Draft(
        person=declaration.person, form=declaration.form, year=declaration.year, obligation=owed, amends=declaration
    )
    opened = begin(draft, by, at, lambda: as_filed(declaration))
    if opened is draft:
        there = set(draft.rows.values_list("section", flat=True))
        answers = [
            DraftSection(draft=draft, section=one.name, answer=COMPLETE if one.name in there else NOTHING)
            for one in sections_of(draft.form)
        ]
        DraftSection.objects.bulk_create(answers)
    return opened


def begin(draft: Draft, by: Actor, at: datetime, rows: Callable[[], Sequence[Prefilled]]) -> Draft:
    """Keep a new draft with its rows, unless one is open for the same person, form and year."""
    there = open_draft_of(draft.person_id, draft.form, draft.year)
    if there is not None:
        return again_amending(again_owed(there, draft), draft, at)
    draft.opened_by, draft.opened_at, draft.changed_at = by.id, at, at
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:  # a second tab was first
        return Draft.objects.get(person=draft.person_id, form=draft.form, year=draft.year, state=OPEN)
    known = rows()
    made = [row_of(draft, one, place) for place, one in enumerate(known)]
    DraftRow.objects.bulk_create(made)
    if draft.amends is not None:
        filed = {one.filed_row: row.pk for one, row in zip(known, made, strict=True)}
        attachments.carry_over(draft.amends, draft, filed)
    return draft


def again_owed(there: Draft, wanted: Draft) -> Draft:
    """The open draft; when what it answered had ended and is owed again, it answers that."""
    if there.obligation_id is None and wanted.obligation_id is not None:
        there.obligation = wanted.obligation
        there.save(update_fields=["obligation"])
    return there


def again_amending(there: Draft, wanted: Draft, at: datetime) -> Draft:
    """The open draft; when something was filed in another way since it was begun, it amends that from now on."""
    if wanted.amends is not None and there.amends_id != wanted.amends.pk:
        hold_open(there, at, AMEND)
        end_with(there, there.person_id or "", at)
        there.amends = wanted.amends
        there.save(update_fields=["amends"])
    return there


def row_of(draft: Draft, known: Prefilled, place: int) -> DraftRow:
    """A row to begin with, not yet kept."""
    return DraftRow(
        draft=draft,
        section=known.section,
        position=place,
        typed=dict(known.typed),
        sources=dict(known.sources),
        origin=known.origin,
        origin_id=known.origin_id,
    )
