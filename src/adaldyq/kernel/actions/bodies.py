"""Acts on the registers of state bodies, posts and appointments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.kernel import findable, naming
from adaldyq.kernel.actions.periods import Provenance, check_free, check_period, end, hold, recorded
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Appointment, Body, Person, Post, Territory
from adaldyq.kernel.policies import require_registrar

POWERS = ("declares", "heads_body", "licences", "inspects", "procures")


def body_line(body: Body) -> Recorded:
    """The ledger line of a body."""
    return recorded("body", body, name=body.name, begins=body.opened_date, ends=body.closed_date)


def post_line(post: Post) -> Recorded:
    """The ledger line of a post."""
    return recorded("post", post, body=post.body_id, title=post.title)


def appointment_line(one: Appointment) -> Recorded:
    """The ledger line of an appointment or a dismissal."""
    facts = {"post": one.post_id, "begins": one.valid_from, "ends": one.valid_to, "number": one.act_number}
    return recorded("appointment", one, one.person_id, holder=one.person_id, **facts)


@act("kernel.body.open", records=body_line)
def open_body(
    *,
    name: str,
    names: Mapping[str, str],
    territory: Territory,
    facts: Mapping[str, Any],
    opened: date,
    origin: Provenance,
    by: Actor,
    at: datetime,
) -> Body:
    """Open a state body.

    Args:
        facts: `level` and `kind` from the pack's lists; `identifier` and `parent` where there are such.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `value-missing`, `unknown-code`.
    """
    require_registrar(by, "kernel.body.open", body=facts.get("parent"), territory=territory)
    if not name.strip():
        raise DomainError("value-missing", field="name")
    for field in ("level", "kind"):
        check_code(f"body_{field}", str(facts.get(field, "")), field)
    body = Body.objects.create(
        name=name.strip(), names=dict(names), territory=territory, opened_date=opened, **facts, **origin.columns
    )
    findable.refresh([body])
    return body


@act("kernel.body.close", records=body_line)
def close_body(*, body: Body, until: date, origin: Provenance, by: Actor, at: datetime) -> Body:
    """Close a body, and with it every appointment to a post in it.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `closed-already`, `ends-before-it-begins`, or `still-has-bodies` below it.
    """
    require_registrar(by, "kernel.body.close", body=body)
    held = hold(body)
    if held.closed_date is not None:
        raise DomainError("closed-already", field="until", day=held.closed_date)
    check_period(held.opened_date, until)
    if Body.objects.filter(parent=held, closed_date__isnull=True).exists():
        raise DomainError("still-has-bodies", field="until")
    for one in Appointment.objects.filter(post__body=held, valid_to__isnull=True):
        end(one, max(until, one.valid_from), **origin.columns)
    held.closed_date, held.source, held.as_of = until, origin.source, origin.as_of
    held.save(update_fields=["closed_date", "source", "as_of"])
    return held


@act("kernel.post.create", records=post_line)
def create_post(
    *,
    body: Body,
    category: str,
    title: str,
    titles: Mapping[str, str],
    powers: frozenset[str],
    origin: Provenance,
    by: Actor,
    at: datetime,
) -> Post:
    """Create a post in a body.

    Args:
        powers: of `declares`, `heads_body`, `licences`, `inspects`, `procures`, those that its holder has.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `value-missing`, `unknown-code`, `closed-already` when the body is closed.
    """
    require_registrar(by, "kernel.post.create", body=body)
    check_code("post_category", category, "category")
    if not title.strip():
        raise DomainError("value-missing", field="title")
    held = hold(body)
    if held.closed_date is not None:
        raise DomainError("closed-already", field="body", day=held.closed_date)
    flags = {name: name in powers for name in POWERS}
    return Post.objects.create(
        body=held, category=category, title=title.strip(), titles=dict(titles), **flags, **origin.columns
    )


@act("kernel.post.appoint", records=appointment_line)
def appoint(
    *, person: Person, post: Post, since: date, act_number: str, origin: Provenance, by: Actor, at: datetime
) -> Appointment:
    """Appoint a person to a vacant post.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `period-overlaps` when somebody holds it, `closed-already` when the body is closed by then,
            `not-among-the-living`.
    """
    require_registrar(by, "kernel.post.appoint", body=post.body)
    held = hold(post)
    check_holder(person, held, since)
    check_free(Appointment.objects.filter(post=held), since, None)
    return Appointment.objects.create(
        person=person, post=held, valid_from=since, act_number=act_number.strip(), **origin.columns
    )


def check_holder(person: Person, post: Post, since: date) -> None:
    """Refuse a person or a body that is no more.

    Raises:
        DomainError: `closed-already` or `not-among-the-living`.
    """
    closed = post.body.closed_date
    if closed is not None and closed < since:
        raise DomainError("closed-already", field="post", day=closed)
    if person.death_date is not None and person.death_date < since:
        raise DomainError("not-among-the-living", field="person", day=person.death_date)


@act("kernel.post.dismiss", records=appointment_line)
def dismiss(
    *, appointment: Appointment, until: date, act_number: str, origin: Provenance, by: Actor, at: datetime
) -> Appointment:
    """End an appointment: `until` is the last day in the post.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `ended-already`, `ends-before-it-begins`.
    """
    require_registrar(by, "kernel.post.dismiss", body=appointment.post.body)
    number = {"act_number": act_number.strip()} if act_number.strip() and not appointment.act_number else {}
    return end(appointment, until, **origin.columns, **number)


def check_code(code_list: str, value: str, field: str) -> None:
    """Refuse a code that the country pack's list does not have.

    Raises:
        DomainError: `unknown-code`.
    """
    known = naming.pack().codes.get(code_list, {})
    if value not in known:
        raise DomainError("unknown-code", field=field, value=value, known=", ".join(known))
