"""Acts that give applications to officers by lot, so that nobody picks who verifies and who decides.

Each hour the frame of a body's draw is fixed and its root goes into the ledger; the seed is made of what becomes known after that
(`base/draw.py`): a round of a public beacon where the operator named a relay of it (`base/beacons.py`), else the secrets of two
offices whose hashes stood there before, or what the ledger's witnesses sign first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from adaldyq.base import draw as chance
from adaldyq.base.beacons import QUICKNET, Round
from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.actions import rebind_deadlines
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models import Account, Body
from adaldyq.ledger.witnessing import known_keys
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.lending import tell_heads
from adaldyq.measures.permits.actions.redrawing import drop_all
from adaldyq.measures.permits.actions.steps import happen
from adaldyq.measures.permits.actions.telling import tell_officer
from adaldyq.measures.permits.adapters import drand
from adaldyq.measures.permits.domain.procedures import Key, step_of
from adaldyq.measures.permits.models import PermitApplication, PermitDraw, PermitSecret
from adaldyq.measures.permits.models.draws import DRAND, OFFICES, WITNESSES
from adaldyq.measures.permits.queries.applications import waits_for_applicant
from adaldyq.measures.permits.queries.conflicts import biased, officers_of
from adaldyq.measures.permits.queries.draws import (
    FIX,
    GIVE_UP,
    MAKE,
    OFFICES_NEEDED,
    beacon_of,
    bodies_waiting,
    decides,
    frame_in,
    frame_of,
    offices_with_secrets,
    taken,
    waiting,
    without_anybody,
)
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.states import PENDING

COMMIT, REVEAL = "permits.secret.commit", "permits.secret.reveal"
PATIENCE = timedelta(hours=24)
"""For so long an office may keep the others waiting for its secret."""
HEX = re.compile(r"[0-9a-f]{64}")
MOST_SECRETS = 10_000
AHEAD = timedelta(minutes=5)
"""The round of the beacon comes so long after its frame was fixed: by then the ledger has shown the frame to everybody."""
HOUR = "%Y-%m-%dT%H"


def fixed(made: PermitDraw) -> Recorded:
    """The ledger line of a frame: of which body, its root, and what will make the seed, in which order."""
    facts: dict[str, object] = {
        "draw": made.pk,
        "body": made.body_id,
        "hour": made.hour,
        "root": made.root,
        "beacon": made.beacon_kind,
        "witnesses": made.witnesses,
        "secrets": sorted(made.secrets.values_list("digest", flat=True)),
        "order": list(made.secrets.order_by("body_id").values_list("digest", flat=True)),
        **({"round": made.round} if made.round else {}),
    }
    return Recorded([facts], {"permit_draw": made.pk})


@act(FIX, records=fixed)
def fix_frame(*, body: Body, by: Actor, at: datetime) -> PermitDraw:
    """Fix which applications of a body are given out and among whom, before the seed can be known.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: this hour has its draw, or one waits for its beacon.
    """
    require(by.system, FIX)
    frame, secrets = frame_of(body, day_of(at)), offices_with_secrets()
    kind = DRAND if settings.DRAND else OFFICES if len(secrets) == OFFICES_NEEDED else WITNESSES
    try:
        with transaction.atomic():
            made = PermitDraw.objects.create(
                body=body,
                hour=at.astimezone(naming.pack().zone).strftime(HOUR),
                frame=frame.facts(),
                root=frame.root(),
                beacon_kind=kind,
                witnesses=sorted(key.name for key in known_keys()),
                round=QUICKNET.first_after(at + AHEAD) if kind == DRAND else None,
                fixed_at=at,
            )
    except IntegrityError:
        raise Conflict(FIX, "waiting") from None
    if kind == OFFICES:
        PermitSecret.objects.filter(pk__in=[one.pk for one in secrets]).update(draw=made)
    tell_heads(without_anybody(frame), by=by, at=at)
    return made


def drawn(made: PermitDraw) -> Recorded:
    """The ledger line of a draw: the seed, which with the frame tells everything."""
    return Recorded([{"draw": made.pk, "body": made.body_id, "seed": made.seed}], {"permit_draw": made.pk})


@act(MAKE, records=drawn)
def make_draw(*, draw: PermitDraw, by: Actor, at: datetime, told: Round | None = None) -> PermitDraw:
    """Give the applications of a frame to those whom the seed draws.

    Who may not have one any more does not get it, and the next draw has it again.

    Args:
        told: the round of the public beacon that the draw waits for, checked.

    Raises:
        NotAllowed: `by` is a person.
        DomainError: `draw-seed-to-come`.
        Conflict: it was drawn.
    """
    require(by.system, MAKE)
    beacon = told.text if told is not None and told.number == draw.round else beacon_of(draw)
    if beacon is None:
        raise DomainError("draw-seed-to-come")
    made = chance.bundle(frame_in(draw), beacon)
    result = {name: made[name] for name in ("drawn", "given", "reasons")}
    changes = {"seed": made["seed"], "beacon": beacon, "result": result, "drawn_at": at}
    if PermitDraw.objects.filter(pk=draw.pk, drawn_at=None).update(**changes) != 1:
        raise Conflict(MAKE, "drawn")
    draw.refresh_from_db()
    for application, people in sorted(made["given"].items()):  # in the order of `locking`
        assign(draw, application, people, by, at)
    return draw


def assign(draw: PermitDraw, key: str, people: Sequence[str], by: Actor, at: datetime) -> None:
    """Let the first whom a draw gives verify, and the second decide; what is given already stays."""
    one = (
        PermitApplication.objects.select_related("body", "lent_to", "company", "procedure")
        .filter(pk=key, state__in=PENDING)
        .first()
    )
    if one is None:
        return
    day = day_of(at)
    able = set(officers_of(one.drawn_from, day)) - biased(one, people, day) - taken(one)
    left = [who for who in people if who in able]
    changes: dict[str, object] = {}
    if one.verifier_id is None and left:
        changes["verifier_id"] = left.pop(0)
    if one.decider_id is None and decides(one) and left:
        changes["decider_id"] = left.pop(0)
    if not changes:
        return
    PermitApplication.objects.filter(pk=one.pk).update(draw=draw, assigned_at=at, nobody_at=None, **changes)
    one.refresh_from_db()
    happen(one, "assigned", by, at)
    for account in Account.objects.filter(pk__in=[str(who) for who in changes.values()]):
        tell_officer(one, account, "permit-given", at)
    step = step_of(content_of(one.procedure), one.step)
    holder = one.decider if step and step.key is Key.DECIDE else one.verifier
    if holder is not None and not waits_for_applicant(one):
        rebind_deadlines(kind=kind_of(one), subjects=[one.pk], account=holder)


def committed(secrets: Sequence[PermitSecret]) -> Recorded:
    """The ledger line of hashes: of which office, how many, from which place on, and a digest of them."""
    facts: dict[str, object] = {
        "office": secrets[0].body_id,
        "from": secrets[0].place,
        "secrets": len(secrets),
        "digest": digest([one.digest for one in secrets]),
    }
    return Recorded([facts], {"office": secrets[0].body_id})


@act(COMMIT, leaves=Leaves.PER_BATCH, records=committed)
def commit_secrets(*, office: Body, digests: Sequence[str], by: Actor, at: datetime) -> Sequence[PermitSecret]:
    """Hand in the hashes of secrets that an office keeps to itself; draws use them in this order.

    Raises:
        NotAllowed: `by` is no integrity officer of the office.
        DomainError: `secret-digest-wrong` for what is no SHA-256 in hexadecimal, stands twice or was handed in before.
    """
    require(by.system or office.pk in policies.offices_of(by), COMMIT)
    listed = [one.strip().lower() for one in digests if one.strip()]
    there = set(PermitSecret.objects.filter(digest__in=listed).values_list("digest", flat=True))
    wrong = [one for one in listed if not HEX.fullmatch(one) or one in there]
    if wrong or not listed or len(listed) > MOST_SECRETS or len(set(listed)) != len(listed):
        raise DomainError("secret-digest-wrong", field="digests", value=(wrong or [""])[0][:80])
    last = PermitSecret.objects.filter(body=office).aggregate(last=Max("place"))["last"] or 0
    made = [
        PermitSecret(
            body=office, place=place, digest=one, committed_by_id=by.id if not by.system else None, committed_at=at
        )
        for place, one in enumerate(listed, last + 1)
    ]
    PermitSecret.objects.bulk_create(made, batch_size=500)
    return made


def revealed(secret: PermitSecret) -> Recorded:
    """The ledger line of a secret: which, and what it is."""
    facts: dict[str, object] = {"draw": secret.draw_id or "", "digest": secret.digest, "secret": secret.secret}
    return Recorded([facts], {"permit_draw": secret.draw_id or ""})


@act(REVEAL, records=revealed)
def reveal_secret(*, secret: PermitSecret, text: str, by: Actor, at: datetime) -> PermitSecret:
    """Tell a secret that a draw waits for; not before its frame was fixed.

    Raises:
        NotAllowed: `by` is no integrity officer of the office.
        DomainError: `secret-wrong` when its hash is another.
        Conflict: no draw waits for it.
    """
    require(by.system or secret.body_id in policies.offices_of(by), REVEAL)
    told = text.strip()
    if hashlib.sha256(told.encode()).hexdigest() != secret.digest:
        raise DomainError("secret-wrong", field="secret")
    waits = PermitSecret.objects.filter(
        pk=secret.pk, draw__drawn_at=None, draw__isnull=False, secret="", withheld_at=None
    )
    if not waits.update(secret=told, revealed_at=at):
        raise Conflict(REVEAL, "told")
    secret.refresh_from_db()
    return secret


@act(GIVE_UP, records=fixed)
def give_up_secrets(*, draw: PermitDraw, by: Actor, at: datetime) -> PermitDraw:
    """Give up waiting for secrets that offices keep back; the witnesses' next signatures make the seed.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: the draw waits for none, or not long enough.
    """
    require(by.system, GIVE_UP)
    late = draw.secrets.filter(secret="")
    if draw.drawn_at or draw.beacon_kind != OFFICES or at - draw.fixed_at < PATIENCE or not late.update(withheld_at=at):
        raise Conflict(GIVE_UP, draw.beacon_kind)
    PermitDraw.objects.filter(pk=draw.pk).update(beacon_kind=WITNESSES)
    draw.refresh_from_db()
    return draw


def draw_all(*, by: Actor, at: datetime) -> int:
    """Draw what was fixed and has its beacon, then fix anew, each in an act of its own; how many were drawn.

    Whoever has come to gain from an application since they were drawn loses it first, so that the new frame has it.
    """
    count = 0
    for one in waiting():
        if one.beacon_kind == OFFICES and beacon_of(one) is None and at - one.fixed_at >= PATIENCE:
            give_up_secrets(draw=one, by=by, at=at)
        told = drand.fetched(one.round) if one.round and settings.DRAND else None
        if told is not None or beacon_of(one) is not None:
            make_draw(draw=one, by=by, at=at, told=told)
            count += 1
    drop_all(by=by, at=at)
    hour = at.astimezone(naming.pack().zone).strftime(HOUR)
    for body in bodies_waiting():
        if not PermitDraw.objects.filter(body=body, hour=hour).exists():
            fix_frame(body=body, by=by, at=at)
    return count
