"""Acts of a person who fills in a declaration and files it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Count, Max, Model

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.base.ids import new_id
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act, part_of_the_whole
from adaldyq.kernel.compiled import Compiled, CompiledUpdate
from adaldyq.kernel.gathering import update_later
from adaldyq.kernel.inserting import insert_together
from adaldyq.kernel.states import advance, advance_later
from adaldyq.measures.declarations.actions import attachments
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.actions.joint_batch import check_joint, with_spouse
from adaldyq.measures.declarations.actions.joint_told import end_with, tell_changed
from adaldyq.measures.declarations.actions.relief import tell
from adaldyq.measures.declarations.actions.settling import owe_online
from adaldyq.measures.declarations.domain.checks import DAY_PARTS
from adaldyq.measures.declarations.domain.plain import plain_of
from adaldyq.measures.declarations.domain.questions import KEPT_IDS, MOST_ROWS
from adaldyq.measures.declarations.domain.typed import Typing, boxes_of, kept_boxes
from adaldyq.measures.declarations.models import (
    ELECTRONIC,
    SECTION_MODELS,
    Declaration,
    Draft,
    DraftRow,
    DraftSection,
)
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.corrected import told_again
from adaldyq.measures.declarations.queries.drafts import COMPLETE, NOTHING, Filled, answering
from adaldyq.measures.declarations.queries.filing import Becoming, becoming, held_becoming, newest_version
from adaldyq.measures.declarations.queries.last_days import carried
from adaldyq.measures.declarations.queries.sending import kept_columns
from adaldyq.measures.declarations.states import OPEN

FILE_DRAFT = "declarations.draft.file"
FILED_PAGE = "declarations/mine/"
REMOVED = "draft-row-removed"
"""Code of the problem that an entry was taken out since it was shown."""


HOLD = CompiledUpdate(lambda key, at: (Draft.objects.filter(pk=key, state=OPEN), {"changed_at": at}), str, datetime)
ROW = Compiled(lambda draft, section, key: DraftRow.objects.filter(draft=draft, section=section, pk=key), str, str, str)
THERE = Compiled(lambda key: DraftRow.objects.filter(pk=key).values_list("pk", flat=True), str)
LAST = Compiled(
    lambda draft, section: (
        DraftRow.objects.filter(draft=draft, section=section)
        .values("draft_id")
        .annotate(count=Count("pk"), last=Max("position"))
        .values_list("count", "last")
    ),
    str,
    str,
)
"""How many rows a section has, and the place of its last; nothing when it has none."""
ANSWER = CompiledUpdate(
    lambda draft, section, answer: (DraftSection.objects.filter(draft=draft, section=section), {"answer": answer}),
    str,
    str,
    str,
)
FORGET_NOTHING = CompiledUpdate(
    lambda draft, section: (DraftSection.objects.filter(draft=draft, section=section, answer=NOTHING), None), str, str
)
FILE = CompiledUpdate(
    lambda key, state, target, declaration, at: (
        Draft.objects.filter(pk=key, state=state),
        {"state": target, "declaration_id": declaration, "changed_at": at},
    ),
    str,
    str,
    str,
    str,
    datetime,
)
FORGET_ROWS = CompiledUpdate(lambda draft: (DraftRow.objects.filter(draft=draft), None), str)


def about(draft: Draft) -> Recorded:
    """The event of an act on a draft; the ledger is told when it is filed."""
    return Recorded([], {"draft": draft.pk})


def about_row(row: DraftRow) -> Recorded:
    """The event of an act on a row of a draft."""
    return Recorded([], {"draft": row.draft_id, "row": row.pk})


def hold(draft: Draft, by: Actor, at: datetime, name: str) -> None:
    """Let only its person write an open draft, and one act at a time.

    Raises:
        NotAllowed: it is somebody else's.
        Conflict: it was filed or set aside.
    """
    require(bool(draft.person_id) and filer(by) == draft.person_id, name)
    hold_open(draft, at, name)


def hold_open(draft: Draft, at: datetime, name: str) -> None:
    """Hold an open draft to the end of the transaction; whoever acts on what belongs to it does so first.

    Raises:
        Conflict: it was filed or set aside.
    """
    if HOLD(draft.pk, at) != 1:
        raise Conflict(name, draft.state)


@act("declarations.draft.save_row", leaves=Leaves.NONE, records=about_row)
def save_row(*, draft: Draft, typing: Typing, by: Actor, at: datetime) -> DraftRow:
    """Keep a row as it was typed, right or wrong.

    Raises:
        NotAllowed, Conflict: as `hold`.
        DomainError: `draft-row-changed` when another page wrote it since this one was shown, `draft-row-removed` when it was
            taken out, `draft-too-many-rows`, `declared-too-long` or `declared-hidden-letter` for what cannot be kept, with
            the column as field.
    """
    hold(draft, by, at, "declarations.draft.save_row")
    row = written(draft, typing)
    tell_changed(draft, at)
    return row


def written(draft: Draft, typing: Typing) -> DraftRow:
    """The row as it is kept now.

    Raises:
        DomainError: as `save_row`.
    """
    typed = kept_boxes(typing)
    row = ROW.first(draft.pk, typing.section, typing.row_id)
    if row is None and typing.revision:
        raise DomainError(REMOVED)
    FORGET_NOTHING(draft.pk, typing.section)
    if row is None:
        return add_row(draft, typing, typed)
    if row.revision != typing.revision:
        if same_boxes(row, typed):
            return row
        if not is_own(row, typing):
            raise DomainError("draft-row-changed")
    row.typed, row.sources = {**ids_left(row, typed), **typed}, sources_left(row, typed)
    row.revision += 1
    row.save(update_fields=["typed", "sources", "revision"])
    return row


def add_row(draft: Draft, typing: Typing, typed: Mapping[str, str]) -> DraftRow:
    """Keep a new row after the others of its section."""
    count, last = LAST.first(draft.pk, typing.section) or (0, -1)
    if count >= MOST_ROWS:
        raise DomainError("draft-too-many-rows", limit=MOST_ROWS)
    if THERE(typing.row_id):
        raise DomainError("draft-row-changed")
    made = DraftRow(pk=typing.row_id, draft=draft, section=typing.section, position=last + 1, typed=dict(typed))
    insert_together([made])
    return made


def same_boxes(row: DraftRow, typed: Mapping[str, str]) -> bool:
    """Whether a row holds what was typed."""
    return {name: text for name, text in row.typed.items() if name not in KEPT_IDS} == dict(typed)


def is_own(row: DraftRow, typing: Typing) -> bool:
    """Whether a row holds what the same page sent before without an answer, so that nobody else's is written over."""
    boxes = boxes_of(typing.section)
    sent = ({name: text for name, text in one.items() if name in boxes and text} for one in typing.unanswered)
    return any(same_boxes(row, one) for one in sent)


