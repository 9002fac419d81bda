"""Draws of officers for applications: whose turn it is, what makes the seed, and what anybody repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from adaldyq.base import draw as chance
from adaldyq.base.draw import Frame
from adaldyq.kernel.models import Body
from adaldyq.ledger.queries import beacon_after, line_about, receipt_of
from adaldyq.measures.permits.domain.procedures import Key
from adaldyq.measures.permits.models import PermitApplication, PermitApplicationEvent, PermitDraw, PermitSecret
from adaldyq.measures.permits.models.draws import DRAND, OFFICES
from adaldyq.measures.permits.queries.conflicts import biased, biased_each, busy, officers_of, with_same_people
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.states import PENDING

FIX, GIVE_UP, MAKE = (f"permits.draw.{one}" for one in ("fix", "give_up", "make"))
TAG, REDRAWN = "permits", "redrawn"
MOST_OPEN = 60
"""Applications that an officer has at once; whoever has so many gets no more."""
EACH, OFFICES_NEEDED = 2, 2
"""Who verifies, and who decides; and whose secrets make a seed."""


def decides(application: PermitApplication) -> bool:
    """Whether somebody decides about an application, beside whoever verifies it."""
    return any(step.key is Key.DECIDE for step in content_of(application.procedure).steps)


def to_draw(application: PermitApplication) -> int:
    """How many officers are still to be drawn for an application."""
    return (application.verifier_id is None) + (application.decider_id is None and decides(application))


def unassigned(body: Body) -> list[PermitApplication]:
    """Applications that officers of a body are drawn for, and nobody was yet, whole or in part."""
    ours = Q(lent_to=body) | Q(body=body, lent_to=None)
    found = PermitApplication.objects.filter(ours, state__in=PENDING).filter(Q(verifier=None) | Q(decider=None))
    listed = found.select_related("procedure", "company", "owner").order_by("pk")
    return [one for one in listed if one.verifier_id is None or decides(one)]


def bodies_waiting() -> list[Body]:
    """Bodies with applications for which somebody is to be drawn, and no draw that waits for its beacon."""
    waiting = PermitDraw.objects.filter(drawn_at=None).values("body")
    open_ones = PermitApplication.objects.filter(state__in=PENDING).filter(Q(verifier=None) | Q(decider=None))
    drawing = open_ones.annotate(drawing=Coalesce("lent_to", "body")).values("drawing")
    bodies = Body.objects.filter(pk__in=drawing).exclude(pk__in=waiting).order_by("pk")
    return [one for one in bodies if unassigned(one)]


def frame_of(body: Body, day: date) -> Frame:
    """The frame of a draw: applications alike, officers with what they may still take, and who must not have which."""
    listed, officers = unassigned(body), officers_of(body, day)
    load = busy(officers)
    # Whoever is not drawn from has no place in a file that everybody reads.
    gain, had = biased_each([(one, officers) for one in listed], day), taken_each(listed)
    conflicts = {one.pk: sorted((gain[one.pk] | had[one.pk]) & set(officers)) for one in listed}
    return Frame(
        tag=f"{TAG}:{body.pk}",
        subjects={one.pk: 1 for one in listed},
        count=len(listed),
        people={one: max(0, MOST_OPEN - load[one]) for one in officers},
        conflicts={key: found for key, found in conflicts.items() if found},
        each=EACH,
    )


def without_anybody(frame: Frame) -> list[PermitApplication]:
    """Applications of a frame that no officer of it may have, whatever else they have to do."""
    officers = set(frame.people)
    keys = [key for key in frame.subjects if officers <= set(frame.conflicts.get(key, ()))]
    return list(PermitApplication.objects.filter(pk__in=keys).order_by("pk"))


def taken(application: PermitApplication) -> set[str]:
    """Who has or had a part in an application: drawn for it, taken from it, or took a step of it; with all their accounts."""
    return taken_each([application])[application.pk]


def taken_each(applications: Sequence[PermitApplication]) -> dict[str, set[str]]:
    """The same of many applications, by application; in a few queries however many they are."""
    had = {one.pk: {who for who in (one.verifier_id, one.decider_id) if who} for one in applications}
    rows = PermitApplicationEvent.objects.filter(application__in=had, happened__in=(REDRAWN, "step"))
    for application, happened, answer, account in rows.values_list(
        "application_id", "happened", "answer", "account_id"
    ):
        if who := answer if happened == REDRAWN else account:
            had[application].add(who)
    return with_same_people(had)


def left_for(application: PermitApplication, day: date) -> set[str]:
    """Officers who may have an application, whatever else they have to do: they neither gain from it nor have a part in it."""
    officers = officers_of(application.drawn_from, day)
    return set(officers) - biased(application, officers, day) - taken(application)


def with_room(application: PermitApplication, day: date) -> set[str]:
    """Those of them to whom a draw would give it now; whoever has as many as one may have gets no more."""
    free = left_for(application, day)
    load = busy(free)
    return {one for one in free if load[one] < MOST_OPEN}


def frame_in(draw: PermitDraw) -> Frame:
    """The frame of a draw as it was fixed."""
    return Frame(**{name: value for name, value in draw.frame.items() if name != "algorithm"})


def offices_with_secrets() -> list[PermitSecret]:
    """The next unused secret of each of two offices; fewer where there are no two."""
    found: dict[str, PermitSecret] = {}
    for one in PermitSecret.objects.filter(draw=None, withheld_at=None).order_by("body_id", "place"):
        found.setdefault(one.body_id, one)
    return list(found.values())[:OFFICES_NEEDED]


def beacon_of(draw: PermitDraw) -> str | None:
    """What became known after the frame was fixed; None while it is to come.

    Of offices it is their secrets, a line each, in the order of the offices' ids. Of a draw that an office gave up it is what
    the ledger's witnesses signed first after that line: a secret that is kept back steers nothing. A round of the public beacon
    is fetched when it is due (`actions.drawing`), and waited for however late it is.
    """
    if draw.beacon_kind == DRAND:
        return draw.beacon or None
    if draw.beacon_kind == OFFICES:
        secrets = list(draw.secrets.order_by("body_id"))
        return "\n".join(one.secret for one in secrets) if all(one.secret for one in secrets) else None
    given_up = draw.secrets.exclude(withheld_at=None).exists()
    return beacon_after(GIVE_UP if given_up else FIX, draw.pk, draw.witnesses)


def waiting() -> Sequence[PermitDraw]:
    """Draws whose beacon is to come."""
    return list(PermitDraw.objects.filter(drawn_at=None).select_related("body").order_by("pk"))


def draws() -> QuerySet[PermitDraw]:
    """All draws, the newest first."""
    return PermitDraw.objects.select_related("body").order_by("-fixed_at", "-pk")


def bundle_of(draw: PermitDraw) -> dict[str, Any]:
    """All that somebody needs to repeat a draw: the bundle of `base/draw.py`, secrets, and receipts of the ledger.

    They are of the frame, of secrets that were given up, and of the seed; each is None while its line has no place.
    """
    secrets = [
        {"office": one.body_id, "digest": one.digest, "secret": one.secret, "withheld": one.withheld_at is not None}
        for one in draw.secrets.order_by("body_id")
    ]
    told = {"root": draw.root, "beacon": draw.beacon, "seed": draw.seed, **draw.result}
    more = {
        "draw": draw.pk,
        "beacon_kind": draw.beacon_kind,
        "witnesses": draw.witnesses,
        "round": draw.round,
        "secrets": secrets,
    }
    lines = {"receipt": FIX, "given_up_receipt": GIVE_UP, "seed_receipt": MAKE}
    return {"frame": draw.frame, **told, **more, **{name: document(act, draw.pk) for name, act in lines.items()}}


def document(act: str, draw: str) -> dict[str, Any] | None:
    """The receipt of the line that an act left about a draw, as JSON says it; what it tells is public."""
    line = line_about(act, draw)
    receipt = receipt_of(line, own=True) if line is not None else None
    return receipt.document() if receipt is not None else None


def repeated(draw: PermitDraw) -> Mapping[str, Any]:
    """The bundle done anew from its frame and beacon."""
    return chance.bundle(frame_in(draw), draw.beacon)


def due_secrets(offices: Sequence[str]) -> QuerySet[PermitSecret]:
    """Secrets of some offices that a draw waits for."""
    found = PermitSecret.objects.filter(body__in=offices, draw__isnull=False, secret="", withheld_at=None)
    return found.select_related("draw__body", "body").order_by("place")
