"""Writes the statement of a day, as a bank does: camt.053.001.08 or MT940."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

from adaldyq.base.money import minor_places
from adaldyq.project.provider.store import Store

SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
SWIFT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")
"""Letters that SWIFT's messages may have; others become a full stop."""
PART, PARTS = 27, 8
LONGEST_REFERENCE = 16


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry of the account, in minor units."""

    number: int
    amount: int
    reference: str
    merchant_key: str
    party: str
    words: str

    @property
    def bank_reference(self) -> str:
        """The bank's own reference, short enough for MT940."""
        return f"AT{self.number:012d}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the account: balance before it in minor units, and its entries."""

    day: date
    currency: str
    opening: int
    entries: Sequence[Booked]

    @property
    def account(self) -> str:
        """Number of the account: one for each currency."""
        return f"ADALDYQTEST{self.currency}"

    @property
    def closing(self) -> int:
        """Balance after it."""
        return self.opening + sum(one.amount for one in self.entries)

    @property
    def number(self) -> int:
        """Number of the statement within its year."""
        return self.day.timetuple().tm_yday

    def sum(self, units: int) -> str:
        """An amount without its sign."""
        return f"{Decimal(abs(units)).scaleb(-minor_places(self.currency)):f}"


def day_of(store: Store, day: date, currency: str) -> Day:
    """A day of the account as it is kept."""
    before = store.row(
        "SELECT coalesce(sum(amount), 0) AS sum FROM entry WHERE currency = ? AND day < ?", currency, str(day)
    )
    rows = store.rows("SELECT * FROM entry WHERE currency = ? AND day = ? ORDER BY id", currency, str(day))
    entries = [
        Booked(row["id"], row["amount"], row["reference"], row["merchant_key"], row["party"], row["words"])
        for row in rows
    ]
    return Day(day, currency, before["sum"] if before else 0, entries)


def in_camt053(of: Day) -> Iterator[str]:
    """The statement in camt.053, in pieces."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{SPACE}"><BkToCstmrStmt>\n'
    yield f"<GrpHdr><MsgId>{of.account}-{of.day}</MsgId><CreDtTm>{of.day}T23:59:59Z</CreDtTm></GrpHdr>\n"
    yield f"<Stmt><Id>{of.account}-{of.day}</Id><ElctrncSeqNb>{of.number}</ElctrncSeqNb><CreDtTm>{of.day}T23:59:59Z</CreDtTm>\n"
    yield f"<Acct><Id><Othr><Id>{of.account}</Id></Othr></Id><Ccy>{of.currency}</Ccy></Acct>\n"
    yield balance(of, "OPBD", of.opening, of.day - timedelta(1))
    yield balance(of, "CLBD", of.closing, of.day)
    yield f"<TxsSummry><TtlNtries><NbOfNtries>{len(of.entries)}</NbOfNtries></TtlNtries></TxsSummry>\n"
    for one in of.entries:
        yield entry(of, one)
    yield "</Stmt></BkToCstmrStmt></Document>\n"


def balance(of: Day, kind: str, units: int, day: date) -> str:
    """A balance of camt.053."""
    return f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{amount(of, units)}<Dt><Dt>{day}</Dt></Dt></Bal>\n"


def amount(of: Day, units: int) -> str:
    """An amount of camt.053 and which way it went."""
    way = "CRDT" if units >= 0 else "DBIT"
    return f'<Amt Ccy="{of.currency}">{of.sum(units)}</Amt><CdtDbtInd>{way}</CdtDbtInd>'


def entry(of: Day, one: Booked) -> str:
    """An entry of camt.053."""
    other = "Dbtr" if one.amount >= 0 else "Cdtr"
    structured = f"<Strd><CdtrRefInf><Ref>{escape(one.reference)}</Ref></CdtrRefInf></Strd>" if one.reference else ""
    return (
        f"<Ntry><NtryRef>{one.number}</NtryRef>{amount(of, one.amount)}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{of.day}</Dt></BookgDt><ValDt><Dt>{of.day}</Dt></ValDt>"
        f"<AcctSvcrRef>{one.bank_reference}</AcctSvcrRef>"
        "<BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{escape(one.merchant_key) or 'NOTPROVIDED'}</EndToEndId></Refs>"
        f"<RltdPties><{other}><Pty><Nm>{escape(one.party)}</Nm></Pty></{other}></RltdPties>"
        f"<RmtInf><Ustrd>{escape(one.words[:140])}</Ustrd>{structured}</RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )


def in_mt940(of: Day) -> Iterator[str]:
    """The statement in MT940, in pieces."""
    yield "{1:F01ADALDYQXXXXX0000000000}{2:O9400000000000ADALDYQXXXXX00000000000000000000N}{4:\r\n"
    yield f":20:{of.day:%y%m%d}{of.currency}\r\n:25:{of.account}\r\n:28C:{of.number}/1\r\n"
    yield f":60F:{swift_balance(of, of.opening, of.day - timedelta(1))}\r\n"
    for one in of.entries:
        way = "C" if one.amount >= 0 else "D"
        total = swift_sum(of, one.amount)
        yield f":61:{of.day:%y%m%d%m%d}{way}{total}NTRF{one.merchant_key[:LONGEST_REFERENCE] or 'NONREF'}//{one.bank_reference}\r\n"
        yield from words(one)
    yield f":62F:{swift_balance(of, of.closing, of.day)}\r\n-}}\r\n"


def swift_balance(of: Day, units: int, day: date) -> str:
    """A balance of MT940."""
    return f"{'C' if units >= 0 else 'D'}{day:%y%m%d}{of.currency}{swift_sum(of, units)}"


def swift_sum(of: Day, units: int) -> str:
    """An amount of MT940: with a comma, always."""
    whole, _, part = of.sum(units).partition(".")
    return f"{whole},{part}"


def words(one: Booked) -> Iterator[str]:
    """The words of an entry, in the subfields that banks use."""
    text = "".join(
        letter if letter in SWIFT and letter != "?" else "." for letter in f"{one.reference} {one.words}".strip()
    )
    parts = [text[at : at + PART] for at in range(0, len(text), PART)][:PARTS]
    named = [f"?{20 + place}{part}" for place, part in enumerate(parts)]
    party = "".join(letter if letter in SWIFT and letter != "?" else "." for letter in one.party)[:PART]
    named += [f"?32{party}"] if party else []
    lines = ["".join(named[at : at + 2]) for at in range(0, len(named), 2)]
    for place, line in enumerate(lines):
        yield f"{':86:166' if not place else ''}{line}\r\n"
