"""The index of people's names: keys under which the spellings of a name meet, on every database alike.

Acts that write names call `keep` in their transaction; `queries.lookup` asks. Former names stay in it, for by them
too a person is looked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import models

from adaldyq.base.name_keys import kept_keys
from adaldyq.kernel.inserting import insert_missing
from adaldyq.kernel.models import NameKey, PersonName

LONGEST_KEY = 60


def keep(records: Iterable[models.Model]) -> None:
    """Let people be found by names that were written; records of other kinds are left alone."""
    names: dict[str, list[str]] = defaultdict(list)
    for one in records:
        if isinstance(one, PersonName):
            names[one.person_id].append(one.text)
    rows = [
        NameKey(person_id=person, key=key)
        for person, texts in names.items()
        for key in dict.fromkeys(key[:LONGEST_KEY] for key in kept_keys(texts))
    ]
    insert_missing(rows)
