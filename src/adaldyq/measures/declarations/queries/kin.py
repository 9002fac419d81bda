"""What the relatives of declarants are called, whether they are declared or not: no text that is shown may name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import FamilyTie
from adaldyq.kernel.queries.history import records_of_one
from adaldyq.kernel.queries.ties import kin_of
from adaldyq.measures.declarations.models import SECTION_MODELS
from adaldyq.measures.declarations.queries.known import known_of

CHILDREN = Compiled(
    lambda people: FamilyTie.objects.filter(person_id__any_of=people, kind="child").values_list(
        "person_id", "relative_id"
    ),
    list,
)
DECLARED = Compiled(
    lambda people: (
        SECTION_MODELS["family"]
        ._default_manager.filter(declaration__person_id__any_of=people)
        .values_list("declaration__person_id", "relative_id", "name")
    ),
    list,
)


def kin_names(people: Collection[str]) -> Mapping[str, frozenset[str]]:
    """All names of people's relatives in all scripts, by person; a few statements, however many people there are.

    Relatives are whoever a tie of family leads or led to, their children (those of a husband or wife alone are children
    of the house too), and whoever any declaration of the person or of a relative names in its Family section, whether
    it is public or not. Each is meant by all records that are one by now.
    """
    own = records_of_one("person", people)
    kin = kin_of(people, own)
    everybody = sorted({one for found in kin.values() for one in found})
    below, told = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for parent, child in CHILDREN(everybody) if everybody else ():
        below[parent].add(child)
    for person, relative, name in DECLARED(everybody) if everybody else ():
        told[person].add(name)
        below[person] |= {relative} if relative else set()
    same = records_of_one("person", {child for children in below.values() for child in children})
    reached = {
        one: (found | {two for near in found for child in below[near] for two in same[child]}) - own[one]
        for one, found in kin.items()
    }
    known = known_of({two for found in reached.values() for two in found}, ())
    return {
        one: frozenset(
            name
            for names in (*(told[near] for near in kin[one]), *(known.texts(two) for two in found))
            for name in names
            if name
        )
        for one, found in reached.items()
    }
