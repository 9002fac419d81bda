"""The registrar's pages of people: the search, and a person with everything dated that the registry holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import FamilyTie, Person, PersonIdentifier, PersonName
from adaldyq.kernel.policies import may_write
from adaldyq.kernel.queries import history, lookup
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms import beginnings, ending, event_links
from adaldyq.portal.registers.forms import DayForm, Search
from adaldyq.portal.registers.views.former import former_table
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.tables import Column, Table

READ = "person"


@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    """The search of the register of people: nothing is listed until somebody is looked for."""
    form = Search(request.GET)
    asked = form.asked()
    found = lookup.people(asked)
    reads.note(request, READ, [(one.pk, one.pk) for one in found])
    names = naming.names_of([one.pk for one in found])
    columns = [
        Column("name", _("Full name"), value=lambda row: names.get(row.pk, row.pk), link=address),
        Column("birth_date", _("Day of birth"), kind="day"),
        Column("death_date", _("Day of death"), kind="day"),
        Column("source", _("Source"), value=lambda row: words.source(row.source)),
    ]
    empty = _("Nobody has this number, and nobody’s name is like this.")
    table = Table(_("People"), columns, found, hide_caption=True, empty=empty) if asked else None
    begins = beginnings(actor_of(request.user), "person", "body", "company", "land", "vehicle")
    context = {"form": form, "asked": asked, "table": table, "most": lookup.MOST_FOUND, "begins": begins}
    context["erases"] = may_write(actor_of(request.user), "kernel.erasure.propose")
    return render(request, "registers/people.html", context)


def address(person: Person) -> str:
    """The registrar's page of a person."""
    return reverse("registers-person", args=[person.pk])


@require_safe
def show_person(request: HttpRequest, person_id: str) -> HttpResponse:
    """A person as the registry has them on a day."""
    if (kept := history.resolve("person", person_id)) != person_id:
        reads.note(request, READ, [])
        return redirect("registers-person", kept, permanent=True)
    person = person_or_404(person_id)
    form, by = DayForm(request.GET, timezone.localdate()), actor_of(request.user)
    day = form.chosen()
    family = list(history.family_of(person.pk, day))
    alike = lookup.namesakes(person)
    others = [*(one.relative_id for one in family), *(one.pk for one in alike)]
    reads.note(request, READ, [(one, one) for one in (person.pk, *others)])
    context = {
        "person": person,
        "source": words.source(person.source),
        "name": naming.names_of([person.pk]).get(person.pk, person.pk),
        "day": day,
        "form": form,
        "facts": facts_of(person, day),
        "names": names_table(history.names_of(person.pk, day)),
        "identifiers": identifiers_table(history.identifiers_of(person.pk, day)),
        "family": family_table(family, by),
        "posts": posts_table(person.pk, by),
        "holdings": holdings_table(person.pk, day, by),
        "residences": residences_table(person.pk, by),
        "former": former_table("person", person.pk),
        "acts": acts(person, by),
        "alike": alike_table(person, alike),
        "erases": may_write(by, "kernel.erasure.propose"),
    }
    return render(request, "registers/person.html", context)


def alike_table(person: Person, alike: Sequence[Person]) -> Table | None:
    """People who may be the same person; none when nobody is."""
    names = naming.names_of([one.pk for one in alike])
    columns = [
        Column("name", _("Full name"), value=lambda row: names.get(row.pk, row.pk), link=address),
        Column("birth_date", _("Day of birth"), kind="day"),
        Column("source", _("Source"), value=lambda row: words.source(row.source)),
        Column("merge", _("Merge"), value=lambda _row: _("Propose the merge"), link=partial(proposal, person)),
    ]
    return Table(_("Perhaps the same person"), columns, alike, hide_caption=True) if alike else None


def proposal(kept: Person, merged: Person) -> str:
    """The form of a merge, filled in."""
    return f"{reverse('registers-merges')}?{urlencode({'register': 'person', 'kept': kept.pk, 'merged': merged.pk})}"


def person_or_404(person_id: str) -> Person:
    """The person with this id.

    Raises:
        Http404: there is none.
    """
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise Http404(person_id)
    return found


def facts_of(person: Person, day: date) -> Sequence[Fact]:
    """Undated facts as they were on a day, and where the person lived."""
    held = history.facts_on("person", person.pk, day)
    lived = history.residence_of(person.pk, day)
    return [
        Fact(_("Day of birth"), day_in(held["birth_date"]), kind="day"),
        Fact(_("Day of death"), day_in(held["death_date"]), kind="day"),
        Fact(_("Sex"), words.SEXES.get(str(held["sex"]))),
        Fact(_("Citizenship"), words.value("country", held["country"]) or None),
        Fact(_("Registered to live in"), naming.place_name(lived.territory_id) if lived else None),
    ]


