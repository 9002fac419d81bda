"""A field that finds one thing among many by what a person types, without a script.

The form comes back with the things that fit as choices; choosing one and sending it again is enough. What
is typed exactly as one thing is called needs no second step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.base.names import comparison_key

MOST_ANSWERS = 10
OWN_WORDS = "own-words"
"""The choice that none of the answers is meant, and that what was typed is kept as it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A thing that fits.

    Attributes:
        value: what stands for it.
        label: its name.
        hint: what tells it from its namesakes.
        number: another text that names it alone, such as its number in a register.
    """

    value: str
    label: object
    hint: object = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What came from the form: the text, the answer chosen, and the text for which it was offered."""

    text: str
    choice: str = ""
    asked: str = ""

    def __bool__(self) -> bool:
        """Whether anything was typed."""
        return bool(self.text)


class LookupWidget(forms.Widget):
    """A box for the text and, once it was sent, the answers to choose from."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        """What was typed and chosen."""
        parts = (str(data.get(key) or "") for key in (name, f"{name}_choice", f"{name}_asked"))
        text, choice, asked = parts
        return Typed(" ".join(text.split()), choice, " ".join(asked.split()))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form had no such box."""
        return name not in data


class LookupField(forms.Field):
    """One of many things, found by a part of its name; cleaned, it is the value of the answer.

    Args:
        find: answers to a text, the best first; asked for at most one more than `most`.
        name_of: the name of a value, to fill the box with what was kept before.
        keeps_words: whether one may choose that none is meant; cleaned, the field is then empty (`kept_words` has the text).

    Raises:
        ValidationError: nothing fits, or more than one thing does and none is chosen.
    """

    widget = LookupWidget
    default_error_messages = {
        "nothing": _("Nothing is called “%(text)s”. Check the spelling, or type a part of the name."),
        "choose": _("Choose which one you mean."),
    }

    def __init__(
        self,
        *,
        find: Callable[[str], Sequence[Answer]],
        name_of: Callable[[str], object],
        most: int = MOST_ANSWERS,
        keeps_words: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.find, self.name_of, self.most, self.keeps_words = find, name_of, most, keeps_words
        self.last: tuple[str, list[Answer]] = ("", [])

    def typed(self, value: Any) -> Typed:
        """A value of a bound or an unbound form as what stands in the boxes."""
        if isinstance(value, Typed):
            return value
        return Typed(str(self.name_of(str(value))), str(value), str(self.name_of(str(value)))) if value else Typed("")

    def offered(self, typed: Typed) -> tuple[list[Answer], bool]:
        """Answers to choose from, none when the text names one thing exactly; and whether there are more."""
        found = self.found(typed)
        if exact(found, typed.text):
            return [], False
        return found[: self.most], len(found) > self.most

    def may_keep(self, typed: Typed) -> bool:
        """Whether one may choose to keep what was typed: it names nothing exactly."""
        return self.keeps_words and bool(typed.text) and exact(self.found(typed), typed.text) is None

    def kept_words(self, value: Any) -> str:
        """What was typed, when its writer chose to keep it; else nothing."""
        typed = self.typed(value)
        is_kept = self.keeps_words and typed.choice == OWN_WORDS and typed.asked == typed.text
        return typed.text if is_kept else ""

    def found(self, typed: Typed) -> list[Answer]:
        """Answers to a text, perhaps one more than are offered."""
        if self.last[0] != typed.text:
            self.last = (typed.text, list(self.find(typed.text)))
        return self.last[1]

    def shown(self, typed: Typed) -> Typed:
        """What stands in the box: the name of a thing whose value came in its place, as in a link, else the text."""
        by_value = [answer for answer in self.found(typed) if answer.value == typed.text]
        return Typed(str(by_value[0].label), by_value[0].value, str(by_value[0].label)) if by_value else typed

    def clean(self, value: Any) -> Any:
        """The value of the thing meant; empty when nothing was typed."""
        typed = self.typed(value)
        if not typed.text:
            if self.required:
                raise ValidationError(self.error_messages["required"], "required")
            return ""
        if self.kept_words(typed):
            return ""
        found = self.found(typed)[: self.most]
        if typed.asked == typed.text and typed.choice in {answer.value for answer in found}:
            return typed.choice
        if named := exact(found, typed.text):
            return named.value
        code = "choose" if found else "nothing"
        raise ValidationError(self.error_messages[code], code, {"text": typed.text})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another thing is named than before."""
        return self.typed(initial).text != self.typed(data).text


def exact(answers: Sequence[Answer], text: str) -> Answer | None:
    """The answer whose value or number the text is, else the only one that is called as it says, in any script."""
    for answer in answers:
        if text in {answer.value, answer.number}:
            return answer
    key = comparison_key(text)
    named = [answer for answer in answers if comparison_key(str(answer.label)) == key]
    return named[0] if len(named) == 1 else None
