"""A page whose form comes back with errors says so first in its title (WCAG 2.2, 2.4.2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Engine, Template
from django.template.base import FilterExpression
from django.template.loader_tags import BlockNode, ExtendsNode
from django.utils import translation

SOURCE = Path(__file__).resolve().parents[2] / "src" / "adaldyq"
BASE, GALLERY = "ui/base.html", "ui/gallery.html"
OF_OTHERS = SOURCE / "project" / "provider"  # a process of its own, with a base of its own that says so too
SUMMARY = re.compile(r"{% error_summary (\S+) %}")
PAGES = {
    str(file).rpartition("/templates/")[2]: forms_of
    for file in SOURCE.rglob("*.html")
    if OF_OTHERS not in file.parents and (forms_of := SUMMARY.findall(file.read_text(encoding="utf-8")))
}
"""Forms of each template that says what is wrong in them."""


class Asked(forms.Form):
    name = forms.CharField()


def line_of(name: str) -> list[Template]:
    """A template, and those that it extends."""
    template = found(name)
    parents = [node.parent_name for node in template.nodelist if isinstance(node, ExtendsNode)]
    above = [line_of(str(one.var)) for one in parents if isinstance(one, FilterExpression)]
    return [template, *(above[0] if above else [])]


def found(name: str) -> Template:
    return Engine.get_default().get_template(name)


@pytest.mark.parametrize("name", sorted(set(PAGES) - {GALLERY}))
def test_no_page_with_a_form_makes_a_title_of_its_own(name: str) -> None:
    chain = line_of(name)
    assert chain[-1].name == BASE
    own = [str(vars(block)["name"]) for one in chain[:-1] for block in one.nodelist.get_nodes_by_type(BlockNode)]
    assert "error" not in own
    assert all(given.isidentifier() for given in PAGES[name]), "the title looks for forms among what a page is given"


@pytest.mark.parametrize(("given", "begins"), [({}, "Ошибка: "), ({"name": "x"}, ""), (None, "")])
def test_the_title_begins_with_the_error(given: dict[str, str] | None, begins: str) -> None:
    title = next(line for line in found(BASE).source.splitlines() if "<title>" in line)
    page = Template(title.replace("{% block title %}", "{% block title %}T"))
    with translation.override("ru"):
        assert page.render(Context({"form": Asked(given)})).strip().startswith(f"<title>{begins}T")
