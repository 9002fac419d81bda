"""Every model says who may see each of its fields."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

OURS = [model for model in apps.get_models() if model.__module__.startswith("adaldyq.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_is_named_in_the_privacy_note(model: type[models.Model]) -> None:
    note = model.Privacy  # type: ignore[attr-defined]  # that it is there is the test
    named = [*note.public, *note.restricted]
    assert note.__doc__
    assert len(set(named)) == len(named)
    assert set(named) == {field.attname for field in model._meta.concrete_fields}


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
