"""Turns arrays of numbers into Arrow columns, millions of values at a time and without a Python object each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from adaldyq.base.ids import ALPHABET, BITS

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

NONE = -(1 << 40)
"""Stands for “no value” in arrays of days, sums and codes."""

HALF = BITS // 2
HALF_MASK = np.uint64((1 << HALF) - 1)
ROUNDS = 4
CHUNK_BITS, ROW_BITS = 20, 32
LETTERS = np.frombuffer(ALPHABET.encode(), np.uint8)
ZERO = ord("0")
MICRO = 10_000
"""Money is kept in cents, shares and areas in hundredths: Arrow's six places are reached by this factor."""


@dataclass(frozen=True)
class Ids:
    """Opaque ids of a world: a keyed permutation of (table, chunk, row), so that no two are ever equal.

    A Feistel network of four rounds over two halves of 30 bits; the round keys come from the seed.
    """

    keys: tuple[int, ...]

    @classmethod
    def of_seed(cls, seed: int) -> Ids:
        """The ids of the world with this seed."""
        return cls(tuple(int(key) for key in np.random.SeedSequence([seed, 60]).generate_state(ROUNDS, np.uint64)))

    def numbers(self, table: int, chunk: int, rows: Ints) -> npt.NDArray[np.uint64]:
        """The 60-bit numbers of rows of a table in a chunk.

        Args:
            table: below 256.
            chunk: below 2**20.
            rows: below 2**32.
        """
        plain = (np.uint64(table << CHUNK_BITS | chunk) << np.uint64(ROW_BITS)) | rows.astype(np.uint64)
        left, right = plain >> np.uint64(HALF), plain & HALF_MASK
        for key in self.keys:
            mixed = (right + np.uint64(key & int(HALF_MASK))) * np.uint64(key | 1)
            mixed ^= mixed >> np.uint64(29)
            mixed *= np.uint64(0x9E3779B97F4A7C15)
            left, right = right, left ^ ((mixed >> np.uint64(33)) & HALF_MASK)
        return (left << np.uint64(HALF)) | right

    def letters(self, table: int, chunk: int, rows: Ints) -> npt.NDArray[np.uint8]:
        """The ids as a matrix of characters, one row each."""
        numbers = self.numbers(table, chunk, rows)
        shifts = np.arange(BITS - 5, -1, -5, dtype=np.uint64)
        picked: npt.NDArray[np.uint8] = LETTERS[((numbers[:, None] >> shifts) & np.uint64(31)).astype(np.intp)]
        return picked

    def column(self, table: int, chunk: int, rows: Ints) -> pa.Array[Any]:
        """The ids as text; null where the row is negative."""
        return fixed_text(self.letters(table, chunk, np.maximum(rows, 0)), rows >= 0)

    def texts(self, table: int, chunk: int, rows: Ints) -> list[str]:
        """The ids as Python strings, for the few rows that a story names."""
        return [str(one) for one in self.column(table, chunk, rows).to_pylist()]


def fixed_text(letters: npt.NDArray[np.uint8], valid: Bools | None = None) -> pa.Array[Any]:
    """Text of equal length from a matrix of ASCII characters."""
    count, width = letters.shape
    offsets = pa.py_buffer(np.arange(0, (count + 1) * width, width, dtype=np.int32).tobytes())
    data = pa.py_buffer(np.ascontiguousarray(letters).tobytes())
    return pa.StringArray.from_buffers(count, offsets, data, bitmap(valid))


def bitmap(valid: Bools | None) -> pa.Buffer | None:
    """Arrow's validity bits; none when every value is there."""
    if valid is None or bool(valid.all()):
        return None
    return pa.py_buffer(np.packbits(valid, bitorder="little").tobytes())


def digits(numbers: Ints, width: int) -> npt.NDArray[np.uint8]:
    """Decimal digits of whole numbers as characters, with leading zeros, one row each."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return ((numbers[:, None] // powers) % 10 + ZERO).astype(np.uint8)


def constant_letters(text: str, count: int) -> npt.NDArray[np.uint8]:
    """The same ASCII text in each of `count` rows."""
    return np.broadcast_to(np.frombuffer(text.encode("ascii"), np.uint8), (count, len(text)))


def decimal_column(values: Ints, scale: int) -> pa.Array[Any]:
    """Exact decimals with 18 digits from whole numbers of their smallest unit; null for NONE."""
    valid = values != NONE
    words = np.empty((len(values), 2), np.int64)
    words[:, 0] = np.where(valid, values, 0)
    words[:, 1] = words[:, 0] >> 63
    return pa.Array.from_buffers(pa.decimal128(18, scale), len(values), [bitmap(valid), pa.py_buffer(words.tobytes())])


def money(cents: Ints) -> pa.Array[Any]:
    """Sums of money from cents; null for NONE."""
    return decimal_column(cents, 2)


def number(hundredths: Ints) -> pa.Array[Any]:
    """Numbers with six places from hundredths; null for NONE."""
    return decimal_column(np.where(hundredths == NONE, NONE, hundredths * MICRO), 6)


def dates(days: Ints) -> pa.Array[Any]:
    """Dates from days since 1970; null for NONE."""
    valid = days != NONE
    return pa.Array.from_buffers(
        pa.date32(),
        len(days),
        [bitmap(valid), pa.py_buffer(np.where(valid, days, 0).astype(np.int32).tobytes())],
    )


def instants(microseconds: Ints) -> pa.Array[Any]:
    """Instants from microseconds since 1970, UTC."""
    return pa.array(microseconds, pa.int64()).cast(pa.timestamp("us", tz="UTC"))


def whole(numbers: Ints) -> pa.Array[Any]:
    """Whole numbers; null for NONE."""
    return pa.array(numbers, pa.int64(), mask=numbers == NONE)


def coded(codes: Ints, texts: Sequence[str | None] | pa.Array[Any]) -> pa.Array[Any]:
    """Texts by their place in a list; null where the place is negative."""
    words = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string())
    return words.take(pa.array(codes, pa.int64(), mask=codes < 0))


def written(*parts: pa.Array[Any] | str, between: str = "") -> pa.Array[Any]:
    """Texts put together row by row; a plain text stands in every row. Null where a part is."""
    together: pa.Array[Any] = pc.binary_join_element_wise(*parts, between)  # type: ignore[call-overload]  # takes texts and columns together, which its stub does not say
    return together


def flags(values: Bools) -> pa.Array[Any]:
    """Booleans."""
    return pa.array(values, pa.bool_())


def same(text: str, count: int) -> pa.Array[Any]:
    """One text in every row."""
    return pa.repeat(pa.scalar(text, pa.string()), count)


def day(year: int, month: int = 1, of_month: int = 1) -> int:
    """A date as days since 1970."""
    return int(np.datetime64(f"{year:04d}-{month:02d}-{of_month:02d}", "D").astype(np.int64))


def year_of(days: Ints) -> Ints:
    """The calendar year of days since 1970."""
    years: Ints = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def date_text(day_number: int) -> str:
    """A day since 1970 as ISO 8601."""
    return str(np.datetime64(int(day_number), "D"))
