"""Reads camt.053, the statement of ISO 20022 ("BankToCustomerStatement"), in the versions 001.02 to 001.08.

It is read entry by entry, without document types, entities and the network, so that a large file needs little memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from typing import cast

from lxml import etree

from adaldyq.base.money import CURRENCY
from adaldyq.measures.payments.domain.statements.references import reference_of
from adaldyq.measures.payments.domain.statements.statement import (
    Entry,
    Statement,
    broken,
    checked,
    first_reference,
    minor_units,
)

SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
VERSIONS = frozenset({"02", "03", "04", "05", "06", "07", "08"})
ENCODING = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
DECLARES = ("<!DOCTYPE", "<!ENTITY")
SIGNS = {"CRDT": 1, "DBIT": -1}
OPENING, BEFORE, CLOSING = "OPBD", "PRCD", "CLBD"
"""Balances: opening booked, previously closed booked, closing booked."""
BOOKED = "BOOK"
PART, WORDS = "TxDtls", "Ustrd"
"""What an entry, and what the words of a payment, may have several of."""
IDENTIFIED = ("Id/IBAN", "Id/Othr/Id")


def read_camt053(text: str) -> tuple[Statement, ...]:
    """The statements of a file.

    Args:
        text: of the whole file, decoded from UTF-8.

    Raises:
        DomainError: `statement-declares` for a document type or an entity, `statement-encoding-named`,
            `statement-xml-broken`, `statement-truncated`, `statement-version`, `statement-element-missing`,
            `statement-value`, `statement-amount`, `statement-currency`, `statement-count`, `statement-parts`,
            `statement-sum`, `statement-entry-twice`. Each names the line.
    """
    refuse_declarations(text)
    reader = Reader()
    try:
        reader.read(text.encode())
    except etree.XMLSyntaxError as error:
        # The parser stops within the last line when the file ends too early.
        ends = text.rstrip().endswith((":Document>", "</Document>"))
        raise broken("statement-xml-broken" if ends else "statement-truncated", error.lineno or 1) from None
    if not reader.found:
        raise broken("statement-element-missing", 1, element="Stmt")
    return checked(reader.found)


def refuse_declarations(text: str) -> None:
    """Refuse what statements never have and attacks begin with, before anything is parsed.

    Raises:
        DomainError: `statement-declares`, `statement-encoding-named`.
    """
    upper = text.upper()
    for word in DECLARES:
        if word in upper:
            raise broken("statement-declares", text.count("\n", 0, upper.index(word)) + 1)
    named = ENCODING.match(text)
    if named and named[1].upper() not in {"UTF-8", "US-ASCII", "ASCII"}:
        raise broken("statement-encoding-named", 1, value=named[1][:40])


def line_of(element: etree._Element) -> int:
    """Line at which an element begins."""
    return cast("int | None", element.sourceline) or 1


@dataclass(slots=True)
class Facts:
    """What stands within an element: texts by their path, and currencies of amounts, gathered in one pass.

    Attributes:
        line: at which it begins.
        apart: elements that are read by themselves, since there may be several.
    """

    line: int
    texts: dict[str, str] = field(default_factory=dict)
    apart: list[etree._Element] = field(default_factory=list)

    @classmethod
    def of(cls, element: etree._Element, space: str) -> Facts:
        """What stands within an element of a name space."""
        found = cls(line_of(element))
        found.gather(element, "", len(space))
        return found

    def gather(self, element: etree._Element, above: str, skipped: int) -> None:
        """Gather texts; of an element that stands there again, only words go on."""
        for child in element:
            name = str(child.tag)[skipped:]
            path = f"{above}{name}"
            if name == PART:
                self.apart.append(child)
            elif len(child):
                self.gather(child, f"{path}/", skipped)
            elif path not in self.texts:
                self.texts[path] = (child.text or "").strip()
                if name == "Amt":
                    self.texts[f"{path}@"] = str(child.get("Ccy") or "")
            elif name == WORDS:
                self.texts[path] += f" {(child.text or '').strip()}"

    def text(self, path: str) -> str:
        """Text at a path, without blanks around it; empty when there is none."""
        return self.texts.get(path, "")

    def needed(self, path: str) -> str:
        """Text at a path.

        Raises:
            DomainError: `statement-element-missing`.
        """
        found = self.texts.get(path, "")
        if not found:
            raise broken("statement-element-missing", self.line, element=path)
        return found

    def day(self, path: str) -> date:
        """A day, also where an instant is given.

        Raises:
            DomainError: `statement-element-missing`, `statement-value`.
        """
        written = self.text(f"{path}/Dt") or self.needed(f"{path}/DtTm")[:10]
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise broken("statement-value", self.line, element=path, value=written[:40]) from None


@dataclass(slots=True)
class Unfinished:
    """A statement whose end has not come."""

    account: str = ""
    currency: str = ""
    balances: dict[str, tuple[int, date]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    counted: int = 0


class Reader:
    """Goes through a file once and keeps what it says.

    Attributes:
        found: statements that have ended.
    """

    def __init__(self) -> None:
        self.found: list[Statement] = []
        self.space = ""
        self.current = Unfinished()

    def read(self, content: bytes) -> None:
        """Go through a file.

        Raises:
            XMLSyntaxError: it is no XML.
            DomainError: as `read_camt053`.
        """
        safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
        told = [f"{{*}}{name}" for name in ("Document", "Stmt", "Acct", "Bal", "Ntry")]
        events = etree.iterparse(
            BytesIO(content), ("start", "end"), tag=told, remove_comments=True, remove_pis=True, **safe
        )
        takes = {
            "Acct": self.take_account,
            "Bal": self.take_balance,
            "Ntry": self.take_entry,
            "Stmt": self.end_statement,
        }
        for event, element in events:
            if event == "start":
                self.begin(element)
                continue
            name = str(element.tag).removeprefix(self.space)
            parent = element.getparent()
            within = "" if parent is None else str(parent.tag).removeprefix(self.space)
            if name == "Stmt" or (name in takes and within == "Stmt"):
                takes[name](element)
                if name == "Ntry":
                    let_go(element)
        if not self.space:
            self.begin(events.root)

    def begin(self, element: etree._Element) -> None:
        """Look at an element that begins: the first says which version it is, each statement begins anew."""
        if not self.space:
            name, _, _local = str(element.tag).removeprefix("{").partition("}")
            version = name.removeprefix(SPACE)
            if not name.startswith(SPACE) or version not in VERSIONS:
                raise broken("statement-version", line_of(element), value=name[:80])
            self.space = f"{{{name}}}"
        if element.tag == f"{self.space}Stmt":
            self.current = Unfinished()

    def take_account(self, element: etree._Element) -> None:
        """Keep the number of the account, and its currency where it is said."""
        said = Facts.of(element, self.space)
        self.current.account = first_reference(said.text(path) for path in IDENTIFIED)
        self.current.currency = said.text("Ccy")

    def take_balance(self, element: etree._Element) -> None:
        """Keep a balance: the first that opens and the last that closes."""
        said = Facts.of(element, self.space)
        kind = said.text("Tp/CdOrPrtry/Cd")
        if kind in {OPENING, BEFORE, CLOSING} and (kind == CLOSING or kind not in self.current.balances):
            self.current.balances[kind] = (self.signed(said), said.day("Dt"))

    def signed(self, said: Facts) -> int:
        """Amount of a balance or an entry in minor units with its sign.

        Raises:
            DomainError: `statement-amount`, `statement-currency`, `statement-value`, `statement-element-missing`.
        """
        units, way = self.units(said, "Amt"), said.needed("CdtDbtInd")
        if way not in SIGNS:
            raise broken("statement-value", said.line, element="CdtDbtInd", value=way[:40])
        return SIGNS[way] * units

    def units(self, said: Facts, path: str) -> int:
        """An amount in minor units, in the currency of the account."""
        amount, named = said.needed(path), said.text(f"{path}@")
        account = self.current.currency = self.current.currency or named
        if not CURRENCY.fullmatch(named) or named != account:
            raise broken("statement-currency", said.line, value=named[:10], currency=account)
        return minor_units(amount, named, said.line)

    def take_entry(self, element: etree._Element) -> None:
        """Keep a booked entry, or each payment of one that books many; what is only announced changes no balance."""
        self.current.counted += 1
        said = Facts.of(element, self.space)
        status = said.text("Sts/Cd") or said.needed("Sts")
        if status != BOOKED:
            return
        amount, day = self.signed(said), said.day("BookgDt")
        parts = [Facts.of(one, self.space) for one in said.apart]
        if len(parts) > 1:
            self.current.entries.extend(self.parts_of(said, amount, day, parts))
        else:
            self.current.entries.append(entry(said, parts[0] if parts else said, amount, day))

    def parts_of(self, said: Facts, amount: int, day: date, parts: list[Facts]) -> Iterator[Entry]:
        """The payments that one entry books together. Of those that bear one reference and one sum, the place tells which is which.

        Raises:
            DomainError: `statement-parts`: their amounts do not make up that of the entry.
        """
        total, seen = 0, set[tuple[str, int]]()
        for place, one in enumerate(parts, 1):
            units = self.units(one, "AmtDtls/TxAmt/Amt" if one.text("AmtDtls/TxAmt/Amt") else "Amt")
            signed = units * SIGNS.get(one.text("CdtDbtInd"), 1 if amount >= 0 else -1)
            total += signed
            part = entry(said, one, signed, day, f"/{place}")
            told = (part.bank_reference, signed)
            yield replace(part, bank_reference=f"{told[0]}/{place}") if told[0] and told in seen else part
            seen.add(told)
        if total != amount:
            raise broken("statement-parts", said.line, number=self.current.counted)

    def end_statement(self, element: etree._Element) -> None:
        """Make a statement of what was kept.

        Raises:
            DomainError: `statement-element-missing`, `statement-count`.
        """
        kept, line = self.current, line_of(element)
        opens = kept.balances.get(OPENING) or kept.balances.get(BEFORE)
        closes = kept.balances.get(CLOSING)
        for name, value in (("Acct/Id", kept.account), (OPENING, opens), (CLOSING, closes)):
            if not value:
                raise broken("statement-element-missing", line, element=name)
        said = self.text(element, "TxsSummry/TtlNtries/NbOfNtries")
        if said and said != str(kept.counted):
            raise broken("statement-count", line, expected=said[:20], found=kept.counted)
        assert opens  # noqa: S101  # said above; the types cannot tell
        assert closes  # noqa: S101  # the same
        number = self.text(element, "ElctrncSeqNb") or self.text(element, "Id")
        facts = (line, kept.account, kept.currency, number, closes[1], opens[0], closes[0])
        self.found.append(Statement(*facts, tuple(kept.entries)))

    def text(self, element: etree._Element, path: str) -> str:
        """Text at a path of an element that is too large to be gathered."""
        return (element.findtext("/".join(f"{self.space}{name}" for name in path.split("/"))) or "").strip()


def entry(said: Facts, details: Facts, amount: int, day: date, part: str = "") -> Entry:
    """An entry, or a payment of it."""
    own = first_reference([details.text("Refs/AcctSvcrRef")])
    booked = first_reference([said.text("AcctSvcrRef"), said.text("NtryRef")])
    words, end_to_end = details.text(f"RmtInf/{WORDS}"), details.text("Refs/EndToEndId")
    other = "Dbtr" if amount >= 0 else "Cdtr"
    return Entry(
        place=details.line,
        booked_date=day,
        amount=amount,
        reference=reference_of(details.text("RmtInf/Strd/CdtrRefInf/Ref"), end_to_end, words),
        end_to_end=first_reference([end_to_end]),
        bank_reference=own or (f"{booked}{part}" if booked else ""),
        party=details.text(f"RltdPties/{other}/Pty/Nm") or details.text(f"RltdPties/{other}/Nm"),
        words=words or said.text("AddtlNtryInf"),
    )


def let_go(element: etree._Element) -> None:
    """Free the memory of an entry that was read."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None and element.getprevious().tag == element.tag:  # type: ignore[union-attr]  # asked just before
        del parent[parent.index(element) - 1]
