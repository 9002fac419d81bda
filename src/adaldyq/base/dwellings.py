"""Finds in free text what reads as an address of a dwelling in Kazakh, Russian or English.

A street is an address once a door stands with it, and a door that is called one (дом 10, кв. 5, 5-пәтер) is closed
wherever it stands. Sizes, prices, years and numbers of rooms are left. No part of a pattern repeats without bound, so that
a long text costs no more than its length.
"""

from __future__ import annotations

import re

STREETS = (
    r"көше\w{0,9}|көш|к-сі|даңғыл\w{0,9}|даңғ|(?:ықшам|шағын)\s?аудан\w{0,9}|ш/а|тұйы[қғ]\w{0,9}|бульвар\w{0,9}|бул|б-р"
    r"|улиц\w{0,4}|ул|проспект\w{0,4}|просп|пр-к?т|пр|микрорайон\w{0,4}|мкрн?|м-н|переул\w{0,4}|пер|шоссе"
    r"|street|str|st|avenue|ave|boulevard|blvd|road|rd|lane|microdistrict"
)
"""What streets are called in the languages of the product, also in short and declined."""
HOUSES = (
    r"дом[аеу]?|д|квартир[^\W\d_]{0,4}|кв|корпус|корп|строение|стр|здание|зд|офис|оф|үйі?|пәтер[^\W\d_]{0,9}"
    r"|house|building|bldg|flat|apartment|apt"
)
WORD_ENDS = r"(?![^\W\d_])[\s.:№-]{0,4}"
HOUSE = rf"(?:{HOUSES}){WORD_ENDS}"
NUMBER = rf"(?:(?:к|номер|нөмірі?|number|no|n){WORD_ENDS})?"
MEASURE = (
    r"(?:кв\.?\s?)?м(?:²|2|етр|\b(?!-))|m[²2]|sq|шаршы|соток|сотк|га\b|гектар|hectare|комн|бөлме|room|bed|этаж|қабат"
    r"|floor|шт|год|лет|жыл|year|%|[₸$€₽]|тг|теңге|тенге|tenge|kzt|usd|eur|rub|дол[лия]|dollar|евро|еуро|руб"
    r"|млн|млрд|милли|mln|million|billion|тыс|мың|thousand"
)
"""What stands after a size, a price or an age."""
DOOR = (
    r"(?!(?:19|20)\d\d(?!\d))\d{1,4}(?:[/-]?(?:\d{1,4}|[^\W\d_])\b){0,3}"
    rf"(?!\w|[/-]\d|(?:\s\d{{3}}){{0,3}}(?:\s000|(?:[.,]\d{{1,2}})?[\s-]{{0,2}}(?:{MEASURE})))"
    r"(?:[\s-]{0,2}(?:үй|пәтер)\w{0,9})?"
)
"""A number of a house or a flat: no year, no sum, no size."""
DOORS = rf"(?:{HOUSE})?{NUMBER}{DOOR}(?:\W{{1,3}}(?:{HOUSE})?{NUMBER}{DOOR}){{0,4}}"
PART = r"[\w.«»\"'’-]{1,30}"
"""A word of the name of a street."""

ADDRESS = re.compile(
    "|".join(
        (
            rf"(?<!\w)(?:(?!\d){PART}\s+){{1,2}}(?:{STREETS})(?!\w)[\s.,№]{{1,4}}{DOORS}",
            rf"(?<!\w)(?:{STREETS})(?!\w)[\s.,№]{{0,4}}(?:{PART}\s{{1,3}}){{0,2}}(?:{PART}[\s,№]{{1,4}})?{DOORS}",
            rf"(?<!\w){DOORS},?\s{{1,3}}(?:{PART}\s{{1,3}}){{1,2}}(?:street|str|st|avenue|ave|road|rd|lane|boulevard|blvd)(?!\w)",
            rf"(?<!\w)(?<!т\.)(?<!т\.\s)(?={HOUSE}){DOORS}",
            r"(?<!\w)\d{1,4}[^\W\d_]?(?:/\d{1,4})?-(?:[шіыін]{1,4}\s)?(?:үй|пәтер)\w{0,9}",
        )
    ),
    re.IGNORECASE,
)
