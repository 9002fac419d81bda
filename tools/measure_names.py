"""How many names of the country's lists are found by each published system of Latin letters, and how many meet others.

Prints the table of docs/reference/names.md: .venv/bin/python tools/measure_names.py
"""

from __future__ import annotations

import json
from itertools import combinations

import iuliia

from adaldyq.base.name_keys import asked_keys, kept_keys
from adaldyq.base.names import comparison_key
from adaldyq.countries.loader import HERE

LISTS = json.loads((HERE / "kz" / "names.json").read_text(encoding="utf-8"))
GIVEN = sorted({name for names in LISTS["names"].values() for name in names})
FAMILY = sorted({name for names in LISTS["surnames"].values() for name in names})
RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


def found(asked: str, kept: str) -> bool:
    """Whether one spelling finds the other by loose keys."""
    keys, groups = set(kept_keys([kept])), asked_keys(asked)
    return bool(groups) and all(keys.intersection(group) for group in groups)


def recall(system: str) -> tuple[int, int]:
    """How many names compare equal to their spelling, and how many are found by it."""
    spell = iuliia.schemas.get(system).translate
    pairs = [(spell(name.translate(RUSSIAN)), name) for name in (*GIVEN, *FAMILY)]
    equal = sum(comparison_key(spelt) == comparison_key(name) for spelt, name in pairs)
    return equal, sum(found(spelt, name) for spelt, name in pairs)


def meetings(names: list[str]) -> tuple[int, int, int]:
    """Pairs of different names, and how many compare equal and how many meet."""
    pairs = list(combinations(names, 2))
    folded = {name: comparison_key(name) for name in names}
    equal = sum(folded[one] == folded[other] for one, other in pairs)
    kept, asked = {name: set(kept_keys([name])) for name in names}, {name: asked_keys(name) for name in names}
    return (
        len(pairs),
        equal,
        sum(all(kept[other].intersection(one_of) for one_of in asked[one]) for one, other in pairs),
    )


def main() -> None:
    """Print both tables."""
    count = len(GIVEN) + len(FAMILY)
    print("| system | names | compare equal | found |\n|---|---:|---:|---:|")
    for system in iuliia.schemas.names():
        equal, met = recall(system)
        print(f"| {system} | {count} | {equal / count:.1%} | {met / count:.1%} |")
    print("\n| different names | pairs | compare equal | meet |\n|---|---:|---:|---:|")
    for title, names in (("given", GIVEN), ("family", FAMILY)):
        print(f"| {title} | {' | '.join(f'{number:,}' for number in meetings(names))} |")


if __name__ == "__main__":
    main()
