from __future__ import annotations

from datetime import date

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.measures.payments.domain.statements.reading import read_statements
from adaldyq.measures.payments.domain.statements.references import creditor_reference_in

REFERENCE = "RF18539007547034"

MT940 = """{1:F01BANKKZKAXXXX0000000000}{2:O9400600261102BANKKZKAXXXX00000000002611020600N}{4:
:20:DAY-1
:25:KZ86125KZT5004100100
:28C:306/1
:60F:C261101KZT1000,50
:61:2611021102C2500,NTRFNONREF//BANK-1
:86:?20Fee RF18 5390 0754?217034?32SERIK TANATAROV
:61:2611021102RC500,25NRTIOTHER-REF//BANK-2
:86:money back
:62F:C261102KZT3000,25
-}
"""

ENTRY = """<Ntry><NtryRef>1</NtryRef><Amt Ccy="KZT">2500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>BANK-1</AcctSvcrRef><NtryDtls><TxDtls>
<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Nm>SERIK TANATAROV</Nm></Dbtr></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
"""
BACK = """<Ntry><Amt Ccy="KZT">500.25</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><DtTm>2026-11-02T10:00:00+05:00</DtTm></BookgDt><AcctSvcrRef>BANK-2</AcctSvcrRef>
<NtryDtls><TxDtls><RmtInf><Ustrd>money back</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
"""


def balance(kind: str, amount: str, day: str) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="KZT">{amount}</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def camt(*entries: str, version: str = "02", closing: str = "3000.25", head: str = "", account: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt><Id>DAY-1</Id>'
        f"<Acct><Id><IBAN>{account or 'KZ86125KZT5004100100'}</IBAN></Id><Ccy>KZT</Ccy></Acct>\n"
        f"{balance('OPBD', '1000.50', '2026-11-01')}{balance('CLBD', closing, '2026-11-02')}"
        f"{''.join(entries)}</Stmt></BkToCstmrStmt></Document>\n"
    )


def refusal(content: str | bytes) -> DomainError:
    with pytest.raises(DomainError) as refused:
        read_statements(content if isinstance(content, bytes) else content.encode())
    told = sentence(refused.value)
    assert "%(" not in told
    return refused.value


@pytest.mark.parametrize(
    "content", [MT940, MT940.replace("\n", "\r\n"), camt(ENTRY, BACK), camt(ENTRY, BACK, version="08")]
)
def test_both_formats_say_the_same(content: str) -> None:
    _kind, (one,) = read_statements(content.encode())
    assert (one.account, one.currency, one.day) == ("KZ86125KZT5004100100", "KZT", date(2026, 11, 2))
    assert (one.opening, one.closing) == (100_050, 300_025)
    assert [(entry.amount, entry.bank_reference) for entry in one.entries] == [(250_000, "BANK-1"), (-50_025, "BANK-2")]
    assert one.entries[0].reference == REFERENCE
    assert one.entries[0].party == "SERIK TANATAROV"
    assert one.keys() == read_statements(MT940.encode())[1][0].keys()


def test_an_entry_that_books_many_payments_is_each_of_them() -> None:
    parts = "".join(f'<TxDtls><Amt Ccy="KZT">{amount}</Amt></TxDtls>' for amount in ("1500.00", "1000.00"))
    many = ENTRY[: ENTRY.index("<NtryDtls>")] + f"<NtryDtls>{parts}</NtryDtls></Ntry>"
    _kind, (one,) = read_statements(camt(many, BACK, version="08").encode())
    assert [(entry.amount, entry.bank_reference) for entry in one.entries[:2]] == [
        (150_000, "BANK-1/1"),
        (100_000, "BANK-1/2"),
    ]
    assert refusal(camt(many.replace("1500", "1400"), BACK)).code == "statement-parts"


