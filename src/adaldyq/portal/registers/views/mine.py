"""What a person sees of their own: all that is held on them, and who read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.acting import PERSON
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, InstitutionToken, Person, Read
from adaldyq.kernel.queries import corrections
from adaldyq.kernel.queries.held import held_on
from adaldyq.kernel.registry import REGISTERS, Register
from adaldyq.kernel.roles import Role
from adaldyq.kernel.titles import ROLE_TITLES
from adaldyq.portal.registers import words
from adaldyq.portal.registers.record_kinds import kind_title
from adaldyq.portal.registers.views.corrections import list_table
from adaldyq.ui.facts import Link
from adaldyq.ui.formats.values import money
from adaldyq.ui.tables import Column, Table, sorted_page


def own_person(request: HttpRequest) -> Person | None:
    """The person behind the account of a request, or for whom it acts."""
    by = actor_of(request.user)
    return Person.objects.filter(pk=by.stands_for).first() if by.stands_for else None


@require_safe
def show_mine(request: HttpRequest) -> HttpResponse:
    """All that the registries hold on the person who is signed in."""
    person = own_person(request)
    if person is None:
        return render(request, "registers/nobody.html")
    shown = [table for one in REGISTERS.values() if one.person and (table := own_table(one, person))]
    others = [
        {"kind": held.kind, "count": len(held.rows)}
        for held in held_on(person)
        if held.kind not in {one.model for one in REGISTERS.values()}
    ]
    columns = [
        Column("kind", _("Kind of record"), value=lambda row: kind_title(row["kind"])),
        Column("count", _("Records"), kind="number"),
    ]
    context = {
        "name": naming.names_of([person.pk]).get(person.pk, person.pk),
        "tables": shown,
        "others": Table(_("Other records"), columns, others, hide_caption=True, empty=_("There are no others.")),
        "requests": list_table(corrections.of_person(person.pk)),
    }
    return render(request, "registers/mine.html", context)


def own_table(register: Register, person: Person) -> Table | None:
    """The rows of a register about a person, each with a link by which to say that it is wrong; none without rows."""
    rows = list(register.records._default_manager.filter(**{register.person: person.pk}).order_by("pk"))
    if not rows:
        return None

    def wrong(row: Any) -> Link:
        return Link(_("This is wrong"), reverse("registers-claim", args=[register.name, row.pk]))

    fields = [
        *register.tells,
        *register.correctable,
        *(one for one in ("valid_from", "valid_to") if hasattr(rows[0], one)),
    ]
    columns = [
        *(field_column(field, register) for field in dict.fromkeys(fields)),
        Column("source", _("Source"), value=lambda row: words.source(row.source)),
        Column("act", _("Act"), value=wrong),
    ]
    return Table(register.title, columns, rows, hide_caption=True)


def field_column(field: str, register: Register) -> Column:
    """The column of a field."""
    title = {"valid_from": _("Since"), "valid_to": _("Until")}.get(field) or {**register.tells, **register.correctable}[
        field
    ]
    is_day = field.endswith("_date") or field.startswith("valid_")
    if is_day:
        return Column(field, title, kind="day")
    return Column(field, title, value=lambda row: told(row, field, register))


def told(row: Any, field: str, register: Register) -> object:
    """A value of an own record, as a person reads it."""
    if field in words.MONEY:
        return money(getattr(row, field), row.currency)
    named = NAMED.get(field)
    return named(row) if named else words.value(field, getattr(row, field), register.name)


def payer_of(row: Any) -> str:
    """Who paid an income."""
    return words.body_name(row.payer_body) if row.payer_body else str(row.payer_company or "")


NAMED: Mapping[str, Callable[[Any], object]] = {
    "post_id": lambda row: f"{words.post_title(row.post)}, {words.body_name(row.post.body)}",
    "company_id": lambda row: row.company.name,
    "payer_company_id": payer_of,
    "scheme": lambda row: words.scheme(row.scheme),
    "head_id": lambda row: naming.names_of([row.head_id]).get(row.head_id),
}
"""Fields that lead to another record, with what that is called."""


@require_safe
def mine_json(request: HttpRequest) -> HttpResponse:
    """Every record that is held on the person who is signed in, as a file.

    Raises:
        Http404: no person stands behind the account.
    """
    person = own_person(request)
    if person is None:
        raise Http404
    held = [{"kind": one.kind, "by": one.relation, "records": one.rows} for one in held_on(person)]
    answer = JsonResponse(
        {"person": person.pk, "made_at": timezone.now().isoformat(), "held": held},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@require_safe
def show_reads(request: HttpRequest) -> HttpResponse:
    """Who read records about the person who is signed in, as far as the law lets them know."""
    person = own_person(request)
    if person is None:
        return render(request, "registers/nobody.html")
    columns = [
        Column("at", _("When"), kind="moment"),
        Column("reader", _("Who"), value=lambda row: reader_in_words(row, person)),
        Column("kind", _("What was read"), value=lambda row: words.READ_KINDS.get(row.kind, row.kind)),
        Column("purpose", _("For what"), value=lambda row: words.READ_PURPOSES.get(row.purpose, row.purpose)),
    ]
    page = sorted_page(request, reads.about(person.pk, at=timezone.now()), columns)
    empty = _("Nobody has read a restricted record about you.")
    table = Table(_("Who read my data"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "registers/reads.html", {"table": table})


def reader_in_words(row: Read, person: Person) -> str:
    """Who read: the roles of the account, the institution of a token, or the process of the system.

    The person behind a role stays unnamed; a representative, whom the person chose, is named.
    """
    if row.reader:
        return _("the system: %(process)s") % {"process": row.reader}
    token = InstitutionToken.objects.filter(pk=row.reader_id).select_related("body").first()
    if token is not None:
        return _("a program of: %(institution)s") % {"institution": words.body_name(token.body)}
    known = {role.value for role in Role}
    roles = ", ".join(str(ROLE_TITLES[Role(one)]) for one in row.roles.split() if one in known)
    reader = Account.objects.filter(pk=row.reader_id).first()
    if reader and reader.person_id == person.pk:
        return _("you yourself")
    if reader and row.acting_for == f"{PERSON}:{person.pk}":
        name = naming.names_of([reader.person_id or ""]).get(reader.person_id or "", reader.name)
        return _("%(name)s, acting for you") % {"name": name}
    return roles or _("an account")
