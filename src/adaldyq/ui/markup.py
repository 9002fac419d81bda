"""Markup that a page repeats many times, written without templates: cells of tables, tasks, options of lists.

A template for each cell took most of the time of a page with a table. What is written here is escaped as
templates do it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adaldyq.ui.facts import Task
from adaldyq.ui.formats.values import UNKNOWN
from adaldyq.ui.icons import icon
from adaldyq.ui.tables import Cell, Column, Table


def stated(text: str) -> str:
    """A value, or the dash for an unknown one with words for who cannot see it."""
    return text if text != UNKNOWN else unstated(get_language() or "")


@lru_cache
def unstated(language: str) -> SafeString:
    """The dash of a language in force, with its words."""
    return format_html(
        '<span class="app-unstated"><span aria-hidden="true">{}</span>'
        '<span class="govuk-visually-hidden">{}</span></span>',
        UNKNOWN,
        _("not stated"),
    )


def tag(word: object, look: str = "plain") -> SafeString:
    """A state: a word with a shape and a colour."""
    return format_html('<strong class="app-tag app-tag--{}">{}{}</strong>', look, icon(look), word)


def content(cell: Cell) -> str:
    """What stands in a cell."""
    if cell.state:
        return tag(cell.state.word, cell.state.look)
    if cell.href:
        return f'<a class="govuk-link" href="{conditional_escape(cell.href)}">{conditional_escape(cell.text)}</a>'
    return conditional_escape(stated(cell.text))


def label(column: Column) -> str:
    """What a card of the phone calls a column."""
    words = f"{column.title}, {column.hint}" if column.hint else str(column.title)
    return conditional_escape(words)


def head_cell(cell: Cell) -> str:
    """The first cell of a row, which names it."""
    css = ' class="app-table__number"' if cell.column.right else ""
    return f'<th scope="row" role="rowheader"{css}>{content(cell)}</th>'


def body_cell(cell: Cell, named: str) -> str:
    """Another cell of a row, with what the phone's card calls it."""
    kinds = (
        ("app-table__number", cell.column.right),
        ("app-table__blank", cell.blank),
        ("app-table__long", cell.unbroken),
        ("app-table__wordy", cell.wordy),
    )
    css = " ".join(name for name, wanted in kinds if wanted)
    given = f' class="{css}"' if css else ""
    return f'<td role="cell" data-label="{named}"{given}><span class="app-table__value">{content(cell)}</span></td>'


def rows(table: Table) -> SafeString:
    """The rows of a table."""
    labels = [label(column) for column in table.columns]
    lines = [
        "".join(
            [
                '<tr role="row">',
                head_cell(cells[0]),
                *(body_cell(cell, named) for cell, named in zip(cells[1:], labels[1:], strict=True)),
                "</tr>\n",
            ]
        )
        for cells in table.body
    ]
    return mark_safe("".join(lines))  # noqa: S308  # every part above is escaped


def tasks(listed: Iterable[Task], name: str) -> SafeString:
    """What to do, with how far it is.

    Args:
        name: id that those of its parts begin with; no letter that HTML would read otherwise.
    """
    lines = "".join(task(one, f"{name}-{number}") for number, one in enumerate(listed, 1))
    return mark_safe(f'<ul class="govuk-task-list">\n{lines}</ul>\n')  # noqa: S308  # every part is escaped


def task(one: Task, name: str) -> str:
    """An item of the list, described by its hint and its state."""
    css, state = "govuk-task-list", one.state
    title: str = conditional_escape(str(one.title))
    if one.href:
        about = " ".join([f"{name}-hint"] * bool(one.hint) + [f"{name}-status"] * bool(state))
        described = f' aria-describedby="{about}"' if about else ""
        href = conditional_escape(one.href)
        title = f'<a class="govuk-link {css}__link" href="{href}"{described}>{title}</a>'
    else:
        title = f"<div>{title}</div>"
    hint = f'<div id="{name}-hint" class="{css}__hint">{conditional_escape(str(one.hint))}</div>' if one.hint else ""
    status = f'<div class="{css}__status" id="{name}-status">{tag(state.word, state.look)}</div>' if state else ""
    item = f"{css}__item {css}__item--with-link" if one.href else f"{css}__item"
    return f'<li class="{item}"><div class="{css}__name-and-hint">{title}{hint}</div>{status}</li>\n'


def select(bound: BoundField, attrs: Mapping[str, Any]) -> SafeString:
    """A list of a form with its options, as `forms.Select` renders it."""
    widget: forms.Select = bound.field.widget
    given = bound.build_widget_attrs(dict(attrs), widget)
    given.setdefault("id", widget.attrs.get("id") or bound.auto_id)
    parts = []
    for group, options, _index in widget.optgroups(bound.html_name, widget.format_value(bound.value()), {}):
        lines = "".join(option(one) for one in options)
        parts.append(f'<optgroup label="{conditional_escape(group)}">{lines}</optgroup>' if group else lines)
    final = flatatt(widget.build_attrs(widget.attrs, given))
    name = conditional_escape(bound.html_name)
    return mark_safe(f'<select name="{name}"{final}>{"".join(parts)}</select>')  # noqa: S308  # every part is escaped


def option(one: Mapping[str, Any]) -> str:
    """An option of a list."""
    value = conditional_escape(str(one["value"]))
    return f'<option value="{value}"{flatatt(one["attrs"])}>{conditional_escape(one["label"])}</option>'
