"""A field finds one thing among many by what is typed, with nothing but the form itself."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from django.utils import translation

from adaldyq.ui.lookup import Answer, LookupField, LookupWidget

CITIES = [
    Answer("1", "Ақтау", "in the west"),
    Answer("2", "Ақтөбе"),
    Answer("3", "Алматы"),
    Answer("4", "Қарағанды", "city"),
    Answer("5", "Қарағанды", "region"),
    *(Answer(str(number), f"Ауыл {number}") for number in range(10, 24)),
]


def find(text: str) -> list[Answer]:
    return [city for city in CITIES if str(city.label).casefold().startswith(text.casefold())]


class Form(forms.Form):
    city = LookupField(
        label="City", find=find, name_of=lambda value: next(one.label for one in CITIES if one.value == value)
    )
    name = forms.CharField(label="Name", required=False)


def sent(text: str, choice: str = "", asked: str | None = None) -> Form:
    data = {"city": text, "city_choice": choice, "city_asked": text if asked is None else asked}
    return Form(QueryDict(mutable=True) | data)


def shown(form: Form) -> str:
    with translation.override("en"):
        return engines["django"].from_string("{% error_summary f %}{% fields f %}").render({"f": form})


@pytest.mark.parametrize("text", ["Алматы", " алматы ", "ALMATY", "Алмати"])
def test_a_name_that_means_one_thing_is_taken_as_it_stands(text: str) -> None:
    class Latin(Form):
        city = LookupField(label="City", find=lambda _text: CITIES[2:3], name_of=str)

    form = Latin({"city": text})
    assert form.is_valid()
    assert form.cleaned_data["city"] == "3"


def test_what_fits_is_offered_and_the_choice_is_taken() -> None:
    first = sent("Ақт")
    assert not first.is_valid()
    text = shown(first)
    assert 'href="#id_city"' in text
    assert "Choose which one you mean." in text
    assert 'value="Ақт"' in text
    assert re.findall(r'type="radio"[^>]* name="city_choice" value="(\d)"', text) == ["1", "2"]
    second = sent("Ақт", "2")
    assert second.is_valid()
    assert second.cleaned_data["city"] == "2"


def test_namesakes_are_told_apart() -> None:
    assert not sent("Қарағанды").is_valid()
    text = shown(sent("Қарағанды"))
    assert 'aria-describedby="id_city_0-hint"' in text
    assert ">region</div>" in text
    assert sent("Қарағанды", "5").is_valid()


def test_a_choice_made_for_another_text_does_not_count() -> None:
    form = sent("Қара", "2", asked="Ақт")
    assert not form.is_valid()
    assert form.errors.as_data()["city"][0].code == "choose"
    assert not sent("Ақт", "3").is_valid()  # not among what fits


def test_nothing_that_fits_is_said_and_the_text_stays() -> None:
    form = sent("Zzz<b>")
    text = shown(form)
    assert "Nothing is called “Zzz&lt;b&gt;”" in text
    assert 'value="Zzz&lt;b&gt;"' in text
    assert 'type="radio"' not in text


def test_a_long_list_is_cut_and_says_so() -> None:
    text = shown(sent("Ауыл"))
    assert text.count('type="radio"') == 10
    assert "There are more." in text


def test_nothing_typed_is_an_error_only_when_required() -> None:
    assert sent("").errors.as_data()["city"][0].code == "required"
    optional = LookupField(find=find, name_of=str, required=False)
    box = LookupWidget()
    assert optional.clean(box.value_from_datadict({}, {}, "city")) == ""
    assert box.value_omitted_from_data({}, {}, "city")


def test_what_was_kept_before_stands_in_the_box_and_is_taken_again() -> None:
    form = Form(initial={"city": "2"})
    assert 'name="city" type="text" value="Ақтөбе"' in shown(form)
    again: Any = Form({"city": "Ақтөбе"}, initial={"city": "2"})
    assert again.is_valid()
    assert again.changed_data == []
    assert Form({"city": "Алматы"}, initial={"city": "2"}).changed_data == ["city"]


def test_a_choice_stays_chosen_when_another_field_is_wrong() -> None:
    class Strict(Form):
        amount = forms.IntegerField()

    form = Strict({"city": "Ақт", "city_choice": "2", "city_asked": "Ақт", "amount": "x"})
    assert re.search(r'value="2" checked', shown(form))
