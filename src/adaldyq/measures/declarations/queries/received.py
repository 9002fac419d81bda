"""Declarations on paper: those in hand, what was keyed in of each, where two keyings differ and what the checks say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, system
from adaldyq.kernel.models import Body, Person, Upload
from adaldyq.kernel.roles import Role
from adaldyq.kernel.separation import of_same_people
from adaldyq.kernel.uploads.purposes import MEGABYTE, Purpose
from adaldyq.measures.declarations.domain.comparison import Difference, differences
from adaldyq.measures.declarations.domain.paper_form import as_meant
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.domain.sent import Sent, Wrong
from adaldyq.measures.declarations.domain.sent_documents import Named
from adaldyq.measures.declarations.models import BULK, PAPER, Attachment, Declaration, Keying, Obligation, ReceivedPaper
from adaldyq.measures.declarations.models.received_papers import AGREED, FIRST, SECOND
from adaldyq.measures.declarations.policies import filer, is_kept, may_file_for_others
from adaldyq.measures.declarations.queries.document_files import DOCUMENT
from adaldyq.measures.declarations.queries.non_filing import decided_bodies
from adaldyq.measures.declarations.queries.review_files import PURPOSES as OF_REVIEWS
from adaldyq.measures.declarations.queries.sending import Ready, held_against, posts_of
from adaldyq.measures.declarations.queries.terms import KEPT
from adaldyq.measures.declarations.states import IN_HAND

__all__ = ["AGREED", "FIRST", "IN_HAND", "SECOND", "Keying", "ReceivedPaper", "is_kept"]
"""Records and places that pages are handed."""

Rows = Mapping[str, Sequence[Mapping[str, str]]]


def keeper_of_paper(by: Actor, upload: Upload) -> bool:
    """Whoever keeps the paper may see its scan, and whose declaration it is."""
    paper = ReceivedPaper.objects.filter(pk=upload.subject_id).select_related("body").first()
    return paper is not None and (by.stands_for == paper.person_id or is_kept(by, paper))


SCAN = Purpose(
    "paper_scan",
    _("Scan of a declaration on paper"),
    kinds=("pdf", "jpg", "jpeg", "png"),
    largest=10 * MEGABYTE,
    may_read=keeper_of_paper,
    term=KEPT,
)
PURPOSES = (*OF_REVIEWS, SCAN, DOCUMENT)


def papers(by: Actor, state: str = "") -> QuerySet[ReceivedPaper]:
    """Papers that the viewer keeps; those in hand when no state is named."""
    found = ReceivedPaper.objects.filter(state=state) if state else ReceivedPaper.objects.filter(state__in=IN_HAND)
    return found.filter(kept(by)).select_related("body")


def kept(by: Actor) -> Q:
    """The condition that the viewer keeps a paper, and that it is not their own."""
    if not may_file_for_others(by):
        return Q(pk__in=())
    bodies = decided_bodies(by, (Role.REGISTRAR,))
    condition = Q() if bodies is None else Q(body_id__in=bodies)
    return condition & ~Q(person_id=by.person) if by.person else condition


def counted(by: Actor) -> dict[str, int]:
    """How many papers that the viewer keeps are in hand, by state."""
    found = ReceivedPaper.objects.filter(kept(by), state__in=IN_HAND).values_list("state").annotate(papers=Count("pk"))
    return dict.fromkeys(IN_HAND, 0) | dict(found)


def paper(key: str, by: Actor) -> ReceivedPaper | None:
    """One paper that the viewer keeps."""
    found = ReceivedPaper.objects.filter(pk=key).filter(kept(by)).select_related("body", "declaration")
    return found.first()


def own_papers(person: str) -> QuerySet[ReceivedPaper]:
    """Papers that somebody brought, the newest first."""
    return ReceivedPaper.objects.filter(person_id=person).order_by("-received_at", "-pk")


def papers_in_hand(by: Actor) -> QuerySet[ReceivedPaper]:
    """Papers of the person for whom an actor files that are neither filed nor given back."""
    return own_papers(filer(by)).filter(state__in=IN_HAND) if filer(by) else ReceivedPaper.objects.none()


def body_of(person: Person, form: str, year: int, day: date) -> Body | None:
    """The body to which a declaration belongs: that of the obligation, of what was filed, or of the post held."""
    owed = Obligation.objects.filter(person=person, form=form, year=year).select_related("body").first()
    filed = Declaration.objects.filter(person=person, form=form, year=year, is_current=True).select_related("body")
    source = owed or filed.first()
    if source is not None and source.body is not None:
        return source.body
    posts = posts_of([person.pk], day).get(person.pk, [])
    return Body.objects.filter(pk=posts[0].body).first() if posts else None


def keying_of(paper: ReceivedPaper, by: Actor) -> Keying | None:
    """What the viewer keys in, or has keyed in, of a paper, by this account."""
    return paper.keyings.filter(by_id=by.id, place__in=(FIRST, SECOND)).first()


def may_key(paper: ReceivedPaper, by: Actor) -> int:
    """Which keying of a paper the viewer may begin or go on with: the first, the second, or 0 for none.

    Whoever has keyed it in by one account does not do so again by another.
    """
    taken = {one.place: one for one in paper.keyings.filter(place__in=(FIRST, SECOND))}
    place = {"received": FIRST, "keyed": SECOND}.get(paper.state, 0)
    mine = of_same_people([by.id])
    if not place or any(one.by_id in mine for one in taken.values() if one.place != place):
        return 0
    begun = taken.get(place)
    return place if begun is None or (begun.by_id == by.id and begun.finished_at is None) else 0


def was_keyed_by(paper: ReceivedPaper, by: Actor) -> bool:
    """Whether the viewer keys a paper in, or has keyed it in, by any of their accounts."""
    return paper.keyings.filter(by__in=of_same_people([by.id]), place__in=(FIRST, SECOND)).exists()


def keyed_rows(keying: Keying) -> dict[str, list[dict[str, str]]]:
    """The entries of a keying by section, with what the form says may be left empty; empty entries are left out."""
    pack = naming.pack()
    kept_rows = dict(keying.sections.values_list("section", "rows"))
    return {
        one.name: [
            row
            for typed in kept_rows.get(one.name, [])
            if (row := as_meant(one.name, typed, currency=pack.currency, country=pack.code))
        ]
        for one in sections_of(keying.paper.form)
    }


def family_of(keying: Keying) -> list[dict[str, str]]:
    """The relatives whom whoever keys a paper in has keyed in so far."""
    pack = naming.pack()
    typed = keying.sections.filter(section="family").values_list("rows", flat=True).first() or []
    return [row for one in typed if (row := as_meant("family", one, currency=pack.currency, country=pack.code))]


def both(paper: ReceivedPaper) -> tuple[Rows, Rows]:
    """What each of the two has keyed in."""
    first, second = paper.keyings.filter(place__in=(FIRST, SECOND)).select_related("paper").order_by("place")
    return keyed_rows(first), keyed_rows(second)


def compared(paper: ReceivedPaper) -> list[Difference]:
    """Where the two keyings of a paper differ, in the order of the form."""
    first, second = both(paper)
    return [found for name in first for found in differences(name, first[name], second[name])]


def agreed_rows(paper: ReceivedPaper) -> Rows:
    """What stands on the paper by the two who keyed it in, or by who looked where they differed."""
    keying = paper.keyings.select_related("paper").order_by("-place").first()
    if keying is None:
        raise DomainError("paper-not-keyed")
    if keying.place == SECOND:
        keying = paper.keyings.select_related("paper").get(place=FIRST)
    return keyed_rows(keying)


def checked(paper: ReceivedPaper, rows: Rows, *, by: Actor, at: datetime) -> Ready:
    """Hold a paper against the registers and the checks of all declarations.

    One after which the person signed something newer never takes the place of that.

    Args:
        rows: what stands on it.
    """
    newest = Declaration.objects.filter(person=paper.person_id, form=paper.form, year=paper.year, is_current=True)
    amends = newest.values_list("pk", flat=True).first() or ""
    later = signed_since(paper)
    sent = Sent(
        reference=paper.number,
        person=paper.person_id,
        form=paper.form,
        year=paper.year,
        amends=amends if paper.is_amendment or later else "",
        rows=rows,
        documents=[named_of(number, one) for number, one in enumerate(documents_of(paper), 1)],
        wrong=[Wrong(DomainError("paper-overtaken", year=paper.year, day=later.filed_date))] if later else [],
    )
    kept = [one.upload for one in sent.documents if one.upload]
    (ready,), _known = held_against([sent], by=by, at=at, way=PAPER, attached=kept)
    return ready


def signed_since(paper: ReceivedPaper) -> Declaration | None:
    """The newest version that the person signed after a paper had come; none of what a file brought.

    Of the same day, what was filed before the paper was taken in is what it amends.
    """
    since = Q(filed_date__gt=paper.received_date) | Q(filed_at__gt=paper.registered_at)
    same = Declaration.objects.filter(since, person=paper.person_id, form=paper.form, year=paper.year)
    return same.exclude(way=BULK).exclude(pk=paper.declaration_id or "").order_by("-version").first()


def documents_of(paper: ReceivedPaper) -> list[Attachment]:
    """Documents that were brought with a paper, in the order in which they were added."""
    return list(paper.attachments.select_related("upload", "paper").order_by("added_at", "pk"))


def named_of(number: int, one: Attachment) -> Named:
    """A document of a paper as a declaration of a file would name it."""
    return Named(number, one.section, int(one.row_id), one.document, upload=one.upload_id or "", reason=one.reason)


def problems(paper: ReceivedPaper, *, by: Actor, at: datetime) -> list[Wrong]:
    """Why a paper cannot be filed as it was keyed in."""
    return checked(paper, agreed_rows(paper), by=by, at=at).wrong


def own_problems(paper: ReceivedPaper, at: datetime) -> list[Wrong]:
    """The same for the person, who may know all that stands in their own paper."""
    return problems(paper, by=system("declarations"), at=at)


def amends_something(paper: ReceivedPaper) -> bool:
    """Whether something of the person, form and year is filed that a paper could amend."""
    same = Declaration.objects.filter(person=paper.person_id, form=paper.form, year=paper.year)
    return same.exclude(pk=paper.declaration_id or "").exists()


def is_first(paper: ReceivedPaper, by: Actor) -> bool:
    """Whether the viewer was the first to key a paper in, and so does not decide where the two differ."""
    return paper.keyings.filter(place=FIRST, by__in=of_same_people([by.id])).exists()
