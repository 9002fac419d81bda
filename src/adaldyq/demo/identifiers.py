"""Valid identification numbers of people and companies, many at a time.

Each chunk of the world has serial numbers of its own for every day of birth and sex, so that numbers stay
unique however many chunks there are.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from adaldyq.countries.loader import load
from adaldyq.demo.columns import ZERO, Bools, Ints, digits, year_of

PACK = "kz"
"""The country that the sample is one of."""

Digits = npt.NDArray[np.int64]

PERSON_SERIALS, COMPANY_SERIALS = 10_000, 100_000
PERSON_SLOTS, COMPANY_SLOTS = 6, 60
MOST_CHUNKS = PERSON_SERIALS // PERSON_SLOTS
STEP = 7919  # coprime with both numbers of serials, so that neighbours look unrelated
TRIES = 2
NEVER = 10  # what the weights give to a number that is never issued
CENTURY_CODE = {19: 3, 20: 5}


def control_digits(rows: Digits) -> Ints:
    """The twelfth digit for rows of eleven; ten where such a number is never issued."""
    scheme = load(PACK).schemes["IIN"]
    first, second = (rows @ np.array(row) % scheme.modulus for row in scheme.weights)
    control: Ints = np.where(first == NEVER, second, first)
    return control


def ranks_within(keys: Ints) -> Ints:
    """The how-manieth of its kind each value is, from zero."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    fresh = np.r_[True, ordered[1:] != ordered[:-1]] if len(keys) else np.zeros(0, bool)
    starts = np.flatnonzero(fresh)
    ranks = np.empty(len(keys), np.int64)
    ranks[order] = np.arange(len(keys)) - np.repeat(starts, np.diff(np.r_[starts, len(keys)]))
    return ranks


def issued(prefixes: Digits, width: int, chunk: int, slots: int, total: int) -> tuple[npt.NDArray[np.uint8], Bools]:
    """Numbers for rows that begin with `prefixes`, and which of them could be issued.

    Args:
        prefixes: the leading digits, one row each.
        width: digits of the serial number.
        chunk: whose serial numbers are used.
        slots: serial numbers that a chunk has for one prefix.
        total: serial numbers there are for one prefix.
    """
    keys = prefixes @ (10 ** np.arange(prefixes.shape[1] - 1, -1, -1, dtype=np.int64))
    ranks = ranks_within(keys)
    chosen = np.zeros((len(keys), 12), np.int64)
    valid = np.zeros(len(keys), bool)
    for attempt in range(TRIES):
        serial = (chunk * slots + ranks * TRIES + attempt + keys % total) * STEP % total
        eleven = np.hstack([prefixes, digits(serial, width).astype(np.int64) - ZERO])
        control = control_digits(eleven)
        better = ~valid & (control != NEVER) & (ranks * TRIES + attempt < slots)
        chosen[better] = np.hstack([eleven, control[:, None]])[better]
        valid |= better
    return (chosen + ZERO).astype(np.uint8), valid


def iins(birth: Ints, sex: Ints, chunk: int) -> tuple[npt.NDArray[np.uint8], Bools]:
    """Individual identification numbers for days of birth and sexes (0 female, 1 male).

    Returns:
        Characters, a row each, and which of them could be issued; a person without one has an old record.
    """
    years = year_of(birth)
    months = birth.astype("datetime64[D]").astype("datetime64[M]")
    month = months.astype(np.int64) % 12 + 1
    day = birth - months.astype("datetime64[D]").astype(np.int64) + 1
    century = np.where(years < 2000, CENTURY_CODE[19], CENTURY_CODE[20]) + 1 - sex  # noqa: PLR2004  # the year the century turned
    prefix = np.hstack(
        [digits((years % 100) * 10_000 + month * 100 + day, 6).astype(np.int64) - ZERO, century[:, None]]
    )
    return issued(prefix, 4, chunk, PERSON_SLOTS, PERSON_SERIALS)


def bins(registered: Ints, chunk: int, kind: int = 40) -> tuple[npt.NDArray[np.uint8], Bools]:
    """Business identification numbers for days of registration: year, month, kind, serial, control."""
    months = registered.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    prefix = digits(((months // 12 + 1970) % 100) * 10_000 + (months % 12 + 1) * 100 + kind, 6).astype(np.int64) - ZERO
    return issued(prefix, 5, chunk, COMPANY_SLOTS, COMPANY_SERIALS)
