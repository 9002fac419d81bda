"""Who holds a post in an office that receives reports, found in a text: a report that names one is not for that office.

Only the server looks for it, where it sees the text: a list for browsers would tell everybody who works where. Two words of the
name must be there, or one with the initial of another: an office has many people, and family names are shared.
"""

from __future__ import annotations

from datetime import date

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Appointment, PersonName
from adaldyq.kernel.queries.ties import held_on
from adaldyq.measures.reports.domain.named import Reading
from adaldyq.measures.reports.queries.houses import PEOPLE
from adaldyq.measures.reports.queries.routing import HOLDER, UNITS, receivers

HOLDERS = Compiled(
    lambda day, bodies: PersonName.objects.filter(
        person__in=Appointment.objects.filter(held_on(day), post__body__any_of=bodies).values("person")
    ).values_list("person_id", "text"),
    date,
    list,
)
"""Every spelling of the names of those who hold a post in some bodies: which words of a text may be a form of one, with the endings
of cases, no database can be asked."""


def holders_named(reading: Reading, day: date) -> frozenset[str]:
    """Holders of posts in offices whom a text names, as `HOLDER` and the id of the person; no officers and custodians."""
    units = list(UNITS(day))
    receive = sorted(receivers(day))
    own = {str(person) for _account, person in PEOPLE(receive)} if receive else set()
    named = {str(person) for person, text in HOLDERS(day, [one.body_id for one in units]) if reading.names_whole(text)}
    return frozenset(f"{HOLDER}{person}" for person in named - own)
