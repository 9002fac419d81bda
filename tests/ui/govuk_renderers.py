"""Our components, drawn from the options of govuk-frontend's examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.template import engines
from django.utils import translation

from adaldyq.ui.facts import Fact, Link, State, Task
from adaldyq.ui.forms import DayField, HintedCheckboxes, HintedRadios
from adaldyq.ui.uploads import FilesInput

Options = Mapping[str, Any]
BUTTONS = {"": "", "govuk-button--secondary": "secondary", "govuk-button--warning": "warning"}


class NotOfferedError(Exception):
    """The example asks for something that our component does not do; the argument is its name."""


def only(options: Options, *names: str, inside: str = "") -> None:
    """Refuse options that are not among `names`; empty ones ask for nothing.

    Raises:
        NotOfferedError: there is another option.
    """
    for name, value in options.items():
        if name not in names and value not in (None, "", [], {}):
            raise NotOfferedError(f"{inside}{name}")


def draw(source: str, **context: object) -> str:
    """A template's text in English."""
    with translation.override("en"):
        return engines["django"].from_string(source).render(context)


def text_of(value: Any, inside: str) -> str:
    """The text of a label, hint or error.

    Raises:
        NotOfferedError: it holds more than text.
    """
    if not value:
        return ""
    only(value, "text", inside=f"{inside}.")
    return str(value["text"])


def button(options: Options) -> str:
    """A button or a link that looks like one."""
    only(options, "text", "href", "name", "value", "classes", "type")
    if options.get("classes", "") not in BUTTONS or options.get("type", "submit") != "submit":
        raise NotOfferedError("classes")
    given = {name: options.get(name, "") for name in ("text", "href", "name", "value")}
    return draw("{% button text href kind name value %}", kind=BUTTONS[options.get("classes", "")], **given)


def form_of(options: Options, field: forms.Field, value: Any = None) -> forms.Form:
    """A form of one field with the example's value and error."""
    name = options.get("name") or options["id"]
    error = text_of(options.get("errorMessage"), "errorMessage")
    field.required = False
    form = forms.Form({} if error else None, initial={name: value}, auto_id="%s")
    form.fields[name] = field
    if error:
        form.full_clean()
        form.add_error(name, error)
    return form


def field_of(options: Options, field: forms.Field, value: Any = None) -> str:
    """One form field as our component draws it."""
    field.help_text = text_of(options.get("hint"), "hint")
    form = form_of(options, field, value)
    return draw("{% field bound False %}", bound=form[next(iter(form.fields))])


def label(options: Options) -> str:
    """The label of a field of one control."""
    return text_of(options["label"], "label")


def text_input(options: Options) -> str:
    """A box for a line of text."""
    only(
        options, "label", "name", "id", "hint", "errorMessage", "suffix", "value", "inputmode", "spellcheck", "classes"
    )
    if options.get("errorMessage") and options.get("value"):
        raise NotOfferedError("value beside an error that we did not find")
    attrs = {name: str(options[name]).lower() for name in ("inputmode", "spellcheck") if name in options}
    attrs |= {"class": options["classes"]} if options.get("classes") else {}
    field = forms.CharField(label=label(options), widget=forms.TextInput(attrs))
    field.suffix = text_of(options.get("suffix"), "suffix")  # type: ignore[attr-defined]  # as MoneyField has it
    return field_of(options, field, options.get("value"))


def textarea(options: Options) -> str:
    """A box for several lines."""
    only(options, "label", "name", "id", "hint", "errorMessage", "value", "rows", "spellcheck", "classes")
    attrs = {"rows": str(options.get("rows", 5))}
    attrs |= {name: str(options[name]).lower() for name in ("spellcheck",) if name in options}
    attrs |= {"class": options["classes"]} if options.get("classes") else {}
    return field_of(options, forms.CharField(label=label(options), widget=forms.Textarea(attrs)), options.get("value"))


def select(options: Options) -> str:
    """A list that opens."""
    only(options, "label", "name", "id", "hint", "errorMessage", "items", "value")
    items = [item for item in options.get("items", []) if item]
    for item in items:
        only(item, "value", "text", "selected", inside="items.")
        if not item.get("value"):
            raise NotOfferedError("items without a value")
        if item.get("selected") is False and item["value"] == options.get("value"):
            raise NotOfferedError("a value that is not selected")
    chosen = next((item["value"] for item in items if item.get("selected")), options.get("value"))
    field = forms.ChoiceField(label=label(options), choices=[(item["value"], item["text"]) for item in items])
    return field_of(options, field, chosen)


