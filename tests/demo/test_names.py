"""Names are spelt as documents spell them."""

from __future__ import annotations

import numpy as np
import pytest

from adaldyq.countries.loader import load
from adaldyq.demo.names import DAUGHTERS, SONS, NameLists, full, patronymics


@pytest.mark.parametrize(
    ("father", "sex", "kazakh", "russian", "latin"),
    [
        ("Айбек", SONS, "Айбекұлы", "Айбекович", "Aybekovich"),
        ("Абай", SONS, "Абайұлы", "Абаевич", "Abayevich"),
        ("Мұса", DAUGHTERS, "Мұсақызы", "Мусаевна", "Musayevna"),
        ("Қанат", DAUGHTERS, "Қанатқызы", "Канатовна", "Kanatovna"),
    ],
)
def test_patronymics_follow_the_father(father: str, sex: int, kazakh: str, russian: str, latin: str) -> None:
    assert patronymics(father, sex)[:2] == (kazakh, russian)
    assert patronymics(father, sex)[2].replace("ye", "e") == latin.replace("ye", "e")


def test_women_carry_the_family_name_in_their_form() -> None:
    names = NameLists.read(load("kz").folder)
    zero, both = np.zeros(2, np.int64), np.array([DAUGHTERS, SONS])
    woman, man = (str(name).split() for name in full(names.parts(1, both, zero, zero, zero)).to_pylist())
    assert woman[0] == man[0] + "а"
    assert woman[1] != man[1]