def ids_left(row: DraftRow, typed: Mapping[str, str]) -> dict[str, str]:
    """Ids from a register whose name beside them was not typed anew."""
    return {
        key: row.typed[key]
        for key, name in KEPT_IDS.items()
        if row.typed.get(key) and row.typed.get(name, "") == typed.get(name, "")
    }


def sources_left(row: DraftRow, typed: Mapping[str, str]) -> dict[str, str]:
    """Columns that still hold what a register or last year filled in."""

    def unchanged(column: str) -> bool:
        boxes = (column, *(f"{column}_{part}" for part in DAY_PARTS))
        return all(row.typed.get(box, "") == typed.get(box, "") for box in boxes)

    left = {column: source for column, source in row.sources.items() if unchanged(column)}
    return left | dict.fromkeys(told_again(row, typed), row.origin)


@act("declarations.draft.remove_row", leaves=Leaves.NONE, records=about_row)
def remove_row(*, row: DraftRow, by: Actor, at: datetime) -> DraftRow:
    """Take a row out of a draft, as it was shown.

    Raises:
        NotAllowed, Conflict: as `hold`; Conflict too when it was written or removed meanwhile.
    """
    hold(row.draft, by, at, "declarations.draft.remove_row")
    gone, _each = DraftRow.objects.filter(pk=row.pk, revision=row.revision).delete()
    if not gone:
        raise Conflict("declarations.draft.remove_row", OPEN)
    attachments.drop(row.draft.attachments.filter(row_id=row.pk), by, at)
    if not row.draft.rows.filter(section=row.section).exists():
        DraftSection.objects.filter(draft=row.draft, section=row.section).delete()
    tell_changed(row.draft, at)
    return row


