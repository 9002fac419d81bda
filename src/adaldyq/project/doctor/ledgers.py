"""Whether the ledger grows, is signed and is witnessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Min
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.ledger import guard, keys
from adaldyq.ledger.erasures import not_noted
from adaldyq.ledger.models import Leaf, LogKey, StoredCheckpoint, StoredCosignature
from adaldyq.ledger.notes import SignerKey
from adaldyq.ledger.store import newest_checkpoint
from adaldyq.ledger.witness_client import WitnessAddress, WitnessAway
from adaldyq.ledger.witnessing import configured
from adaldyq.project.doctor.outcomes import Conditions, Outcome, bad, bad_when, good, in_production, lasted, look
from adaldyq.project.doctor.work import behind

COSIGNED_WITHIN, COSIGNED_AT_LAST = timedelta(minutes=10), timedelta(days=1)


def key(conditions: Conditions) -> Iterator[Outcome]:
    """That the key that signs is here, and is this ledger's."""
    if not settings.LEDGER_KEY and not keys.file().exists() and not LogKey.objects.exists():
        yield good("ledger-key", _("The ledger has not been signed yet; its key is made with the first act."))
        return
    try:
        signing = keys.signing_keys()
    except DomainError as error:
        yield bad("ledger-key", sentence(error), _("docs/how-to/replace-the-ledger-key.md tells more."))
        return
    yield good("ledger-key", _("The ledger is signed by %(keys)s.") % {"keys": ", ".join(map(short, signing))})


def short(one: SignerKey) -> str:
    """Name and id of a key."""
    return f"{one.verifier.name}+{one.verifier.id.hex()}"


def lines(conditions: Conditions) -> Iterator[Outcome]:
    """That lines of acts get their places."""
    oldest = Leaf.objects.filter(position=None).aggregate(oldest=Min("recorded_at"))["oldest"]
    yield from behind(
        "ledger-lines",
        oldest,
        conditions,
        fresh=_("No line of the ledger waits longer than a minute for its place."),
        late=_("A line of the ledger has waited for its place for %(span)s."),
    )


def erased(conditions: Conditions) -> Iterator[Outcome]:
    """That what was erased is noted outside the backups."""
    waiting, facts = not_noted().count(), {"file": settings.ERASED}
    if not waiting:
        yield good("erasures", _("Whatever was erased is noted in %(file)s.") % facts)
        return
    yield bad(
        "erasures",
        _("%(count)s erasures are not noted in %(file)s, so a restore would not know of them.")
        % (facts | {"count": waiting}),
        _("Let the program write that file; the worker then notes them by itself."),
    )


def held(conditions: Conditions) -> Iterator[Outcome]:
    """That the ledger may be signed, or why it is held and how to go on."""
    refusal = guard.why_held()
    if refusal:
        yield bad(
            "ledger-guard",
            sentence(refusal),
            _("Acts go on, their lines wait. docs/how-to/restore-the-ledger.md tells how to go on."),
        )
    else:
        yield good("ledger-guard", _("Nothing holds the ledger from being signed."))


def memory(conditions: Conditions) -> Iterator[Outcome]:
    """That the file outside the backups is there."""
    place = Path(settings.LEDGER_SEEN)
    if newest_checkpoint() is None:
        return
    if place.exists():
        yield good("ledger-memory", _("%(file)s is where it should be.") % {"file": place})
    else:
        yield look(
            "ledger-memory",
            _("%(file)s is missing, which remembers what the ledger signed last.") % {"file": place},
            _(
                "Put it back, or let the worker write it with the next act; set ADALDYQ_LEDGER_SEEN to a disk that lasts."
            ),
        )


def witnesses(conditions: Conditions) -> Iterator[Outcome]:
    """That witnesses can be reached, and have cosigned lately."""
    try:
        named = configured()
    except DomainError as error:
        yield bad("witnesses", sentence(error), _("Correct ADALDYQ_WITNESSES."))
        return
    if not named:
        yield look(
            "witnesses",
            _("No witness watches the ledger, so nobody else can prove that it was not rewritten."),
            _("Ask another institution to run `adaldyq witness`, and name it in ADALDYQ_WITNESSES."),
        )
    away = [one for one in named if not answers(one)]
    for one in named:
        if one in away:
            yield bad_when(
                in_production() and len(away) == len(named),
                "witnesses",
                _("The witness %(name)s does not answer at %(address)s.") % {"name": one.key.name, "address": one.url},
                _("Tell whoever runs it, or correct ADALDYQ_WITNESSES. The ledger goes on without it."),
            )
        else:
            yield good("witnesses", _("The witness %(name)s answers.") % {"name": one.key.name})
        yield from cosigned(one, conditions.at)


def answers(witness: WitnessAddress) -> bool:
    """Whether a witness can be asked."""
    try:
        witness.last(guard.origin())
    except WitnessAway:
        return False
    return True


def cosigned(witness: WitnessAddress, at: datetime) -> Iterator[Outcome]:
    """That a witness has signed what the ledger signed, soon after."""
    last = StoredCosignature.objects.filter(witness=witness.key.name).order_by("-checkpoint_id").first()
    seen = last.checkpoint_id if last else 0
    first = StoredCheckpoint.objects.filter(size__gt=seen).order_by("size").first()
    facts = {"name": witness.key.name}
    if first is None or at - first.signed_at < COSIGNED_WITHIN:
        yield good("cosignatures", _("%(name)s has cosigned the newest checkpoints.") % facts)
        return
    waited = at - first.signed_at
    yield bad_when(
        waited >= COSIGNED_AT_LAST,
        "cosignatures",
        _("%(name)s has cosigned no checkpoint of the last %(span)s.") % (facts | {"span": lasted(waited)}),
        _("The worker asks it again and again; its log tells what it answers."),
    )
