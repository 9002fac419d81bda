"""How a Django form field becomes a component: which template, ids of hint and error, classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from adaldyq.ui import markup
from adaldyq.ui.forms import DayWidget
from adaldyq.ui.lookup import OWN_WORDS, Answer, LookupField, LookupWidget, Typed

TEMPLATES: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayWidget, "day"),
    (LookupWidget, "lookup"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "choices"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.Widget, "input"),
)
CLASSES = {"select": "govuk-select", "textarea": "govuk-textarea", "file": "govuk-file-upload", "input": "govuk-input"}
IN_FIELDSET = {"choices", "day"}


def field_context(bound: BoundField, *, say_optional: bool = True) -> dict[str, Any]:
    """What the templates in `ui/fields/` need to draw a field."""
    widget = bound.field.widget
    kind = next(name for widget_type, name in TEMPLATES if isinstance(widget, widget_type))
    hint_id = f"{bound.auto_id}-hint" if bound.help_text else ""
    error_id = f"{bound.auto_id}-error" if bound.errors else ""
    described = " ".join(filter(None, (hint_id, error_id)))
    return {
        "field": bound,
        "kind": kind,
        "template": f"ui/fields/{kind}.html",
        "multiple": isinstance(widget, forms.CheckboxSelectMultiple),
        "hint_id": hint_id,
        "error_id": error_id,
        "described": described,
        "control": control(bound, kind, described),
        "choices": choices(bound) if kind == "choices" else (),
        "target": f"{bound.auto_id}_0" if kind in IN_FIELDSET else bound.auto_id,
        "suffix": getattr(bound.field, "suffix", ""),
        "optional": say_optional and not bound.field.required and kind != "checkbox",
        "boxes": boxes(bound) if kind == "day" else (),
        "lookup": lookup(bound) if isinstance(bound.field, LookupField) else None,
    }


def control(bound: BoundField, kind: str, described: str) -> str:
    """The control itself, for kinds that are one element."""
    if kind not in CLASSES:
        return ""
    own = str(bound.field.widget.attrs.get("class", ""))
    error = f"{CLASSES[kind]}--error" if bound.errors else ""
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, (CLASSES[kind], error, own)))}
    if described:
        attrs["aria-describedby"] = described
    if kind in {"textarea", "input"}:
        attrs["maxlength"] = False  # a browser cuts what is pasted without a word; the form says that it is too long
    if type(bound.field.widget) is forms.Select:
        return markup.select(bound, attrs)
    return bound.as_widget(attrs=attrs)


def boxes(bound: BoundField) -> list[dict[str, Any]]:
    """The three boxes of a day, with what stands in them."""
    widget = bound.field.widget
    value = bound.value()
    texts = value if isinstance(value, list) else widget.decompress(value)
    parts = zip(("day", "month", "year"), (2, 2, 4), texts, strict=True)
    return [
        {"name": f"{bound.html_name}_{part}", "part": part, "width": width, "value": "" if text is None else text}
        for part, width, text in parts
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """A radio or a checkbox: its id, value, label, whether it is chosen, and a word of explanation."""

    id: str
    value: str
    label: object
    checked: bool
    hint: object = ""


def choices(bound: BoundField) -> list[Choice]:
    """The radios or checkboxes of a field; hints stand in the widget's `hints`, by value."""
    hints = getattr(bound.field.widget, "hints", {})
    return [
        Choice(
            str(one.id_for_label),
            str(one.data["value"]),
            one.choice_label,
            bool(one.data["selected"]),
            hints.get(one.data["value"], ""),
        )
        for one in bound.subwidgets
    ]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What stands in a lookup field: the text, the answers to choose from, whether there are more, and the choice of none.

    Attributes:
        own_words: value of the choice to keep what was typed; empty where it is not offered.
    """

    typed: Typed
    answers: list[Answer]
    more: bool
    own_words: str = ""


def lookup(bound: BoundField) -> Lookup:
    """The state of a lookup field; an unbound one offers nothing yet."""
    field: LookupField = bound.field  # type: ignore[assignment]  # the caller has looked
    typed = field.shown(field.typed(bound.value()))
    answers, more = field.offered(typed) if bound.form.is_bound else ([], False)
    kept = bool(field.kept_words(typed)) or (bound.form.is_bound and field.may_keep(typed))
    return Lookup(typed, answers, more, OWN_WORDS if kept else "")
