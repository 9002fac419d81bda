"""What messages say. Each room names its own in its app's config, as the dotted name of a mapping.

The sentences hold no name and no number of a person: a message passes through other people's servers, and
tells only that there is something to read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.apps import apps
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from adaldyq.ui.formats.values import day

HOLDING_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
Parameters = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what stands in the list and in the subject, and what it says. Lazy translations."""

    title: object
    text: object


@cache
def messages() -> Mapping[str, Message]:
    """Every message of this installation, by name.

    Raises:
        ValueError: two rooms have a message of one name.
    """
    found: dict[str, Message] = {}
    for config in apps.get_app_configs():
        named: Mapping[str, Message] = import_string(config.messages) if hasattr(config, "messages") else {}
        if twice := set(named) & set(found):
            raise ValueError(f"two rooms have a message called {', '.join(sorted(twice))}")
        found |= named
    return found


def said(message: str, parameters: Parameters, language: str) -> tuple[str, str]:
    """Title and text of a message in a language.

    A parameter whose name ends in `_date` is an ISO day and is written as the language writes days; one whose
    name ends in `_title` is an English sentence of the catalogues.
    """
    known = messages()[message]
    with translation.override(language):
        values = {name: value_in_words(name, value) for name, value in parameters.items()}
        return plain(str(known.title) % values), plain(str(known.text) % values)


def plain(text: str) -> str:
    """Text without the spaces that hold words together on pages; mail and SMS would count them as foreign letters."""
    return text.translate(HOLDING_SPACES)


def value_in_words(name: str, value: str | int) -> str:
    """A value as the language in force writes it."""
    if name.endswith("_date"):
        return day(date.fromisoformat(str(value)))
    return gettext(str(value)) if name.endswith("_title") else str(value)
