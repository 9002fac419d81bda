"""What belongs in a section and from which sum it is declared, in the reader's language and the country's money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money
from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.questions import HELP, LIMITS, MOST, NO_LIMIT
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.worth import worth
from adaldyq.ui.facts import Fact
from adaldyq.ui.formats.values import money


def help_of(section: str, year: int) -> str:
    """What belongs in a section of a declaration about a year, and from which sum."""
    told, _law = limit_of(section, year)
    return " ".join(filter(None, (gettext(HELP[section]), told)))


def limits(year: int) -> Iterator[Fact]:
    """All sums from which something is declared for a year, each with its law."""
    for section in LIMITS:
        told, law = limit_of(section, year)
        if told:
            yield Fact(gettext(BY_NAME[section].title), told, hint=law)


def limit_of(section: str, year: int) -> tuple[str, str]:
    """From or up to which sum something of a section is declared for a year, and by which law; empty where it is any."""
    day = date(year, 12, 31)
    stated = [(in_pack(kind[section][0], day), kind[section][1]) for kind in (LIMITS, MOST) if section in kind]
    told = [(gettext(sentence) % {"sum": money(found[0])}, found[1]) for found, sentence in stated if found]
    if not told:
        return gettext(NO_LIMIT[section]) if section in NO_LIMIT else "", ""
    return " ".join(sentence for sentence, _law in told), "; ".join(words.law(law) for _sentence, law in told)


def above_most(section: str, rows: Iterable[Mapping[str, object]], year: int) -> str:
    """What is told of a section that states more than the law lets be stated; empty when it does not.

    It may be so all the same, and then it is what the person has to say.

    Args:
        rows: values of its rows.
    """
    day, pack = date(year, 12, 31), naming.pack()
    most = in_pack(MOST[section][0], day) if section in MOST else None
    if most is None:
        return ""
    stated = [
        worth(amount, str(one.get("currency") or ""), pack, day)
        for one in rows
        if isinstance(amount := one.get("amount"), Decimal)
    ]
    total = sum(stated, Decimal(0))
    if total <= most[0].amount:
        return ""
    told = gettext(
        "Together it comes to %(sum)s, more than the %(most)s that the law lets be stated. Look whether the sums are right. "
        "If they are, leave them as they are: you can file, and are asked where the money came from."
    )
    return told % {"sum": money(Money(total, pack.currency)), "most": money(most[0])}


def in_pack(name: str, day: date) -> tuple[Money, str] | None:
    """A threshold of the pack on a day with its source; none when the pack knows none that early."""
    pack = naming.pack()
    try:
        return pack.threshold_amount(name, day), pack.threshold(name, day).source
    except DomainError:
        return None