def file_upload(options: Options) -> str:
    """A control that sends files."""
    only(options, "label", "name", "id", "hint", "errorMessage", "multiple")
    widget = FilesInput() if options.get("multiple") else forms.FileInput()
    return field_of(options, forms.FileField(label=label(options), widget=widget))


def legend(options: Options) -> str:
    """The legend of a group of controls."""
    fieldset = options.get("fieldset")
    if not fieldset:
        raise NotOfferedError("no fieldset")
    only(fieldset, "legend", inside="fieldset.")
    return text_of(fieldset["legend"], "fieldset.legend")


def group_of(options: Options, kind: type[forms.ChoiceField], widget: Callable[..., forms.Widget]) -> str:
    """Radios or checkboxes."""
    only(options, "name", "idPrefix", "fieldset", "items", "hint", "errorMessage", "value", "values")
    items = [item for item in options["items"] if item]
    for item in items:
        only(item, "value", "text", "checked", "hint", "id", inside="items.")
    hints = {item["value"]: text_of(item.get("hint"), "items.hint") for item in items}
    chosen = [item["value"] for item in items if item.get("checked")] or options.get("values") or []
    if options.get("errorMessage") and chosen:
        raise NotOfferedError("value beside an error that we did not find")
    several = kind is forms.MultipleChoiceField
    value = chosen if several else (chosen[0] if chosen else options.get("value"))
    field = kind(
        label=legend(options),
        choices=[(item["value"], item["text"]) for item in items],
        widget=widget(hints=hints),
    )
    return field_of(options, field, value)


def radios(options: Options) -> str:
    """One of a few."""
    return group_of(options, forms.ChoiceField, HintedRadios)


def checkboxes(options: Options) -> str:
    """Any of a few."""
    return group_of(options, forms.MultipleChoiceField, HintedCheckboxes)


def date_input(options: Options) -> str:
    """A day in three boxes."""
    only(options, "id", "namePrefix", "fieldset", "hint", "errorMessage", "values", "items")
    boxes = [("day", "2"), ("month", "2"), ("year", "4")]
    for item, (part, width) in zip(options.get("items") or [], boxes, strict=False):
        only(item, "name", "classes", inside="items.")
        if item != {"name": part, "classes": f"govuk-input--width-{width}"}:
            raise NotOfferedError("boxes of other parts")
    if len(options.get("items") or boxes) != len(boxes):
        raise NotOfferedError("boxes of other parts")
    name = options.get("namePrefix") or options["id"]
    values = {part.removeprefix(f"{name}-"): value for part, value in (options.get("values") or {}).items()}
    value = [values.get(part) for part, _ in boxes]
    return field_of({**options, "name": name}, DayField(label=legend(options)), value)


def details(options: Options) -> str:
    """What few need."""
    only(options, "summaryText", "text", "open", "id")
    source = "{% details summaryText open=open %}{{ text }}{% enddetails %}"
    return draw(source, summaryText=options["summaryText"], text=options["text"], open=options.get("open", False))


def error_summary(options: Options) -> str:
    """What is wrong in a form; errors without a link are those of the form as a whole."""
    only(options, "titleText", "errorList")
    if options.get("titleText") != "There is a problem" or not options.get("errorList"):
        raise NotOfferedError("titleText")
    form = forms.Form({}, auto_id="%s")
    for error in options.get("errorList", []):
        only(error, "text", "href", inside="errorList.")
        if error.get("href"):
            form.fields[error["href"].removeprefix("#")] = forms.CharField(label="Field", required=False)
    form.full_clean()
    for error in options.get("errorList", []):
        form.add_error(error["href"].removeprefix("#") if error.get("href") else None, error["text"])
    return draw("{% error_summary form %}", form=form)


def inset_text(options: Options) -> str:
    """Matter apart from the text."""
    only(options, "text")
    return draw("{% inset %}{{ text }}{% endinset %}", text=options["text"])


def warning_text(options: Options) -> str:
    """A consequence nobody may overlook."""
    only(options, "text", "iconFallbackText")
    if options.get("iconFallbackText") != "Warning":
        raise NotOfferedError("iconFallbackText")
    return draw("{% warning %}{{ text }}{% endwarning %}", text=options["text"])


