"""Who holds a post in an office that receives reports, found in a text: a report that names one is not for that office.

Only the server looks for it, where it sees the text: a list for browsers would tell everybody who works where. Two words of the
name must be there, or one with the initial of another: an office has many people, and family names are shared.
"""

from __future__ import annotations

from datetime import date

from adaldyq.kernel.models import Appointment, NameKey
from adaldyq.kernel.queries.ties import held_on
from adaldyq.measures.reports.domain.named import Reading, called
from adaldyq.measures.reports.queries.conflicts import NAMES
from adaldyq.measures.reports.queries.houses import PEOPLE
from adaldyq.measures.reports.queries.routing import HOLDER, RECEIVERS, UNITS, officers_of

TOGETHER = 500


def holders_named(reading: Reading, day: date) -> frozenset[str]:
    """Holders of posts in offices whom a text names, as `HOLDER` and the id of the person; no officers and custodians."""
    units = list(UNITS(day))
    receive = sorted({one for unit in units for role in RECEIVERS for one in officers_of(unit, day, role)})
    own = {str(person) for _account, person in PEOPLE(receive)} if receive else set()
    posts = Appointment.objects.filter(held_on(day), post__body__in=[one.body_id for one in units])
    wanted, found = sorted(reading.keys), set[str]()
    for start in range(0, len(wanted), TOGETHER):
        keys = NameKey.objects.filter(person__in=posts.values("person"), key__in=wanted[start : start + TOGETHER])
        found |= {str(one) for one in keys.values_list("person_id", flat=True).distinct()}
    people = sorted(found - own)
    texts = NAMES(people) if people else []
    named = {str(person) for person, text in texts if reading.names(called((), (text,), by_family=False))}
    return frozenset(f"{HOLDER}{person}" for person in named)
