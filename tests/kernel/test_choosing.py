"""Forms name bodies, companies, posts and colleagues by what a person types."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.utils import translation

from adaldyq.kernel import findable
from adaldyq.kernel.choosing import BodyField, ColleagueField, CompanyField, PostField, TerritoryField
from adaldyq.kernel.models import Body, Company
from adaldyq.kernel.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


class Form(forms.Form):
    body = BodyField(required=False)
    company = CompanyField(required=False)
    post = PostField(required=False)
    territory = TerritoryField(required=False)


def form(**data: str) -> Form:
    with translation.override("en"):
        made = Form(data)
        made.is_valid()
        return made


def ministry(place: str = "KZ-71", **facts: Any) -> Body:
    body = factories.body("Қаржы министрлігі", place=place, names={"en": "Ministry of Finance"}, **facts)
    findable.refresh([body])
    return body


def test_a_body_is_named_by_words_in_any_language_and_chosen() -> None:
    body = ministry()
    offered = form(body="минист")
    assert offered.errors.as_data()["body"][0].code == "choose"
    assert form(body="минист", body_asked="минист", body_choice=body.pk).cleaned_data["body"] == body
    assert form(body="ministry of finance").cleaned_data["body"] == body


def test_a_body_is_named_by_its_number_or_id_as_in_a_link() -> None:
    body = ministry(identifier="980540000397")
    for text in ("980540000397", body.pk):
        assert form(body=text).cleaned_data["body"] == body, text


def test_of_two_bodies_of_one_name_the_place_tells_which() -> None:
    one, two = ministry(), ministry("KZ-75")
    asked = form(body="Ministry of Finance")
    answers, _more = asked.fields["body"].offered(asked["body"].value())  # type: ignore[attr-defined]  # a lookup field
    assert {answer.value for answer in answers} == {one.pk, two.pk}
    assert len({str(answer.hint) for answer in answers}) == 2


def test_companies_posts_and_territories_are_found_too() -> None:
    company = Company(name="«Байтерек» ЖШС", legal_form="llp", source="a test", as_of=date(2025, 1, 1))
    factories.loaded("company", company)
    post = factories.post()
    assert form(company=company.name).cleaned_data["company"] == company
    for text in (post.pk, post.title):
        found = form(post=text, post_asked=text, post_choice=post.pk)
        assert found.cleaned_data["post"] == post, text
    assert form(post="Zzzz").errors
    place = factories.territory("KZ-75")
    assert form(territory="KZ-75").cleaned_data["territory"] == place
    assert form(territory="Almaty").cleaned_data["territory"] == place


def test_only_colleagues_are_found() -> None:
    body, other = factories.body(), factories.body("Сот")
    near, far = factories.account("near.one"), factories.account("far.one")
    factories.grant(near, Role.REGISTRAR, body=body)
    factories.grant(far, Role.REGISTRAR, body=other)
    field = ColleagueField(bodies=[body.pk])
    assert [answer.value for answer in field.find("one")] == [near.pk]
