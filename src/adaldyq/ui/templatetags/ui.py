"""The components, as template tags. How to use each is in the README of `ui`; all of them are at `/ui/`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.urls import get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adaldyq.base.money import Money
from adaldyq.ui import icons, markup
from adaldyq.ui.drawing import bars, maps, ranges, series
from adaldyq.ui.facts import Fact, Happening, Link, Task
from adaldyq.ui.fields import field_context
from adaldyq.ui.figures import Figure
from adaldyq.ui.formats import values
from adaldyq.ui.forms import any_set
from adaldyq.ui.markup import stated
from adaldyq.ui.plots import BarPlot, LinePlot, Plot, RangePlot, RegionMap, StackedPlot
from adaldyq.ui.tables import RowsPage, Table
from adaldyq.ui.tabs import Tabs

register = template.Library()
Context = dict[str, Any]


@register.filter
def money(value: Money | values.Numeric | None, currency: str = "") -> str:
    """An amount with its currency."""
    return stated(values.money(value, currency))


@register.filter
def money_short(value: Money | values.Numeric | None, currency: str = "") -> str:
    """An amount in thousands, millions or billions."""
    return stated(values.money_short(value, currency))


@register.filter
def number(value: values.Numeric | None, places: int | None = None) -> str:
    """A number with thin spaces."""
    return stated(values.number(value, places))


@register.filter
def percent(value: values.Numeric | None, places: int | None = None) -> str:
    """A share of a hundred."""
    return stated(values.percent(value, places))


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in the language's own form."""
    return stated(values.day(value))


@register.filter
def moment(value: datetime | None) -> str:
    """A day and the time of day."""
    return stated(values.moment(value))


@register.filter
def known(text: str) -> str:
    """Text of a cell or fact, or the dash with its words."""
    return stated(text)


class KeptNode(template.Node):
    """What is made once in each language."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist, self.made = nodelist, dict[tuple[str | None, str | None], SafeString]()

    def render(self, context: template.Context) -> SafeString:
        """What was made, or is made now."""
        key = get_language(), get_urlconf()
        if key not in self.made:
            self.made[key] = self.nodelist.render(context)
        return self.made[key]


@register.tag
def kept(parser: Parser, _token: Token) -> KeptNode:
    """A part of a page that only the language changes, made once in a process: `{% kept %}…{% endkept %}`."""
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist)


@register.simple_tag
def icon(name: str, css: str = "app-icon") -> SafeString:
    """A small shape beside a word."""
    return icons.icon(name, css)


@register.simple_tag
def tag(word: object, look: str = "plain") -> SafeString:
    """A state: a word with a shape and a colour."""
    return markup.tag(word, look)


@register.simple_tag
def table_rows(shown: Table) -> SafeString:
    """The rows of a table, for the table's own template."""
    return markup.rows(shown)


@register.inclusion_tag("ui/parts/heading.html")
def heading(text: object, caption: object = "", lead: object = "") -> Context:
    """The page's title."""
    return {"text": text, "caption": caption, "lead": lead}


@register.inclusion_tag("ui/parts/crumb.html")
def crumb(text: object, route: str, *args: object) -> Context:
    """An entry of the breadcrumb."""
    return {"text": text, "route": route, "args": args}


@register.inclusion_tag("ui/parts/table.html")
def table(shown: Table) -> Context:
    """A table with its links for sorting, pages and download."""
    return {"table": shown}


@register.inclusion_tag("ui/parts/pagination.html")
def pagination(page: RowsPage) -> Context:
    """Links to the other pages of a list."""
    return {"page": page}


@register.inclusion_tag("ui/parts/download.html")
def download(href: str, text: object = "", filename: str = "") -> Context:
    """A link to a file."""
    return {"href": href, "text": text, "filename": filename}


@register.inclusion_tag("ui/parts/summary_list.html")
def summary_list(facts: Iterable[Fact], title: object = "") -> Context:
    """Facts about one thing; with a title, as a card."""
    rows = list(facts)
    return {"facts": rows, "title": title, "acts": any(fact.action for fact in rows)}


@register.inclusion_tag("ui/parts/code_block.html")
def code_block(text: str, labelled_by: str) -> Context:
    """Text that a program reads, to the letter; `labelled_by` is the id of the heading that names it."""
    return {"text": text, "labelled_by": labelled_by}


@register.inclusion_tag("ui/parts/sections.html")
def sections(links: Iterable[Link], label: object) -> Context:
    """Navigation within a subject."""
    return {"links": links, "label": label}


@register.inclusion_tag("ui/parts/sections.html")
def tabs(shown: Tabs) -> Context:
    """Tabs of a page; what is under the open one is for the page to draw."""
    return {"links": shown.links, "label": shown.label}


@register.inclusion_tag("ui/parts/contents.html")
def contents(links: Iterable[Link], title: object = "") -> Context:
    """What is on a long page, as links to its headings."""
    return {"links": links, "title": title}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(happenings: Iterable[Happening], level: int = 3) -> Context:
    """What happened and what is to come, in the order given; `level` is that of the entries' headings."""
    return {"happenings": happenings, "level": level}


@register.inclusion_tag("ui/parts/proof.html")
def proof(href: str) -> Context:
    """The line beside an official act that leads to its receipt."""
    return {"href": href}


