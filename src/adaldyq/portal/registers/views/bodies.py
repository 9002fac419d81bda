"""Public pages of state bodies: the list, and one with its posts and who held them on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Body
from adaldyq.kernel.queries import history, lookup
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms import event_links
from adaldyq.portal.registers.forms import BodySearch, DayForm
from adaldyq.portal.registers.views.former import former_table
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.tables import Column, Table, sorted_page


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as a page or file shows it; `person_id` and `name` only where the law opens the holder."""

    post_id: str
    title: str
    category: str
    powers: str
    holder: str
    person_id: str
    since: date | None
    act_number: str


@require_safe
def list_bodies(request: HttpRequest) -> HttpResponse:
    """The register of state bodies."""
    form = BodySearch(request.GET)
    columns = list_columns()
    asked = form.asked()
    page = sorted_page(request, lookup.bodies(asked["q"], asked["level"]), columns, default="name")
    table = Table(
        _("State bodies"),
        columns,
        page.rows,
        page=page,
        download=f"{reverse('registers-bodies-csv')}?{request.GET.urlencode()}",
        hide_caption=True,
        empty=_("No body has this name or number."),
    )
    return render(request, "registers/bodies.html", {"form": form, "table": table, "total": page.total})


@require_safe
def bodies_csv(request: HttpRequest) -> HttpResponseBase:
    """The same part of the register as a file."""
    asked = BodySearch(request.GET).asked()
    names = ("id", "identifier", "name", "level", "kind", "territory_id", "parent_id", "opened_date", "closed_date")
    rows = lookup.bodies(asked["q"], asked["level"]).order_by("name", "id").iterator()
    return csv_response("bodies.csv", [Column(name, name) for name in (*names, "source", "as_of")], rows)


def list_columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("name", _("Name"), value=words.body_name, sort="name", link=address),
        Column("kind", _("Kind"), value=lambda row: words.code("body_kind", row.kind), sort="kind"),
        Column("level", _("Level"), value=lambda row: words.code("body_level", row.level), sort="level"),
        Column("territory", _("Territory"), value=lambda row: naming.place_name(row.territory_id)),
        Column("closed_date", _("Closed"), kind="day"),
    ]


def address(body: Body) -> str:
    """The page of a body."""
    return reverse("registers-body", args=[body.pk])


@require_safe
def show_body(request: HttpRequest, body_id: str) -> HttpResponse:
    """A body: what it is, its posts, and who held them on a day where that is public."""
    if (kept := history.resolve("body", body_id)) != body_id:
        return redirect("registers-body", kept, permanent=True)
    body = body_or_404(body_id)
    form = DayForm(request.GET, timezone.localdate())
    day = form.chosen()
    rows = post_rows(body, day)
    head = next((row for row in rows if row.is_head), None)
    columns = post_columns()
    context = {
        "body": body,
        "source": words.source(body.source),
        "name": words.body_name(body),
        "day": day,
        "form": form,
        "facts": facts_of(body, head),
        "headless": head is None,
        "posts": Table(
            _("Posts and who held them"),
            columns,
            [row.row for row in rows],
            download=f"{reverse('registers-body-csv', args=[body.pk])}?{request.GET.urlencode()}",
            hide_caption=True,
            empty=_("The register has no post in this body."),
        ),
        "below": below(body),
        "former": former_table("body", body.pk),
        "acts": acts(body, actor_of(request.user)),
    }
    return render(request, "registers/body.html", context)


@require_safe
def body_csv(request: HttpRequest, body_id: str) -> HttpResponseBase:
    """The posts of a body and who held them on a day as a file."""
    body = body_or_404(body_id)
    day = DayForm(request.GET, timezone.localdate()).chosen()
    names = ("post_id", "title", "category", "powers", "person_id", "holder", "since", "act_number")
    rows = [row.row for row in post_rows(body, day)]
    return csv_response(f"body-{body.pk}-{day}.csv", [Column(name, name) for name in names], rows)


def body_or_404(body_id: str) -> Body:
    """The body with this id.

    Raises:
        Http404: there is none.
    """
    found = Body.objects.filter(pk=body_id).select_related("parent").first()
    if found is None:
        raise Http404(body_id)
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the posts with whether it is the head's and held."""

    row: PostRow
    is_head: bool


def post_rows(body: Body, day: date) -> list[Place]:
    """Posts of a body on a day; a holder is named where the law opens their declaration, and the head always."""
    holdings = history.posts_of(body.pk, day)
    named = {
        one.appointment.person_id for one in holdings if one.appointment and (one.post.declares or one.post.heads_body)
    }
    names = naming.names_of(named)
    rows = []
    for one in holdings:
        held = one.appointment
        is_open = held is not None and held.person_id in named and (one.post.declares or one.post.heads_body)
        row = PostRow(
            post_id=one.post.pk,
            title=words.post_title(one.post),
            category=words.code("post_category", one.post.category),
            powers=words.powers(one.post),
            holder=names.get(held.person_id, "") if held and is_open else holder_word(held is not None),
            person_id=held.person_id if held and is_open else "",
            since=held.valid_from if held else None,
            act_number=held.act_number if held else "",
        )
        rows.append(Place(row, is_head=one.post.heads_body and held is not None))
    return rows


def holder_word(is_held: bool) -> str:
    """What stands for a holder who is not named."""
    return _("held; the law does not open the name") if is_held else _("vacant")


def post_columns() -> list[Column]:
    """Columns of the posts."""
    return [
        Column("title", _("Post")),
        Column("category", _("Category")),
        Column("powers", _("Powers")),
        Column("holder", _("Who held it")),
        Column("since", _("Since"), kind="day"),
        Column("act_number", _("Act")),
    ]


def facts_of(body: Body, head: Place | None) -> Sequence[Fact]:
    """What a body is."""
    above = body.parent
    return [
        Fact(_("Headed by"), head.row.holder if head else _("nobody: the post of the head is vacant")),
        Fact(_("Kind"), words.code("body_kind", body.kind)),
        Fact(_("Level"), words.code("body_level", body.level)),
        Fact(_("Territory"), naming.place_name(body.territory_id)),
        Fact(_("Registration number"), body.identifier or None),
        *([Fact(_("Belongs to"), Link(words.body_name(above), address(above)))] if above else []),
        Fact(_("Opened"), body.opened_date, kind="day"),
        *([Fact(_("Closed"), body.closed_date, kind="day")] if body.closed_date else []),
    ]


def below(body: Body) -> list[Link]:
    """Bodies that belong to a body."""
    return [Link(words.body_name(one), address(one)) for one in Body.objects.filter(parent=body).order_by("name", "id")]


def acts(body: Body, by: Actor) -> list[Link]:
    """What the viewer may record about a body."""
    kinds = (("post", _("Create a post")), ("body-facts", _("Change facts")), ("close-body", _("Close the body")))
    return event_links(kinds, body, by)
