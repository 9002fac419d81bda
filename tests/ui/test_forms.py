"""Form fields read what people write, and say what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from adaldyq.ui.forms import DayField, MoneyField


class Form(forms.Form):
    amount = MoneyField(label="Amount", currency="KZT", help_text="In figures")
    day = DayField(label="Day", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def form(amount: str = "1", day: tuple[str, str, str] = ("", "", ""), kind: str = "a") -> Form:
    return Form({"amount": amount, "kind": kind, "day_day": day[0], "day_month": day[1], "day_year": day[2]})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1250000", "1250000"),
        ("1 250 000,50", "1250000.50"),
        ("1\u202f250\u00a0000.5", "1250000.5"),
        ("0", "0"),
        ("9999999999999.99", "9999999999999.99"),
    ],
)
def test_an_amount_is_read_as_people_write_it(written: str, read: str) -> None:
    bound = form(written)
    assert bound.is_valid()
    assert bound.cleaned_data["amount"] == Decimal(read)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("twelve", "Write the amount in digits"),
        ("1.250.000", "Write the amount in digits"),
        ("NaN", "The amount is out of range"),
        ("1e400", "The amount is out of range"),
        ("10000000000000", "The amount is out of range"),
        ("-5", "must not be negative"),
        ("", "required"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_sentence(written: str, sentence: str) -> None:
    with translation.override("en"):
        assert sentence in str(form(written).errors["amount"])


def test_a_day_is_read_from_its_boxes() -> None:
    bound = form(day=("29", "2", "2024"))
    assert bound.is_valid()
    assert bound.cleaned_data["day"] == date(2024, 2, 29)
    empty = form()
    assert empty.is_valid()
    assert empty.cleaned_data["day"] is None


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (("31", "", "2024"), "must have a month"),
        (("30", "2", "2024"), "no such day"),
        (("x", "2", "2024"), "no such day"),
        (("1", "1", "9" * 30), "no such day"),
        (("1", "1", "0"), "no such day"),
    ],
)
def test_a_day_that_is_none_is_refused_and_stays_in_its_boxes(boxes: tuple[str, str, str], sentence: str) -> None:
    bound = form(day=boxes)
    with translation.override("en"):
        shown = engines["django"].from_string("{% error_summary f %}{% field f.day %}").render({"f": bound})
    assert sentence in shown
    assert 'href="#id_day_0"' in shown
    for box in filter(None, boxes):
        assert f'value="{box}"' in shown


def test_a_field_ties_its_hint_and_error_to_the_control() -> None:
    shown = engines["django"].from_string("{% field f.amount %}").render({"f": form("x")})
    assert 'aria-describedby="id_amount-hint id_amount-error"' in shown
    assert 'id="id_amount-hint"' in shown
    assert 'id="id_amount-error"' in shown
    assert 'value="x"' in shown
    assert "₸" in shown


def test_what_was_chosen_stays_chosen() -> None:
    shown = engines["django"].from_string("{% field f.kind %}").render({"f": form(kind="b")})
    assert 'value="b" checked' in shown
    assert 'value="a" checked' not in shown


def test_a_kazakh_reader_gets_kazakh_errors() -> None:
    class Long(forms.Form):
        text = forms.CharField(max_length=3)
        number = forms.IntegerField()
        address = forms.EmailField()

    with translation.override("kk"):
        errors = Long({"text": "abcdef", "number": "x", "address": "y"}).errors
        assert errors["text"] == ["3 таңбадан аспауы керек (қазір 6)."]
        assert errors["number"] == ["Бүтін сан енгізіңіз."]
        assert errors["address"] == ["Электрондық поштаның дұрыс мекенжайын енгізіңіз."]


@pytest.mark.parametrize(("label", "line"), [("Reason", "Reason: Write"), ("What now?", "What now? Write")])
def test_a_label_that_asks_is_followed_by_no_colon(label: str, line: str) -> None:
    class Asked(forms.Form):
        answer = forms.CharField(label=label, error_messages={"required": "Write"})

        again = forms.CharField(label=label, error_messages={"required": "Write"})

    shown = engines["django"].from_string("{% error_summary f %}").render({"f": Asked({})})
    assert shown.count(line) == 1, "what is wrong is told once"
    assert 'href="#id_answer"' in shown
