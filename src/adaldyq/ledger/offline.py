"""The door for whoever checks the ledger without the system: no database, no framework, no trust in the server.

    python -m adaldyq.ledger.offline verify RECEIPT --key KEY [--witness KEY]
    python -m adaldyq.ledger.offline audit ADDRESS|FOLDER [--key KEY] [--witness KEY] [--state FILE] [--save FOLDER]

Of all packages it imports `adaldyq.base`, its neighbours here, and `cryptography`. Exit codes: 0 it holds; 1 it
could not be judged, and why; 2 the command line is wrong; 4 it does not hold: changed, forged, or a log that forked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from adaldyq.base.errors import DomainError
from adaldyq.ledger.cosignatures import CosignerKey
from adaldyq.ledger.notes import VerifierKey
from adaldyq.ledger.receipts import Verdict, check_text
from adaldyq.ledger.wording import english, sentence

HOLDS, UNJUDGED, MISUSED, REFUTED = 0, 1, 2, 4
STATE = "adaldyq-ledger-seen.json"
MARKS = {True: "✓", False: "✗", None: "·"}
MANY = {"--key", "--witness"}
ONE = {"--state", "--save"}

Say = Callable[[str], None]


def verify_receipt(text: str, keys: Sequence[str], witnesses: Sequence[str] = ()) -> Verdict:
    """Check a receipt.

    Args:
        keys: of the log, in text form.
        witnesses: the same of witnesses.

    Raises:
        DomainError: `key-malformed`.
    """
    trusted, seen_by = [VerifierKey.parse(key) for key in keys], [CosignerKey.parse(key) for key in witnesses]
    return check_text(text, trusted, seen_by)


def exit_code(verdict: Verdict) -> int:
    """What a verdict is to a shell."""
    if verdict.refuted:
        return REFUTED
    return HOLDS if verdict.holds else UNJUDGED


def lines_of(verdict: Verdict, translate: Callable[[str], str] = str) -> list[str]:
    """A verdict in sentences, a line each step."""
    return [f"{MARKS[step.holds]} {sentence(step.code, step.facts, translate)}" for step in verdict.steps]


def read_text(name: str) -> str:
    """A file, or the standard input for `-`.

    Raises:
        OSError: it cannot be read.
    """
    if name == "-":
        return sys.stdin.read()
    with open(name, encoding="utf-8", errors="replace") as file:  # noqa: PTH123  # pathlib takes longer to import than a receipt to check
        return file.read()


def options(arguments: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Words and options of a command line.

    Raises:
        ValueError: an option is not known, has no value, or was given twice.
    """
    words: list[str] = []
    given: dict[str, list[str]] = {}
    left = iter(arguments)
    for one in left:
        name, equals, value = one.partition("=")
        if not one.startswith("--"):
            words.append(one)
        elif name not in MANY | ONE or (name in ONE and name in given):
            raise ValueError(one)
        else:
            found = value if equals else next(left, None)
            if found is None:
                raise ValueError(one)
            given.setdefault(name, []).append(found)
    return words, given


def main(arguments: Sequence[str], say: Say = print) -> int:
    """Check what the command line names, say what was found, and give the exit code."""
    try:
        words, given = options(arguments)
        command, place = words
    except ValueError:
        say(str(__doc__).partition("\n\n")[2].rpartition("\n\nOf all")[0])
        return MISUSED
    try:
        verdict = {"verify": verified, "audit": audited}[command](place, given)
    except KeyError:
        return main([], say)
    except DomainError as error:
        say(english(error))
        return UNJUDGED
    except OSError as error:
        say(f"{error.filename}: {error.strerror}")
        return UNJUDGED
    for line in lines_of(verdict):
        say(line)
    return exit_code(verdict)


def verified(place: str, given: dict[str, list[str]]) -> Verdict:
    """The verdict on a receipt.

    Raises:
        DomainError: `key-malformed`.
    """
    return verify_receipt(read_text(place), given.get("--key", []), given.get("--witness", []))


def audited(place: str, given: dict[str, list[str]]) -> Verdict:
    """The verdict on a log.

    Raises:
        DomainError: `key-malformed`, and those of `audit`.
    """
    from pathlib import Path  # noqa: PLC0415  # a receipt is checked without what only an audit needs

    from adaldyq.ledger.audit import Seen, audit  # noqa: PLC0415  # the same
    from adaldyq.ledger.sources import Kept, source_of  # noqa: PLC0415  # the same

    source = source_of(place)
    if "--save" in given:
        source = Kept(source, Path(given["--save"][0]))
    seen = Seen.load(Path(given.get("--state", [STATE])[0]))
    keys, witnesses = given.get("--key", []), given.get("--witness", [])
    found = audit(source, seen, keys=map(VerifierKey.parse, keys), witnesses=map(CosignerKey.parse, witnesses))
    return found.verdict


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