@act("declarations.draft.answer", leaves=Leaves.NONE, records=about)
def answer_section(*, draft: Draft, section: str, answer: str, by: Actor, at: datetime) -> Draft:
    """Say that the rows of a section are all, or that there is nothing to declare in it.

    Raises:
        NotAllowed, Conflict: as `hold`.
        DomainError: `draft-answer-misfits` when there are rows and the answer says there is nothing, or the reverse.
    """
    hold(draft, by, at, "declarations.draft.answer")
    filled = LAST.first(draft.pk, section) is not None
    if answer != (COMPLETE if filled else NOTHING):
        raise DomainError("draft-answer-misfits")
    if not ANSWER(draft.pk, section, answer):
        insert_together([DraftSection(draft=draft, section=section, answer=answer)])
    tell_changed(draft, at)
    return draft


@act("declarations.draft.answer_rest", leaves=Leaves.NONE, records=about)
def answer_rest(*, draft: Draft, sections: Iterable[str], by: Actor, at: datetime) -> Draft:
    """Say of several sections at once that there is nothing to declare in them.

    One in which something was written or answered meanwhile, as in another window, stays as it is.

    Raises:
        NotAllowed, Conflict: as `hold`.
    """
    hold(draft, by, at, "declarations.draft.answer_rest")
    there = {*draft.rows.values_list("section", flat=True), *draft.answers.values_list("section", flat=True)}
    insert_together([DraftSection(draft=draft, section=one, answer=NOTHING) for one in sections if one not in there])
    tell_changed(draft, at)
    return draft


@act("declarations.draft.set_aside", leaves=Leaves.NONE, records=about)
def set_aside(*, draft: Draft, by: Actor, at: datetime) -> Draft:
    """Give a draft up; what was typed is removed.

    Raises:
        NotAllowed, Conflict: as `hold`.
    """
    hold(draft, by, at, "declarations.draft.set_aside")
    end_with(draft, draft.person_id or "", at)
    draft.rows.all().delete()
    attachments.drop(draft.attachments.all(), by, at)
    return advance(draft, "set_aside", by=by, at=at)


@act(FILE_DRAFT, leaves=Leaves.NONE, records=about)
def file_draft(*, draft: Draft, seen: str, by: Actor, at: datetime) -> Draft:
    """File what stands in a draft, as it was seen; the declaration has the ledger line of its own filing.

    It is filed after the deadline all the same, and then counts as late. What was typed is removed, since all of
    it stands in the declaration.

    Raises:
        NotAllowed, Conflict: as `hold`.
        DomainError: `draft-changed` when something was written since it was seen, `draft-incomplete` when something
            is missing or wrong, `draft-overtaken` when another declaration was filed meanwhile, `declarant-has-died`,
            `joint-not-confirmed` when it is filed for two and the other has not confirmed it as it stands,
            `joint-begun`, `joint-ended` or `joint-not-owed` when it was signed for one, or for two, and that is so no more.
    """
    require(bool(draft.person_id) and filer(by) == draft.person_id, FILE_DRAFT)
    draft = answering(draft)
    read = held_becoming(draft, naming.pack().day_of(at))
    if not read.held:
        raise Conflict(FILE_DRAFT, draft.state)
    filled = Filled(draft, stands=read.stands)
    check_joint(read.joint, filled.seen, seen, draft.year)
    if not filled.ready:
        raise DomainError("draft-incomplete", count=len(filled.sections) - filled.done)
    declaration = declaration_of(draft, at, read)
    ids, read_rows = with_new_ids(filled, iter(new_id, ""))
    documents = attachments.with_declaration(filled.attachments, declaration, ids)
    batch = FiledBatch([declaration], {}, documents, read.known.with_body(declaration.body_id))
    if read.joint is None:
        batch = replace(batch, earlier=read.earlier, plain=[plain_of(declaration.pk, read_rows, *kept_columns())])
    else:
        batch = replace(batch, rows=records_of(declaration, read_rows))
        batch = with_spouse(batch, read.joint, lambda theirs: declaration_of(theirs, at))
    with part_of_the_whole():
        file_declarations(batch=batch, by=by, at=at)
    owe_online(batch.declarations if read.joint or moves_day(draft, declaration) else ())
    update_later(FORGET_ROWS, draft.pk)
    if by.acting_for:
        tell(draft.person_id, "declaration-filed-for", {"year": draft.year}, declaration.pk, at, FILED_PAGE)
    advance_later(draft, "file", by=by, written=FILE, declaration_id=declaration.pk, changed_at=at)
    draft.declaration = declaration
    return draft


