"""What is written without templates is what templates would write, and is escaped as they do."""

from __future__ import annotations

from django import forms
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from adaldyq.ui import markup
from adaldyq.ui.facts import Task
from adaldyq.ui.tables import Column, Link, State, Table

NASTY = "<b>\"&'"
ESCAPED = "&lt;b&gt;&quot;&amp;&#x27;"


def test_cells_are_escaped_whatever_they_hold() -> None:
    columns = (
        Column("name", NASTY, link=lambda _row: f"/?a={NASTY}"),
        Column("text", NASTY, hint=NASTY),
        Column("state", "s"),
        Column("more", "m"),
    )
    row = {"name": NASTY, "text": NASTY, "state": State(NASTY, "open"), "more": Link(NASTY, NASTY)}
    text = markup.rows(Table("t", columns, [row]))
    assert "<b>" not in text
    assert f'<a class="govuk-link" href="/?a={ESCAPED}">{ESCAPED}</a>' in text
    assert f'data-label="{ESCAPED}, {ESCAPED}"' in text
    assert text.count(ESCAPED) == 8
    assert "<i>" in markup.rows(Table("t", columns[1:2], [{"text": mark_safe("<i>a</i>")}]))  # on purpose


def test_an_unknown_value_is_a_dash_with_its_words_in_each_language() -> None:
    for language, words in (("en", "not stated"), ("ru", "не указано"), ("en", "not stated")):
        with translation.override(language):
            assert words in markup.rows(Table("t", (Column("a", "A"), Column("b", "B")), [{"a": "x", "b": None}]))


def test_a_list_is_the_one_that_django_draws() -> None:
    class Form(forms.Form):
        kind = forms.ChoiceField(
            choices=[("", "—"), ("Group", [("a", "A"), (NASTY, NASTY)]), (1, "one")],
            widget=forms.Select({"data-x": NASTY}),
        )

    for form in (Form(), Form({"kind": NASTY}), Form(initial={"kind": 1}, auto_id="x_%s", prefix="p")):
        bound = form["kind"]
        ours = engines["django"].from_string("{{ one }}").render({"one": markup.select(bound, {"class": "c"})})
        theirs = bound.as_widget(attrs={"class": "c"})
        assert parts(ours) == parts(theirs)


def parts(html: str) -> list[str]:
    """The elements of a list with their attributes in order, without white space between them."""
    pieces = [piece.strip() for piece in html.replace(">", ">\n").replace("<", "\n<").splitlines() if piece.strip()]
    return [
        " ".join([piece.split(" ", 1)[0], *sorted(piece.strip("<>").split(" ")[1:])])
        if piece.startswith("<select")
        else piece
        for piece in pieces
    ]


def test_tasks_are_escaped_and_described_by_what_they_have() -> None:
    text = markup.tasks([Task(NASTY, f"/?a={NASTY}", NASTY, State(NASTY, "open")), Task("b", "/b")], "do")
    assert text.count(ESCAPED) == 4
    assert "<b>" not in text
    assert 'aria-describedby="do-1-hint do-1-status"' in text
    assert 'href="/b">b</a>' in text


def test_what_is_kept_is_made_once_in_each_language() -> None:
    template = engines["django"].from_string('{% kept %}{% translate "Home" %}{{ number }}{% endkept %}')
    shown = []
    for language, number in (("en", 1), ("ru", 2), ("en", 3)):
        with translation.override(language):
            shown.append(template.render({"number": number}))
    assert shown == ["Home1", "Главная2", "Home1"]
