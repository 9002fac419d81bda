"""How many answers and words of one day are kept, so that no flood fills the tables or takes all of the count.

An answer whose browser did its work and one without a script are held apart: a flood that costs its sender nothing pushes
none of the others out. Of more than are kept some go by lot; whoever tells once has the same chance as each of a flood.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from adaldyq.kernel import naming
from adaldyq.measures.street.domain.lots import lot
from adaldyq.measures.street.models import StreetReport
from adaldyq.measures.street.states import COUNTED, SHOWN, WAITING, WORDLESS

MOST_OF_A_DAY = 20
"""Answers of one day about one service in one region, on each of the two ways."""
MOST_WORDS_OF_A_DAY = 100
"""Answers of one day, on each way, whose words wait to be read."""
WORDS_WAIT = timedelta(days=60)
"""For so long words wait; what nobody has read by then is forgotten, and counted without them."""
READ = (SHOWN, WORDLESS)


def too_many_beside(report: StreetReport) -> list[str]:
    """Keys of answers that lose their lot to others of the same day, service, region and way; none that was read."""
    regions = naming.region_by_territory()
    own = regions.get(report.territory_id, "")
    there = [place for place, region in regions.items() if region == own]
    those = StreetReport.objects.filter(
        state__in=COUNTED, service=report.service, received_date=report.received_date, worked=report.worked
    )
    found = [
        (state not in READ, lot(page), pk)
        for pk, page, state in those.filter(territory__in=there).values_list("pk", "page", "state")
    ]
    return [pk for unread, _lot, pk in sorted(found)[MOST_OF_A_DAY:] if unread]


def words_too_many_beside(report: StreetReport) -> Sequence[StreetReport]:
    """Answers whose words lose their lot to those of others of the same day and way."""
    waiting = StreetReport.objects.filter(state=WAITING, received_date=report.received_date, worked=report.worked)
    return sorted(waiting, key=lambda one: lot(one.page))[MOST_WORDS_OF_A_DAY:]


def words_too_old(day: date) -> Sequence[StreetReport]:
    """Answers whose words have waited for too long on a day."""
    return list(StreetReport.objects.filter(state=WAITING, received_date__lt=day - WORDS_WAIT).order_by("pk"))
