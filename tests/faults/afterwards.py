"""Looks at an installation after the trial and prints what it finds: what is lost, doubled, forked or does not hold.

Reads from standard input what the harness remembers; works on the installation's own database.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from adaldyq.kernel.models import Company, Deadline, Notification  # noqa: E402  # Django must be set up first
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

REGISTER, FALL = "kernel.company.register", "kernel.deadline.fall"


def not_once(wanted: Iterable[str], found: Iterable[str]) -> list[str]:
    """What is not there exactly once, with how often it is."""
    counts = Counter(found)
    return [f"{one}: {counts[one]}" for one in wanted if counts[one] != 1]


def registered() -> Iterator[tuple[str, Leaf]]:
    """Companies whose registration has its place in the tree, each with its line."""
    for line in Leaf.objects.filter(act=REGISTER, position__isnull=False):
        yield json.loads(line.payload or "{}").get("record", ""), line


def forms(acknowledged: dict[str, str], unacknowledged: list[str]) -> dict[str, list[str]]:
    """Acts of the forms: each once in the register and once in the ledger."""
    rows = list(Company.objects.exclude(identifier="").values_list("identifier", "id"))
    ids = dict(rows)
    known = [*acknowledged, *unacknowledged]
    return {
        "not once in the register": not_once(known, [reference for reference, _company in rows]),
        "another record than was told": [one for one, company in acknowledged.items() if ids.get(one) != company],
        "not once in the tree": not_once(ids.values(), [company for company, _line in registered()]),
    }


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


def receipts(companies: Iterable[str], key: VerifierKey, witness: CosignerKey) -> dict[str, list[str]]:
    """Receipts of acknowledged acts, checked as anybody would far from here."""
    bad, wanted = [], set(companies)
    for company, line in registered():
        if company not in wanted:
            continue
        receipt = receipt_of(line, own=True)
        verdict = check_text(receipt.text(), [key], Watch((witness,), 1)) if receipt else None
        codes = {step.code for step in verdict.steps if step.holds} if verdict else set()
        if not codes >= {"step-opens", "step-included", "step-signed", "step-cosigned"}:
            bad.append(f"{company}: {sorted(codes)}")
    return {"receipt that does not hold": bad}


def main() -> None:
    given = json.load(sys.stdin)
    key, witness = VerifierKey.parse(given["log"]), CosignerKey.parse(given["witness"])
    acknowledged = given["acknowledged"]
    wrong = forms(acknowledged, given["unacknowledged"]) | deadlines(given["due"]) | tree(key)
    wrong |= receipts(acknowledged.values(), key, witness)
    counts = {
        "lines": Leaf.objects.count(),
        "checkpoints": StoredCheckpoint.objects.count(),
        "deadlines": Deadline.objects.count(),
        "receipts": len(acknowledged),
    }
    json.dump({"wrong": {what: found for what, found in wrong.items() if found}, "counts": counts}, sys.stdout)


main()
