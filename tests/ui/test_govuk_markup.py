"""Where our pages use a component of govuk-frontend, the markup is that of its own examples.

What differs on purpose is in `DIFFERENCES`, and what our components do not do in `NOT_OFFERED`, each with
its reason. An example either gives the same tree or asks for something that is not offered.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.ui.govuk_renderers import RENDERERS, NotOfferedError
from tests.ui.markup import Node, ids_by_use, read, without

EXAMPLES = Path(__file__).parent / "fixtures" / "govuk-frontend"
RECORD = (EXAMPLES / "VENDORED.txt").read_text(encoding="utf-8")
HASHES = {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", RECORD, re.MULTILINE)}
LOCK = Path(__file__).parents[2] / "frontend" / "package.json"


@dataclass(frozen=True)
class Difference:
    """What differs on purpose: why, in which components (none: all), and how either side is made equal."""

    why: str
    change: Callable[[Node], None]
    ours: bool = False
    theirs: bool = False
    components: tuple[str, ...] = ()


def drop_attributes(*names: str) -> Callable[[Node], None]:
    """A change that takes attributes off."""

    def change(root: Node) -> None:
        for node in root.walk():
            for name in names:
                node.attrs.pop(name, None)

    return change


def drop_classes(*names: str) -> Callable[[Node], None]:
    """A change that takes classes off."""

    def change(root: Node) -> None:
        for node in root.walk():
            if "class" in node.attrs:
                node.attrs["class"] = " ".join(sorted(node.classes - set(names)))

    return change


def drop_elements(tag: str, css: str = "") -> Callable[[Node], None]:
    """A change that takes elements out."""
    return lambda root: without(root, lambda node: node.tag == tag and (not css or css in node.classes))


def text_by(pattern: str, replacement: str) -> Callable[[Node], None]:
    """A change to the texts."""

    def change(root: Node) -> None:
        for node in root.walk():
            node.text = re.sub(pattern, replacement, node.text)
        without(root, lambda node: not node.tag and not node.text)

    return change


def unwrap_tags(root: Node) -> None:
    """States become plain words, whichever way they are drawn."""
    for node in root.walk():
        for place, child in enumerate(node.children):
            if child.tag == "strong" and child.classes & {"govuk-tag", "app-tag"}:
                node.children[place : place + 1] = [one for one in child.children if not one.tag]


def own_names(root: Node) -> None:
    """Names of controls become their place, because Django makes one from the other."""
    for place, node in enumerate(one for one in root.walk() if one.tag in {"input", "select", "textarea"}):
        kind = node.attrs.get("type", "")
        node.attrs["name"] = "group" if kind in {"radio", "checkbox"} else f"control {place}"


def current_item(root: Node) -> None:
    """The link of the current page loses the look of one."""
    for node in root.walk():
        if "govuk-pagination__item--current" in node.classes:
            drop_classes("govuk-link")(node)


def unnamed(root: Node) -> None:
    """The navigation loses its name."""
    del root.children[0].attrs["aria-label"]


FIELDS = ("input", "textarea", "select", "file-upload", "radios", "checkboxes", "date-input")
DIFFERENCES = (
    Difference("no page needs a script, so nothing waits for one", drop_attributes("data-module"), theirs=True),
    Difference(
        "labels and legends stand out, because several fields share a page",
        drop_classes("govuk-label--s", "govuk-fieldset__legend--s"),
        ours=True,
        components=FIELDS,
    ),
    Difference(
        "Django makes ids from names, they make some names from ids",
        own_names,
        ours=True,
        theirs=True,
        components=FIELDS,
    ),
    Difference(
        "Django tells assistive technology what is wrong", drop_attributes("aria-invalid"), ours=True, components=FIELDS
    ),
    Difference(
        "Django always writes it; the style sets the width",
        drop_attributes("cols"),
        ours=True,
        components=("textarea",),
    ),
    Difference(
        "without a script the space bar does not follow a link, so it is not called a button",
        drop_attributes("role", "draggable"),
        theirs=True,
        components=("button",),
    ),
    Difference(
        "the summary names the field, because several errors may read the same",
        text_by("^Field: ", ""),
        ours=True,
        components=("error-summary",),
    ),
    Difference(
        "a link within a page needs no focus by script",
        drop_attributes("tabindex"),
        ours=True,
        components=("error-summary",),
    ),
    Difference("the layout's own width", drop_classes("govuk-width-container"), ours=True, components=("breadcrumbs",)),
    Difference(
        "named by what it tells", drop_attributes("aria-label"), ours=True, theirs=True, components=("breadcrumbs",)
    ),
    Difference(
        "named for what it leads to", drop_attributes("href"), ours=True, theirs=True, components=("skip-link",)
    ),
    Difference(
        "words lead to the next page, without an arrow",
        drop_elements("svg"),
        ours=True,
        theirs=True,
        components=("pagination",),
    ),
    Difference(
        "the count of what is shown", drop_elements("p", "app-pagination__count"), ours=True, components=("pagination",)
    ),
    Difference(
        "the word alone; the navigation around it is called pages",
        drop_elements("span", "govuk-visually-hidden"),
        theirs=True,
        components=("pagination",),
    ),
    Difference("called pages in our languages", unnamed, ours=True, theirs=True, components=("pagination",)),
    Difference(
        "the current page is no link to click",
        current_item,
        theirs=True,
        components=("pagination",),
    ),
    Difference(
        "the hidden words are the key itself, in brackets: Kazakh and Russian would need another case",
        drop_elements("span", "govuk-visually-hidden"),
        ours=True,
        theirs=True,
        components=("summary-list",),
    ),
    Difference("states have shapes of their own", drop_elements("svg"), ours=True, components=("task-list",)),
    Difference("states have looks of their own", unwrap_tags, ours=True, theirs=True, components=("task-list",)),
    Difference(
        "a look says that a task cannot start yet",
        drop_classes("govuk-task-list__status--cannot-start-yet"),
        theirs=True,
        components=("task-list",),
    ),
)


NOT_OFFERED_BECAUSE = {
    "our components take text, so that what people wrote can never be markup": (
        "html titleHtml descriptionHtml summaryHtml errorList.html fieldset.legend.html suffix.html rows.key.html "
        "rows.value.html rows.actions.html card.title.html items.html"
    ),
    "the looks and attributes of a component are those of the house, set in one place": (
        "attributes classes formGroup inputWrapper label.classes items.attributes items.classes items.label "
        "fieldset.classes fieldset.legend.classes errorList.attributes rows.classes rows.key.classes "
        "rows.actions.classes rows.actions.attributes card.classes card.attributes card.title.headingLevel iconFallbackText"
    ),
    "what describes a control is its own hint and error, wired by the component": "describedBy fieldset.describedBy",
    "no page needs a script": "javascript preventDoubleClick disableAutoFocus chooseFilesButtonText collapseOnMobile",
    "Django names controls and ids, each once": "id idPrefix items.id items.name",
    "a day has a day, a month and a year, typed in figures": (
        "day month year items.error items.pattern items.autocomplete|boxes of other parts"
    ),
    "what a person cannot use is not shown": "disabled items.disabled",
    "questions that depend on an answer are asked on the next page": "items.conditional items.divider",
    "a group of choices is always named": "|no fieldset",
    "one action a row, about that row": "card.actions|rows with several actions",
    "Django chooses one value, and an empty one says that nothing is chosen": "value|items without a value|a value that is not selected",
    "an error comes from what was sent, not from the template": "|value beside an error that we did not find",
    "every entry leads somewhere and the way begins at home": (
        "labelText|items without an address|a way that does not begin at home"
    ),
    "pages have numbers, and words of the catalogue": (
        "previous.text landmarkLabel items.visuallyHiddenText|pages without numbers"
    ),
    "words of the catalogue, the same on every page": "titleText descriptionText|another text or target",
    "no form of ours asks for it": "type autocomplete prefix isStartButton",
}
NOT_OFFERED = {
    name
    for names in NOT_OFFERED_BECAUSE.values()
    for part, *sentences in [names.split("|")]
    for name in [*part.split(), *sentences]
}
EQUAL = 96  # examples; may only grow


def examples() -> Iterator[Any]:
    """Every example of every component."""
    for component in RENDERERS:
        for one in json.loads((EXAMPLES / f"{component}.json").read_text(encoding="utf-8"))["fixtures"]:
            yield pytest.param(component, one, id=f"{component}: {one['name']}")


def trees(component: str, ours: str, theirs: str) -> tuple[list[str], list[str]]:
    """Both trees as lines, made equal where they differ on purpose."""
    found = read(ours), read(theirs)
    for difference in DIFFERENCES:
        if not difference.components or component in difference.components:
            for root, changed in zip(found, (difference.ours, difference.theirs), strict=True):
                if changed:
                    difference.change(root)
    for root in found:
        ids_by_use(root)
    return list(found[0].lines()), list(found[1].lines())


@pytest.mark.parametrize(("component", "example"), list(examples()))
def test_markup_is_that_of_the_example(component: str, example: dict[str, Any]) -> None:
    try:
        drawn = RENDERERS[component](example["options"])
    except NotOfferedError:
        return  # `test_no_example_is_left_out_without_need` counts them and knows their reasons
    ours, theirs = trees(component, drawn, example["html"])
    assert ours == theirs


def test_no_example_is_left_out_without_need() -> None:
    asked, drawn = set(), 0
    for component in RENDERERS:
        for example in json.loads((EXAMPLES / f"{component}.json").read_text(encoding="utf-8"))["fixtures"]:
            try:
                RENDERERS[component](example["options"])
                drawn += 1
            except NotOfferedError as one:
                asked.add(str(one))
    assert drawn >= EQUAL
    assert asked == NOT_OFFERED


def test_the_examples_are_those_of_the_version_that_is_locked() -> None:
    locked = json.loads(LOCK.read_text(encoding="utf-8"))["dependencies"]["govuk-frontend"]
    assert f"govuk-frontend {locked}" in RECORD
    assert set(HASHES) == {f"{component}.json" for component in RENDERERS}
    for name, digest in HASHES.items():
        assert hashlib.sha256((EXAMPLES / name).read_bytes()).hexdigest() == digest