def day_in(text: object) -> date | None:
    """A day written as ISO 8601."""
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def dated() -> list[Column]:
    """Columns that every dated row has."""
    return [
        Column("valid_from", _("Since"), kind="day"),
        Column("valid_to", _("Until"), kind="day"),
        Column("source", _("Source"), value=lambda row: words.source(row.source)),
    ]


def names_table(rows: Iterable[PersonName]) -> Table:
    """What a person is called."""
    columns = [
        Column("text", _("Full name")),
        Column("language", _("Language"), value=lambda row: words.language(row.language)),
        Column("script", _("Script"), value=lambda row: words.SCRIPTS.get(row.script, row.script)),
        *dated(),
    ]
    return Table(_("Names"), columns, list(rows), hide_caption=True, empty=_("The register has no name of this day."))


def identifiers_table(rows: Iterable[PersonIdentifier]) -> Table:
    """Numbers of a person."""
    columns = [
        Column("scheme", _("Kind of number"), value=lambda row: words.scheme(row.scheme)),
        Column("country", _("Country"), value=lambda row: words.value("country", row.country)),
        Column("value", _("Number")),
        *dated(),
    ]
    return Table(_("Numbers"), columns, list(rows), hide_caption=True, empty=_("The register has no number."))


def family_table(rows: Sequence[FamilyTie], by: Actor) -> Table:
    """The family, with links that end a tie."""
    names = naming.names_of([one.relative_id for one in rows])
    columns = [
        Column("kind", _("Who"), value=lambda row: words.TIES.get(row.kind, row.kind)),
        Column(
            "relative",
            _("Full name"),
            value=lambda row: names.get(row.relative_id, row.relative_id),
            link=lambda row: reverse("registers-person", args=[row.relative_id]),
        ),
        *dated(),
        ending("end-tie", _("End the tie"), by),
    ]
    return Table(_("Family"), columns, rows, hide_caption=True, empty=_("The register has no relative of this day."))


def residences_table(person_id: str, by: Actor) -> Table:
    """Where a person has been registered to live."""
    columns = [
        Column("territory", _("Territory"), value=lambda row: naming.place_name(row.territory_id)),
        Column("dwelling", _("Code of the dwelling")),
        *dated(),
        ending("end-residence", _("End the residence"), by),
    ]
    rows = list(history.residences_of(person_id))
    empty = _("The register has no residence of this person.")
    return Table(_("Residences"), columns, rows, hide_caption=True, empty=empty)


def posts_table(person_id: str, by: Actor) -> Table:
    """Posts that a person has held."""
    columns = [
        Column("post", _("Post"), value=lambda row: words.post_title(row.post)),
        Column(
            "body",
            _("Body"),
            value=lambda row: words.body_name(row.post.body),
            link=lambda row: reverse("registers-body", args=[row.post.body_id]),
        ),
        *dated()[:2],
        Column("act_number", _("Number of the act")),
        ending("dismiss", _("Dismiss"), by),
    ]
    rows = list(history.career_of(person_id))
    return Table(_("Posts held"), columns, rows, hide_caption=True, empty=_("The register has no post of this person."))


def holdings_table(person_id: str, day: date, by: Actor) -> Table:
    """Shares that a person owned on a day."""
    columns = [
        Column(
            "company",
            _("Company"),
            value=lambda row: row.company.name,
            link=lambda row: reverse("registers-company", args=[row.company_id]),
        ),
        Column("kind", _("As"), value=lambda row: words.OWNERSHIPS.get(row.kind, row.kind)),
        Column("share", _("Share"), kind="percent"),
        *dated(),
        ending("end-owner", _("End the share"), by),
    ]
    rows = list(history.holdings_of(person_id, day))
    empty = _("The register has no share of this person on this day.")
    return Table(_("Shares in companies"), columns, rows, hide_caption=True, empty=empty)


def acts(person: Person, by: Actor) -> list[Link]:
    """What a registrar may record about a person; the end of a residence is offered beside it."""
    kinds = (
        ("name", _("Record a name")),
        ("identifier", _("Record a number")),
        ("tie", _("Record a family tie")),
        ("residence", _("Record a residence")),
        ("appoint", _("Appoint to a post")),
        ("person-facts", _("Change facts")),
    )
    return event_links(kinds, person, by)
