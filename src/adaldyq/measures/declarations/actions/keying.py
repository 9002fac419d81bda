"""Keying papers in, twice and by two people, and filing what both have the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.actions.receiving import forget_typed, tell_of
from adaldyq.measures.declarations.domain.comparison import Difference, agreed
from adaldyq.measures.declarations.domain.questions import MOST_ROWS, sections_of
from adaldyq.measures.declarations.domain.typed import Typing, kept_boxes
from adaldyq.measures.declarations.models import Declaration, KeyedSection, Keying, Obligation, ReceivedPaper
from adaldyq.measures.declarations.models.received_papers import AGREED, FIRST, SECOND
from adaldyq.measures.declarations.queries import received
from adaldyq.measures.declarations.queries.last_days import last_day
from adaldyq.measures.declarations.queries.received import Rows, is_kept
from adaldyq.measures.declarations.states import IN_HAND, KEYED, RECEIVED

BEGIN, SAVE, FINISH = (f"declarations.paper.{verb}" for verb in ("begin_keying", "save_section", "finish_keying"))
LEAVE, RESOLVE, AGAIN, TRY = (f"declarations.paper.{verb}" for verb in ("leave_keying", "resolve", "key_again", "file"))


@dataclass(frozen=True, slots=True)
class Keyed:
    """What somebody typed into the page of a section.

    Attributes:
        start: place of the first entry of the page among those of the section.
        shown: how many entries that were kept stood on the page.
        rows: what stands in the boxes now, text by box.
        revision: of the section as the page showed it; 0 when nothing was kept.
    """

    section: str
    start: int
    shown: int
    rows: Sequence[Mapping[str, str]]
    revision: int


def about(paper: ReceivedPaper) -> Recorded:
    """The event of an act on a paper; the ledger is told when it is received, filed and given back."""
    return Recorded([], {"paper": paper.pk, "state": paper.state})


def about_keying(keying: Keying) -> Recorded:
    """The event of an act on a keying."""
    return Recorded([], {"paper": keying.paper_id, "place": keying.place})


@act(BEGIN, leaves=Leaves.NONE, records=about_keying)
def begin_keying(*, paper: ReceivedPaper, by: Actor, at: datetime) -> Keying:
    """Begin to key a paper in, or go on with what one has begun. The second keying is another person's.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `paper-keyed-by-you` when one has keyed it in already, `paper-keyed-by-another` when somebody else
            is keying it in.
    """
    require(not by.system and is_kept(by, paper), BEGIN)
    mine = received.keying_of(paper, by)
    place = received.may_key(paper, by)
    if not place:
        raise DomainError("paper-keyed-by-you" if received.was_keyed_by(paper, by) else "paper-keyed-by-another")
    if mine is not None:
        return mine
    try:
        with transaction.atomic():
            return Keying.objects.create(paper=paper, place=place, by_id=by.id, begun_at=at)
    except IntegrityError:  # somebody else was first
        raise DomainError("paper-keyed-by-another") from None


def hold(keying: Keying, by: Actor, name: str) -> ReceivedPaper:
    """Let only whoever keys it in write an unfinished keying, and one act at a time.

    Raises:
        NotAllowed: it is somebody else's.
        Conflict: it is finished or was thrown away, or the paper is not being keyed in any more.
    """
    require(not by.system and keying.by_id == by.id and is_kept(by, keying.paper), name)
    paper = ReceivedPaper.objects.select_for_update().get(pk=keying.paper_id)
    try:
        keying.refresh_from_db()
    except Keying.DoesNotExist:  # thrown away meanwhile
        raise Conflict(name, paper.state) from None
    if keying.finished_at is not None or paper.state != {FIRST: RECEIVED, SECOND: KEYED}.get(keying.place):
        raise Conflict(name, paper.state)
    return paper


@act(SAVE, leaves=Leaves.NONE, records=about_keying)
def save_section(*, keying: Keying, keyed: Keyed, by: Actor, at: datetime) -> Keying:
    """Keep the entries of a page of a section as they were typed, right or wrong.

    Raises:
        NotAllowed, Conflict: as `hold`.
        DomainError: `paper-section-changed` when it was written since the page was shown, `draft-too-many-rows`,
            `declared-too-long` or `declared-hidden-letter` for what cannot be kept.
    """
    hold(keying, by, SAVE)
    kept = keying.sections.filter(section=keyed.section).first()
    before = list(kept.rows) if kept else []
    typed = [kept_boxes(Typing(keyed.section, "", row, 0)) for row in keyed.rows]
    rows = [*before[: keyed.start], *typed, *before[keyed.start + keyed.shown :]]
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise DomainError("draft-too-many-rows", limit=MOST_ROWS)
    if kept is None:
        KeyedSection.objects.create(keying=keying, section=keyed.section, rows=rows, saved_at=at)
    elif kept.revision == keyed.revision or before == rows:
        KeyedSection.objects.filter(pk=kept.pk).update(rows=rows, revision=kept.revision + 1, saved_at=at)
    else:
        raise DomainError("paper-section-changed")
    return keying


@act(FINISH, leaves=Leaves.NONE, records=about_keying)
def finish_keying(*, keying: Keying, by: Actor, at: datetime) -> Keying:
    """Say that a paper is keyed in wholly. After the second keying the two are compared, and what is the same is filed.

    Raises:
        NotAllowed, Conflict: as `hold`.
        DomainError: `paper-sections-missing` when sections were not gone through.
    """
    paper = hold(keying, by, FINISH)
    wanted = {one.name for one in sections_of(paper.form)}
    missing = wanted - set(keying.sections.values_list("section", flat=True))
    if missing:
        raise DomainError("paper-sections-missing", count=len(missing))
    keying.finished_at = at
    keying.save(update_fields=["finished_at"])
    if keying.place == FIRST:
        advance(paper, "key", by=by, at=at)
    elif received.compared(paper):
        advance(paper, "differ", by=by, at=at)
    else:
        settle_paper(paper, received.agreed_rows(paper), by, at)
    return keying


@act(LEAVE, leaves=Leaves.NONE, records=about)
def leave_keying(*, keying: Keying, by: Actor, at: datetime) -> ReceivedPaper:
    """Throw an unfinished keying away, so that somebody else may begin: by whoever began it, or who keeps the body.

    The paper is held first, as by whoever saves a section: what is saved meanwhile goes too, or finds nothing to save to.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        Conflict: it is finished.
    """
    require(not by.system and is_kept(by, keying.paper), LEAVE)
    paper = ReceivedPaper.objects.select_for_update().get(pk=keying.paper_id)
    gone, _each = Keying.objects.filter(pk=keying.pk, finished_at=None).delete()
    if not gone or paper.state not in IN_HAND:
        raise Conflict(LEAVE, paper.state)
    return paper


@dataclass(frozen=True, slots=True)
class Resolved:
    """A paper of which the differences are decided.

    Attributes:
        chosen: by section, entry and column, whose keying was right: `first`, `second` or `other`; of a whole entry
            `there` or `not_there`. What was typed goes with the filing, and this stays for whoever audits.
    """

    paper: ReceivedPaper
    chosen: Mapping[str, str]


def resolved(done: Resolved) -> Recorded:
    """The ledger line of a decision: of which paper, and whose keying was right in which field, without what stood there."""
    facts: dict[str, object] = {"paper": done.paper.pk, "state": done.paper.state, "chosen": dict(done.chosen)}
    return Recorded([facts], {"paper": done.paper.pk, "state": done.paper.state})


def whose(one: Difference, boxes: Mapping[str, str]) -> str:
    """Whose keying a decision follows."""
    if not one.column:
        return "there" if boxes else "not_there"
    return "first" if boxes == one.first_boxes else "second" if boxes == one.second_boxes else "other"


def place_of(one: Difference) -> str:
    """The field that two keyings have differently: section, entry from 1, and column."""
    entry = (one.first if one.first is not None else one.second or 0) + 1
    return ".".join(filter(None, (one.section, str(entry), one.column)))


@act(RESOLVE, records=resolved, on="paper")
def resolve(*, paper: ReceivedPaper, choices: Mapping[str, Mapping[str, str]], by: Actor, at: datetime) -> Resolved:
    """Decide where two keyings differ, with the paper in hand, and file it: by the second or a third person.

    Args:
        choices: by key of the difference, the boxes as they stand on the paper; none of a whole entry that is not
            there.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `paper-resolved-by-first`, `paper-undecided` when a difference is left open.
        Conflict: the keyings do not differ any more.
    """
    require(not by.system and is_kept(by, paper), RESOLVE)
    held = ReceivedPaper.objects.select_for_update().get(pk=paper.pk)
    if held.state != "differs":
        raise Conflict(RESOLVE, held.state)
    if received.is_first(held, by):
        raise DomainError("paper-resolved-by-first")
    differing = received.compared(held)
    if open_ones := sum(one.key not in choices for one in differing):
        raise DomainError("paper-undecided", count=open_ones)
    first, second = received.both(held)
    keying = Keying.objects.create(paper=held, place=AGREED, by_id=by.id, begun_at=at, finished_at=at)
    KeyedSection.objects.bulk_create(
        KeyedSection(
            keying=keying,
            section=name,
            rows=agreed(name, first[name], second[name], lambda one: choices[one.key]),
            saved_at=at,
        )
        for name in first
    )
    settled = settle_paper(held, received.agreed_rows(held), by, at)
    return Resolved(settled, {place_of(one): whose(one, choices[one.key]) for one in differing})


@act(AGAIN, leaves=Leaves.NONE, records=about)
def key_again(*, paper: ReceivedPaper, by: Actor, at: datetime) -> ReceivedPaper:
    """Let both go through their keyings again, with all that they typed: when a sheet was mended, or both erred.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        Conflict: its state does not permit it.
    """
    require(not by.system and is_kept(by, paper), AGAIN)
    again = advance(paper, "key_again", by=by, at=at)
    again.keyings.filter(place=AGREED).delete()
    again.keyings.update(finished_at=None)
    return again


@act(TRY, leaves=Leaves.NONE, records=about)
def file_paper(*, paper: ReceivedPaper, by: Actor, at: datetime) -> ReceivedPaper:
    """Try once more to file a paper that was refused, such as when a register has been mended meanwhile.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        Conflict: it was not refused.
    """
    require(not by.system and is_kept(by, paper), TRY)
    if paper.state != "refused":
        raise Conflict(TRY, paper.state)
    return settle_paper(paper, received.agreed_rows(paper), by, at)


def settle_paper(paper: ReceivedPaper, rows: Rows, by: Actor, at: datetime) -> ReceivedPaper:
    """File what stands on a paper as of the day on which it came, or keep it in hand when a check refuses it.

    What was typed is removed with the filing, since all of it stands in the declaration. When the same is filed in another
    way at this moment, the checks are asked once more, and say what that means.
    """
    try:
        with transaction.atomic():
            return settled(paper, rows, by, at)
    except IntegrityError:
        return settled(paper, rows, by, at)


def settled(paper: ReceivedPaper, rows: Rows, by: Actor, at: datetime) -> ReceivedPaper:
    """What becomes of a paper as the register stands now; as `settle_paper`.

    Raises:
        IntegrityError: the same was filed in another way since it was checked.
    """
    ready = received.checked(paper, rows, by=by, at=at)
    declaration = ready.declaration
    if declaration is None:
        was = paper.state
        refused = advance(paper, "refuse", by=by, at=at)
        if was != refused.state:
            tell_of(refused, "paper-refused", at)
        return refused
    declaration.filed_at = paper.received_at
    if declaration.version == 1:
        declaration.due_date = owe_on_paper(declaration)
    documents = [one.attachment for one in ready.documents]
    file_declarations(batch=FiledBatch([declaration], ready.rows, attached=documents), by=by, at=at)
    filed = advance(paper, "file", by=by, at=at, declaration=declaration, closed_at=at)
    forget_typed(filed)
    filed.attachments.all().delete()  # their files are the declaration's
    tell_of(filed, "paper-filed", at)
    return filed


def owe_on_paper(declaration: Declaration) -> date | None:
    """Let the last day on paper be that of the obligation which a paper answers, and return it.

    The day of an obligation is the electronic one until it is answered. A day that was put off, or that a source
    states, stays.
    """
    electronic, on_paper = naming.pack().filing_deadlines[declaration.year], last_day(declaration.year)
    Obligation.objects.filter(
        person=declaration.person_id, form=declaration.form, year=declaration.year, due_date=electronic
    ).update(due_date=on_paper)
    return on_paper if declaration.due_date == electronic else declaration.due_date


def key_in(*, paper: ReceivedPaper, rows: Rows, by: Actor, at: datetime) -> Keying:
    """Key a whole paper in at once: begin, keep every section, finish; each is an act of its own.

    Args:
        rows: by section, text by box; sections that are not there hold nothing.

    Raises:
        NotAllowed, Conflict, DomainError: as `begin_keying`, `save_section` and `finish_keying`.
    """
    keying = begin_keying(paper=paper, by=by, at=at)
    for one in sections_of(paper.form):
        listed = rows.get(one.name, ())
        kept = keying.sections.filter(section=one.name).values_list("revision", "rows").first() or (0, [])
        keyed = Keyed(one.name, start=0, shown=len(kept[1]), rows=listed, revision=kept[0])
        save_section(keying=keying, keyed=keyed, by=by, at=at)
    return finish_keying(keying=keying, by=by, at=at)
