"""The door for whoever checks the ledger without the system: no database, no framework, no trust in the server.

    python -m adaldyq.ledger.offline verify RECEIPT --key KEY [--witness KEY] [--least NUMBER]
    python -m adaldyq.ledger.offline audit ADDRESS|FOLDER [--key KEY] [--witness KEY] [--least NUMBER]
                                           [--state FILE] [--save FOLDER]

`--least` is how many of the witnesses named must have cosigned.

Of all packages it imports `adaldyq.base`, its neighbours here, and `cryptography`. Exit codes: 0 it holds; 1 it
could not be judged, and why; 2 the command line is wrong; 4 it does not hold: changed, forged, or a log that forked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from adaldyq.base.errors import DomainError
from adaldyq.base.words import ENGLISH, Translation
from adaldyq.ledger.cosignatures import CosignerKey
from adaldyq.ledger.notes import VerifierKey
from adaldyq.ledger.receipts import MOST_CHARACTERS, check_text
from adaldyq.ledger.verdicts import Verdict, Watch
from adaldyq.ledger.wording import english, sentence

HOLDS, UNJUDGED, MISUSED, REFUTED = 0, 1, 2, 4
STATE = "adaldyq-ledger-seen.json"
MARKS = {True: "✓", False: "✗", None: "·"}
MANY = {"--key", "--witness"}
ONE = {"--state", "--save", "--least"}
DIGITS = 3
MOST_BYTES = 4 * MOST_CHARACTERS + 1

Say = Callable[[str], None]


def exit_code(verdict: Verdict) -> int:
    """What a verdict is to a shell."""
    if verdict.refuted:
        return REFUTED
    return HOLDS if verdict.holds else UNJUDGED


def lines_of(verdict: Verdict, translation: Translation = ENGLISH) -> list[str]:
    """A verdict in sentences, a line each step."""
    return [f"{MARKS[step.holds]} {printable(sentence(step.code, step.facts, translation))}" for step in verdict.steps]


def printable(text: str) -> str:
    """A text without signs that would turn, hide or overwrite what a terminal shows."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def read_text(name: str) -> str:
    """A file, or the standard input for `-`; no more of it than what is surely too long to be a receipt.

    Raises:
        OSError: it cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES).decode("utf-8", errors="replace")
    with open(name, "rb") as file:  # noqa: PTH123  # pathlib takes longer to import than a receipt to check
        return file.read(MOST_BYTES).decode("utf-8", errors="replace")


def options(arguments: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Words and options of a command line.

    Raises:
        ValueError: an option is not known, has no value, has another than it may, or was given twice.
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
            if found is None or (name == "--least" and not is_number(found)):
                raise ValueError(one)
            given.setdefault(name, []).append(found)
    return words, given


def is_number(text: str) -> bool:
    """Whether a text is a small number without a sign."""
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS


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


def watch_of(given: dict[str, list[str]]) -> Watch:
    """The witnesses that a command line trusts.

    Raises:
        DomainError: `key-malformed`.
    """
    known = tuple(CosignerKey.parse(key) for key in given.get("--witness", []))
    return Watch(known, int(given.get("--least", ["0"])[0]), datetime.now(UTC))


def verified(place: str, given: dict[str, list[str]]) -> Verdict:
    """The verdict on a receipt.

    Raises:
        DomainError: `key-malformed`.
    """
    keys = [VerifierKey.parse(key) for key in given.get("--key", [])]
    return check_text(read_text(place), keys, watch_of(given))


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
    keys = [VerifierKey.parse(key) for key in given.get("--key", [])]
    return audit(source, seen, keys=keys, watch=watch_of(given)).verdict


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