@register.simple_tag
def task_list(tasks: Iterable[Task], id: str = "task-list") -> SafeString:  # noqa: A002  # named as HTML names it
    """What to do, with how far it is; a second list on a page needs another `id`."""
    return markup.tasks(tasks, id)


@register.inclusion_tag("ui/parts/empty_state.html")
def empty_state(title: object, text: object, href: str = "", action: object = "") -> Context:
    """What will be here and how to start."""
    return {"title": title, "text": text, "href": href, "action": action}


@register.inclusion_tag("ui/parts/button.html")
def button(text: object, href: str = "", kind: str = "", name: str = "", value: str = "") -> Context:
    """A button that says the act, or a link that looks like one."""
    return {"text": text, "href": href, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("ui/parts/figure.html")
def figure(shown: Figure, level: int = 3) -> Context:
    """A number with its definition; `level` is that of its heading."""
    return {"figure": shown, "level": level}


@register.inclusion_tag("ui/parts/figures.html")
def figures(shown: Sequence[Figure], level: int = 3) -> Context:
    """Several numbers side by side."""
    return {"figures": shown, "level": level}


@register.inclusion_tag("ui/plots/plot.html")
def plot(shown: Plot, level: int = 3) -> Context:
    """A plot or map with its source, table and file."""
    return {"plot": shown, "level": level, "drawing": drawing_of(shown)}


def drawing_of(shown: Plot) -> Context:
    """Shapes of a plot.

    Raises:
        TypeError: there is no way to draw it.
    """
    match shown:
        case LinePlot():
            return series.lines(shown)
        case StackedPlot():
            return series.columns(shown)
        case BarPlot():
            return bars.bars(shown)
        case RangePlot():
            return ranges.ranges(shown)
        case RegionMap():
            return maps.region_map(shown)
    raise TypeError(f"no drawing for {type(shown).__name__}")


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """What the title of a page begins with when one of its forms comes back with errors; whoever listens hears it first.

    What is lazy in the context is left so: to ask it what it is would read the database, which may be away.
    """
    given = (one for layer in context.dicts for one in layer.values() if issubclass(type(one), BaseForm))
    prefix = _("Error:")
    return f"{prefix} " if any(form.is_bound and form.errors for form in given) else ""


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> Context:
    """What is wrong in a form, each thing once, with links to the fields; of two of one name to the first."""
    fields = [field_context(form[name]) for name in form.fields if form[name].errors]
    general = dict.fromkeys(str(error) for error in form.non_field_errors())
    told: dict[tuple[str, str], str] = {}
    for one in fields:
        for error in one["field"].errors:
            if str(error) not in general:
                told.setdefault((str(one["field"].label), str(error)), one["target"])
    lines = [(label, error, target) for (label, error), target in told.items()]
    return {"form": form, "general": general, "lines": lines}


@register.inclusion_tag("ui/fields/field.html")
def field(bound: BoundField, optional: bool = True) -> Context:  # noqa: FBT002  # tags take it by name
    """A form field with label, hint, error and control; `optional` says so where nothing need be given."""
    return field_context(bound, say_optional=optional)


@register.inclusion_tag("ui/fields/fields.html")
def fields(form: BaseForm, optional: bool = True) -> Context:  # noqa: FBT002  # the same
    """All fields of a form."""
    return {"form": form, "optional": optional}


@register.inclusion_tag("ui/parts/search_form.html")
def search_form(label: object, name: str = "q", value: str = "", hint: object = "", action: str = "") -> Context:
    """One box that searches."""
    return {"label": label, "name": name, "value": value, "hint": hint, "action": action}


@register.inclusion_tag("ui/parts/filter_form.html")
def filter_form(form: BaseForm, label: object) -> Context:
    """A form that narrows a list; open when it already does."""
    return {"form": form, "label": label, "active": any_set(form)}


def block(name: str, content: str, **context: object) -> str:
    """A component around content."""
    return render_to_string(f"ui/parts/{name}.html", {"content": content, **context})


@register.simple_block_tag
def notification(content: str, kind: str = "notice", title: object = "") -> str:
    """What has happened: `success`, `notice` or `problem`."""
    return block("notification", content, kind=kind, title=title)


@register.simple_block_tag
def inset(content: str) -> str:
    """Matter apart from the running text."""
    return block("inset", content)


@register.simple_block_tag
def warning(content: str) -> str:
    """A consequence that nobody may overlook."""
    return block("warning", content)


@register.simple_block_tag
def details(content: str, summary: object, open: bool = False) -> str:  # noqa: A002, FBT002  # named as HTML names it
    """What few need, behind a summary."""
    return block("details", content, summary=summary, open=open)


@register.simple_block_tag
def accordion(content: str) -> str:
    """Sections of which a reader opens what they need."""
    return block("accordion", content)


@register.simple_block_tag
def accordion_section(content: str, title: object, line: object = "", open: bool = False, level: int = 3) -> str:  # noqa: A002, FBT002  # named as HTML names it
    """A section of an accordion; `line` says in a few words what is in it."""
    return block("accordion_section", content, title=title, line=line, open=open, level=level)


@register.simple_block_tag
def about(content: str, title: object) -> str:
    """A block of the aside."""
    return block("about", content, title=title)


@register.simple_block_tag
def panel(content: str, title: object, level: int = 1) -> str:
    """An act is done; its title is the page's, unless `level` says otherwise."""
    return block("panel", content, title=title, tag=f"h{level}")