def breadcrumbs(options: Options) -> str:
    """The way to a page, as the layout draws it; our crumbs take routes, so the addresses are put in afterwards."""
    only(options, "items")
    for item in options["items"]:
        only(item, "text", "href", inside="items.")
        if not item.get("href"):
            raise NotOfferedError("items without an address")
    if options["items"][0]["text"] != "Home":
        raise NotOfferedError("a way that does not begin at home")
    crumbs = "{% for crumb_text in texts %}{% crumb crumb_text 'about' %}{% endfor %}"
    source = '{% extends "ui/page.html" %}{% block breadcrumb %}' + crumbs + "{% endblock %}"
    page = draw(source, texts=[item["text"] for item in options["items"][1:]])
    start = page.index('<nav class="govuk-breadcrumbs')
    addresses = iter([item["href"] for item in options["items"]])
    return re.sub(
        r'href="[^"]*"', lambda _found: f'href="{next(addresses)}"', page[start : page.index("</nav>", start) + 6]
    )


def pagination(options: Options) -> str:
    """Links to the other pages of a list."""
    only(options, "items", "previous", "next")
    for way in ("previous", "next"):
        only(options.get(way) or {}, "href", inside=f"{way}.")
    links: list[Link | None] = []
    for item in filter(None, options.get("items") or []):
        only(item, "number", "href", "current", "ellipsis", inside="items.")
        links.append(None if item.get("ellipsis") else Link(item["number"], item["href"], bool(item.get("current"))))
    if not links:
        raise NotOfferedError("pages without numbers")
    page = {
        "pages": len(links) + 1,
        "links": links,
        "previous_address": (options.get("previous") or {}).get("href", ""),
        "next_address": (options.get("next") or {}).get("href", ""),
        "first": 1,
        "last": 1,
        "total": 1,
    }
    return draw('{% include "ui/parts/pagination.html" %}', page=page)


def summary_list(options: Options) -> str:
    """Facts about one thing."""
    only(options, "rows", "card")
    facts = [fact_of(row) for row in options["rows"] if row]
    card = options.get("card") or {}
    only(card, "title", inside="card.")
    return draw("{% summary_list facts title %}", facts=facts, title=text_of(card.get("title"), "card.title"))


def fact_of(row: Options) -> Fact:
    """A row of a summary list."""
    only(row, "key", "value", "actions", inside="rows.")
    actions: Sequence[Options] = (row.get("actions") or {}).get("items") or []
    only(row.get("actions") or {}, "items", inside="rows.actions.")
    if len(actions) > 1:
        raise NotOfferedError("rows with several actions")
    for one in actions:
        only(one, "href", "text", "visuallyHiddenText", inside="rows.actions.")
    action = Link(actions[0]["text"], actions[0]["href"]) if actions else None
    return Fact(text_of(row["key"], "rows.key"), text_of(row["value"], "rows.value"), action=action)


def task_list(options: Options) -> str:
    """What to do."""
    only(options, "items")
    tasks = []
    for item in options["items"]:
        if not item:
            continue
        only(item, "title", "href", "hint", "status", inside="items.")
        status = item["status"]
        only(status, "text", "tag", "classes", inside="items.status.")
        word = status.get("text") or text_of({"text": status["tag"]["text"]}, "items.status.tag")
        hint = text_of(item.get("hint"), "items.hint")
        tasks.append(Task(text_of(item["title"], "items.title"), item.get("href") or "", hint, State(word)))
    return draw("{% task_list tasks %}", tasks=tasks)


def skip_link(options: Options) -> str:
    """The first link of a page."""
    only(options, "text", "href")
    if options["text"] != "Skip to main content" or options.get("href", "#content") != "#content":
        raise NotOfferedError("another text or target")
    page = draw('{% extends "ui/base.html" %}')
    start = page.index('<a href="#main-content"')
    return page[start : page.index("</a>", start) + 4]


RENDERERS: dict[str, Callable[[Options], str]] = {
    "breadcrumbs": breadcrumbs,
    "button": button,
    "checkboxes": checkboxes,
    "date-input": date_input,
    "details": details,
    "error-summary": error_summary,
    "file-upload": file_upload,
    "input": text_input,
    "inset-text": inset_text,
    "pagination": pagination,
    "radios": radios,
    "select": select,
    "skip-link": skip_link,
    "summary-list": summary_list,
    "task-list": task_list,
    "textarea": textarea,
    "warning-text": warning_text,
}