def test_pages_of_one_statement_are_joined_and_a_lost_page_is_seen() -> None:
    first = MT940.replace(":62F:C261102KZT3000,25", ":62M:C261102KZT3000,25")
    second = ":20:DAY-1\n:25:KZ86125KZT5004100100\n:28C:306/2\n:60M:C261102KZT3000,25\n:62F:C261102KZT3000,25\n"
    _kind, (one,) = read_statements((first + second).encode())
    assert len(one.entries) == 2
    assert refusal(first).code == "statement-truncated"
    assert refusal(second).code == "statement-pages"


def test_payments_that_are_written_alike_are_told_apart_where_the_bank_gives_no_reference() -> None:
    alike = ENTRY.replace("<AcctSvcrRef>BANK-1</AcctSvcrRef>", "").replace("<NtryRef>1</NtryRef>", "")
    _kind, (one,) = read_statements(camt(alike, alike, closing="6000.50").encode())
    assert len(set(one.keys())) == 2


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n'
BROKEN: dict[str, tuple[str | bytes, str, int]] = {
    "cut within an entry": (camt(ENTRY, BACK)[:900], "statement-truncated", 9),
    "cut MT940": (MT940[: MT940.index(":62F:")], "statement-truncated", 10),
    "wrong sum": (camt(ENTRY, BACK, closing="3000.26"), "statement-sum", 2),
    "wrong sum in MT940": (MT940.replace("3000,25", "3000,24"), "statement-sum", 2),
    "double entry": (camt(ENTRY, ENTRY, BACK, closing="5500.25"), "statement-entry-twice", 10),
    "another encoding": (camt(BACK.replace("money", "возврат")).encode("cp1251"), "statement-encoding", 7),
    "encoding that is named": (camt(ENTRY).replace("UTF-8", "UTF-16"), "statement-encoding-named", 1),
    "UTF-16": (camt(ENTRY, BACK).encode("utf-16"), "statement-encoding", 1),
    "entities": (camt(ENTRY, BACK, head=BOMB), "statement-declares", 2),
    "broken XML": (camt(ENTRY, BACK).replace("</Sts>", "", 1), "statement-xml-broken", 8),
    "another message": (camt(ENTRY, BACK).replace("camt.053.001.02", "camt.054.001.02"), "statement-version", 2),
    "another currency": (camt(ENTRY.replace("KZT", "USD"), BACK), "statement-currency", 5),
    "parts of a minor unit": (camt(ENTRY.replace("2500.00", "2500.001"), BACK), "statement-amount", 5),
    "no number": (camt(ENTRY.replace("2500.00", "2500,00"), BACK), "statement-amount", 5),
    "no such day": (camt(ENTRY.replace("2026-11-02", "2026-11-32"), BACK), "statement-value", 5),
    "neither credit nor debit": (camt(ENTRY.replace("CRDT", "X"), BACK), "statement-value", 5),
    "no closing balance": (camt(ENTRY).replace("CLBD", "ITBD"), "statement-element-missing", 2),
    "line of no field": (MT940.replace(":86:money", "money").replace(":61:2611021102RC", ":99:"), "statement-line", 8),
    "field where it cannot stand": (MT940.replace(":60F:C261101KZT1000,50\n", ""), "statement-order", 5),
    "no such form": (MT940.replace("C2500,NTRF", "C2500NTRF"), "statement-value", 6),
    "no statement": ("Dear customer", "statement-kind-unknown", 0),
    "nothing": (" \n", "statement-empty", 0),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_wrong_is_refused_with_its_line(name: str) -> None:
    content, code, line = BROKEN[name]
    refused = refusal(content)
    assert (refused.code, refused.parameters.get("line", 0)) == (code, line)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("RF18539007547034", REFERENCE),
        ("fee rf18 5390 0754 7034 for a licence", REFERENCE),
        ("RF18539007547035", ""),
        ("XRF18539007547034", ""),
        ("nothing of the kind", ""),
    ],
)
def test_a_creditor_reference_is_found_as_payers_write_it(words: str, found: str) -> None:
    assert creditor_reference_in(words) == found
