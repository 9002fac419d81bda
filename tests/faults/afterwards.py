"""Looks at an installation after the trial and prints what it finds: what is lost, doubled, forked or does not hold.

Reads from standard input what the harness remembers; works on the installation's own database.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from adaldyq.kernel.models import Company, Deadline, Notification, StoredAnswer  # noqa: E402  # Django must be set up first
from adaldyq.kernel.models.deadlines import MISSED  # noqa: E402  # as above
from adaldyq.ledger.checkpoints import open_checkpoint  # noqa: E402  # as above
from adaldyq.ledger.cosignatures import CosignerKey  # noqa: E402  # as above
from adaldyq.ledger.merkle import Frontier, leaf_hash, tree_root  # noqa: E402  # as above
from adaldyq.ledger.models import Leaf, StoredCheckpoint  # noqa: E402  # as above
from adaldyq.ledger.notes import VerifierKey  # noqa: E402  # as above
from adaldyq.ledger.queries import receipt_of  # noqa: E402  # as above
from adaldyq.ledger.receipts import check_text  # noqa: E402  # as above
from adaldyq.ledger.store import nodes  # noqa: E402  # as above
from adaldyq.ledger.verdicts import Watch  # noqa: E402  # as above

NAMED = "Company "
REGISTER, FALL = "kernel.company.register", "kernel.deadline.fall"


def not_once(wanted: Iterable[str], found: Iterable[str]) -> list[str]:
    """What is not there exactly once, with how often it is."""
    counts = Counter(found)
    return [f"{one}: {counts[one]}" for one in wanted if counts[one] != 1]


def registered() -> Iterator[tuple[str, Leaf]]:
    """Companies whose registration has its place in the tree, each with its line."""
    for line in Leaf.objects.filter(act=REGISTER, position__isnull=False):
        yield json.loads(line.payload or "{}").get("record", ""), line


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of the acts that were filed.

    Attributes:
        lost: acknowledged acts that register or tree do not hold.
        doubled: acts that register or tree hold more than once, acknowledged or not.
        other: acts whose record is another than was acknowledged, or that nobody filed.
    """

    lost: list[str]
    doubled: list[str]
    other: list[str]


def filed(acknowledged: dict[str, str]) -> Filed:
    """Hold what was acknowledged against the register and the ledger."""
    rows = [(name.removeprefix(NAMED), one) for name, one in named()]
    times, places = Counter(reference for reference, _id in rows), Counter(one for one, _line in registered())
    known = dict(rows)
    return Filed(
        lost=[one for one, company in acknowledged.items() if not times[one] or not places[company]],
        doubled=[one for one, company in known.items() if times[one] > 1 or places[company] > 1],
        other=[one for one, company in known.items() if acknowledged.get(one) != company],
    )


def named() -> Iterator[tuple[str, str]]:
    """Names and ids of the companies that were filed."""
    yield from Company.objects.filter(name__startswith=NAMED).values_list("name", "id")


def unacknowledged(acknowledged: dict[str, str], unanswered: dict[str, float]) -> int:
    """How many acts were committed by a request that stayed without answer: before the last one of them was sent."""
    done = {}
    for answer, at in StoredAnswer.objects.values_list("answer", "at"):
        page = str(answer.get("page", "")).rstrip("/")
        done[answer.get("id") or page.rpartition("/")[2]] = at.timestamp()
    return sum(done[acknowledged[one]] < sent for one, sent in unanswered.items() if one in acknowledged)


def deadlines(due: list[str]) -> dict[str, list[str]]:
    """Deadlines: each fell once, and what follows from it happened once."""
    fell = Leaf.objects.filter(act=FALL, position__isnull=False).values_list("subject", flat=True)
    rows = list(Deadline.objects.values_list("id", "subject_id", "state"))
    followed = Company.objects.filter(name__startswith="After ").values_list("name", flat=True)
    told = Notification.objects.filter(message="deadline-missed").values_list("key", flat=True)
    return {
        "deadline lost": [one for one in due if one not in {subject for _id, subject, _state in rows}],
        "deadline that did not fall": [id_ for id_, _subject, state in rows if state != MISSED],
        "fall not once in the tree": not_once([row[0] for row in rows], [one or "" for one in fell]),
        "effect not once": not_once([f"After {row[1]}" for row in rows], followed),
        "message not once": not_once([f"deadline:{row[0]}:missed" for row in rows], told),
    }


def tree(key: VerifierKey) -> dict[str, list[str]]:
    """The tree: no place missing or taken twice, and every checkpoint that was ever signed is of this one history."""
    rows = list(Leaf.objects.order_by("position").values_list("position", "entry"))
    frontier, roots = Frontier(), {}
    for _position, entry in rows:
        frontier.append(leaf_hash(bytes(entry)))
        roots[frontier.size] = frontier.root()
    forked, before = [], None
    for one in StoredCheckpoint.objects.order_by("size"):
        signed = open_checkpoint(one.note, [key])
        if not signed.root == bytes(one.root) == roots.get(one.size) == tree_root(nodes(one.size), one.size):
            forked.append(str(one.size))
        if before and one.signed_at < before:
            forked.append(f"{one.size} is signed before the one before it")
        before = one.signed_at
    places = [position for position, _entry in rows]
    return {"fork": forked, "place": [] if places == list(range(len(rows))) else ["missing or taken twice"]}


def receipts(companies: Iterable[str], key: VerifierKey, witness: CosignerKey) -> tuple[int, list[str]]:
    """How many receipts of acknowledged acts hold, checked as anybody would far from here, and which do not."""
    held, bad, wanted = 0, [], set(companies)
    for company, line in registered():
        if company not in wanted:
            continue
        receipt = receipt_of(line, own=True)
        verdict = check_text(receipt.text(), [key], Watch((witness,), 1)) if receipt else None
        codes = {step.code for step in verdict.steps if step.holds} if verdict else set()
        if codes >= {"step-opens", "step-included", "step-signed", "step-cosigned"}:
            held += 1
        else:
            bad.append(f"{company}: {sorted(codes)}")
    return held, bad


def main() -> None:
    given = json.load(sys.stdin)
    key, witness = VerifierKey.parse(given["log"]), CosignerKey.parse(given["witness"])
    acknowledged = given["acknowledged"]
    found = filed(acknowledged)
    held, bad = receipts(acknowledged.values(), key, witness)
    wrong = asdict(found) | {"receipt that does not hold": bad} | deadlines(given["due"]) | tree(key)
    counts = {
        "lost": len(found.lost),
        "doubled": len(found.doubled),
        "unacknowledged": unacknowledged(acknowledged, given["unanswered"]),
        "receipts": held,
        "deadlines": Deadline.objects.count(),
        "lines": Leaf.objects.count(),
        "checkpoints": StoredCheckpoint.objects.count(),
    }
    json.dump({"wrong": {what: which for what, which in wrong.items() if which}, "counts": counts}, sys.stdout)


main()
