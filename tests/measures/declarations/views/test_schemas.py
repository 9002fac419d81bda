"""The published schemas say what a file of declarations is, as the sections do, and the examples are as they say."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest
from django.test import Client
from lxml import etree

from adaldyq.measures.declarations.domain.questions import asked_columns, is_required, sections_of
from adaldyq.measures.declarations.domain.schemas import XS
from adaldyq.measures.declarations.domain.sections import FORMS, SECTIONS

pytestmark = pytest.mark.django_db
SCHEMAS = "/declarations/schemas"


def fetched(name: str) -> bytes:
    answer = Client().get(f"{SCHEMAS}/{name}")
    assert answer.status_code == 200
    return bytes(answer.content)


def test_examples_are_as_the_published_schemas_say_and_a_wrong_file_is_not() -> None:
    schema, example = json.loads(fetched("declaration-1.json")), json.loads(fetched("example-1.json"))
    validator = jsonschema_rs.Draft202012Validator(schema)
    validator.validate(example)
    rules = etree.XMLSchema(etree.fromstring(fetched("declaration-1.xsd")))
    written = fetched("example-1.xml")
    rules.assertValid(etree.fromstring(written))
    example["declarations"][0]["sections"]["vehicle"][0]["value"] = -1
    assert not validator.is_valid(example)
    assert not rules.validate(etree.fromstring(written.replace(b">4200000<", b">-1<")))


def test_schemas_hold_every_section_and_every_column_that_a_person_is_asked() -> None:
    schema, rules = json.loads(fetched("declaration-1.json")), etree.fromstring(fetched("declaration-1.xsd"))
    for form in FORMS:
        held = schema["$defs"][f"form-{form}"]["properties"]["sections"]
        assert held["required"] == list(held["properties"]) == [one.name for one in sections_of(form)]
    for section in SECTIONS:
        columns = [one.name for one in asked_columns(section.name)]
        row = schema["$defs"][section.name]
        assert list(row["properties"]) == columns
        elements = rules.findall(f"{{{XS}}}complexType[@name='{section.name}']/{{{XS}}}sequence/{{{XS}}}element")
        assert [one.get("name") for one in elements] == columns
        asked = [name for name in columns if is_required(section.name, name)]
        assert row["required"] == [one.get("name") for one in elements if one.get("minOccurs") != "0"] == asked