def with_new_ids(
    filled: Filled, fresh: Iterator[str]
) -> tuple[dict[str, str], list[tuple[str, str, Mapping[str, object]]]]:
    """Ids of what rows of a draft become, by their own; and section, id and values of each.

    Args:
        fresh: ids that are taken for them.
    """
    rows = [(part.section.name, one) for part in filled.sections for one in part.rows]
    ids = {one.row.pk: next(fresh) for _section, one in rows}
    return ids, [(section, ids[one.row.pk], one.reading.values) for section, one in rows]


def records_of(
    declaration: Declaration, rows: Iterable[tuple[str, str, Mapping[str, object]]]
) -> dict[str, list[Model]]:
    """Rows by section as records; a field keeps its own kind of nothing for values that are not there."""
    found: dict[str, list[Model]] = {}
    for section, key, values in rows:
        given = {name: value for name, value in values.items() if value is not None}
        found.setdefault(section, []).append(SECTION_MODELS[section](row_id=key, declaration=declaration, **given))
    return found


@contextmanager
def told_of_another(draft: Draft) -> Iterator[None]:
    """File a draft within this, outside of any transaction, so that who files is told when the same is filed at this moment.

    Raises:
        DomainError: `draft-overtaken`.
    """
    try:
        yield
    except IntegrityError:
        if newest_version(draft.person_id or "", draft.form, draft.year) == draft.amends:
            raise
        raise DomainError("draft-overtaken", year=draft.year) from None


def moves_day(draft: Draft, declaration: Declaration) -> bool:
    """Whether the obligation that a draft answers has another last day than its declaration: that of a paper in hand."""
    return draft.obligation is not None and draft.obligation.due_date != declaration.due_date


def declaration_of(draft: Draft, at: datetime, read: Becoming | None = None) -> Declaration:
    """The declaration that a draft becomes: its next version, with the post that the declarant held.

    Args:
        read: what it is made of, when it has been read.

    Raises:
        DomainError: `draft-overtaken`, or `declarant-has-died` when the register says so of whose it is.
    """
    if (died := draft.person.death_date) is not None:
        raise DomainError("declarant-has-died", day=died)
    country, owed = naming.pack(), draft.obligation
    read = read or becoming(draft, country.day_of(at))
    newest, known = read.newest, read.known
    if newest != draft.amends:
        raise DomainError("draft-overtaken", year=draft.year)
    post = read.post(owed.body_id if owed else None)
    public = [one.is_public for one in (owed, newest) if one is not None]
    return Declaration(
        person_id=draft.person_id,
        form=draft.form,
        year=draft.year,
        version=newest.version + 1 if newest else 1,
        filed_at=at,
        due_date=carried(owed, newest, draft.person_id or "", draft.form, draft.year),
        body_id=owed.body_id if owed and owed.body_id else post.body_id if post else None,
        post_title=post.title if post else "",
        post_titles=post.titles if post else {},
        declarant_name=known.called(draft.person_id),
        country=country.code,
        currency=country.currency,
        is_public=any(public),
        way=ELECTRONIC,
    )
