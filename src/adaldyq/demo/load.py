"""Loads the sample country into the database, through the same acts as everybody else.

A load that was killed is taken up where it stopped: every batch is one transaction, and a batch whose first
record is there is not loaded again. What country is being loaded stands in `demo/plan.json` of the data
folder; its truth lies beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import models
from django.utils import translation

from adaldyq.base.errors import DomainError
from adaldyq.base.garbage import settled
from adaldyq.base.locks import held_alone
from adaldyq.demo.duties import law_of
from adaldyq.demo.filing_story import leave_to_file
from adaldyq.demo.lists import POSTS
from adaldyq.demo.nation import in_json
from adaldyq.demo.paper_story import bring_papers
from adaldyq.demo.past_reports import bring_reports
from adaldyq.demo.payment_story import pay_fees
from adaldyq.demo.permit_story import OFFICERS_SINCE, body_of_officer, open_catalogue
from adaldyq.demo.registry_story import sample_citizen, tell_story
from adaldyq.demo.report_story import office_of, publish_key
from adaldyq.demo.sign_ins import KEEPERS_OF_DECLARATIONS, LATER, PASSWORD, SIGN_INS, SignIn
from adaldyq.demo.street_story import tell_some
from adaldyq.demo.street_story import truth as street_truth
from adaldyq.demo.world import Country, Part
from adaldyq.demo.year_story import let_the_year_pass
from adaldyq.kernel import naming
from adaldyq.kernel.actions.accounts import grant_role, mark_as_sample, open_account
from adaldyq.kernel.actions.registers import load_register
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account, Appointment, Body, Company, FamilyTie, Ownership, Person
from adaldyq.kernel.naming import names_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.actions.distributions import count_distributions
from adaldyq.measures.declarations.actions.obligations import state_obligations
from adaldyq.verification.contracts import published

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and out of how much."""

FOLDER, PLAN, TRUTH, LOCK = "demo", "plan.json", "truth.parquet", "load.lock"
DECLARATIONS_TOGETHER = 2500
PAPER_OF_100, BULK_OF_100 = 12, 20
BY = system("demo")
AS_JSON = {"names", "titles"}
SECTION, SET_BY_ACTS = "declared_", "filed_date"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which country is in the database."""

    seed: int
    people: int


def is_loaded() -> bool:
    """Whether the sample country is in the database, whole."""
    return Account.objects.filter(username=SIGN_INS[-1].username).exists()


def later_sign_ins() -> list[str]:
    """Who signs in once the stories have begun: whoever is asked about a declaration, whoever was fined for none."""
    there = set(Account.objects.filter(username__in=LATER, is_sample=True).values_list("username", flat=True))
    return [one for one in LATER if one in there]


def sample(seed: int, people: int) -> Country:
    """The sample country that this installation can hold; nothing is made of it yet.

    Raises:
        DomainError: `sample-of-another-country` when the installation's is not the sample's, or `too-many-people`.
    """
    country = Country(seed, people)
    if country.nation.pack.code != naming.pack().code:
        raise DomainError("sample-of-another-country", value=country.nation.pack.code, country=naming.pack().code)
    return country


def load_country(*, seed: int, people: int, folder: Path, at: datetime, progress: Progress) -> None:
    """Make the sample country and load it; what an earlier, interrupted load left is completed.

    Args:
        seed: of the country.
        people: how many live in it.
        folder: the data folder; plan and truth go to `demo` in it.
        at: instant of the acts.
        progress: told `people` done and in all.

    Raises:
        DomainError: what `sample` says, `load-under-way`, `registers-not-empty` when other records are there, or
            `another-sample-country` when one of another seed or size was begun.
    """
    country = sample(seed, people)
    place = folder / FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with held_alone(place / LOCK, "load-under-way"), settled():  # it makes records by the hundred thousand
        load_parts(country, place, at, progress)


def load_parts(country: Country, place: Path, at: datetime, progress: Progress) -> None:
    """Load what of the country is not there yet, its sign-ins last."""
    seed, people = country.seed, country.people
    check_plan(place, Plan(seed, people))
    if is_loaded():
        open_accounts(at)
        bring_reports(seed, people, at)
        tell_some(seed, people, at)
        open_catalogue(at)
        pay_fees(at)
        return
    truths, done = [], 0
    progress("people", 0, people)
    for part in country.parts():
        load_part(part, at, partial(tell, progress, done, people))
        truths.append(part.truth)
        done += part.people
    count_distributions(by=BY, at=at)
    truths.append(street_truth(people, naming.pack().day_of(at)))
    write_truth(place / TRUTH, pa.concat_tables(truths))
    open_accounts(at)
    bring_reports(seed, people, at)
    tell_some(seed, people, at)
    open_catalogue(at)
    pay_fees(at)


def tell(progress: Progress, before: int, people: int, now: int) -> None:
    """Tell how many people are done, with those of the parts before."""
    progress("people", before + now, people)


def check_plan(place: Path, plan: Plan) -> None:
    """Write down which country is being loaded, or find that it is the one that was begun.

    Raises:
        DomainError: `registers-not-empty` or `another-sample-country`.
    """
    file = place / PLAN
    filled = Person.objects.exists()
    if not filled:
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(plan)) + "\n", encoding="ascii")
        draft.replace(file)
        return
    try:
        noted = Plan(**json.loads(file.read_text(encoding="ascii")))
    except (FileNotFoundError, ValueError, TypeError):
        raise DomainError("registers-not-empty") from None
    if noted != plan:
        raise DomainError("another-sample-country", seed=noted.seed, people=noted.people)


def write_truth(file: Path, truth: pa.Table) -> None:
    """Write the truth whole, or not at all."""
    draft = file.with_suffix(".draft")
    pq.write_table(truth, draft, compression="zstd")
    draft.replace(file)


def load_part(part: Part, at: datetime, told: Callable[[int], None]) -> None:
    """Load one part of the country: registers first, then obligations, then declarations with their rows.

    Args:
        part: of the country.
        at: instant of the acts.
        told: how many of the part's people are done, by the share of its rows.
    """
    total = sum(table.num_rows for table in part.tables.values())
    loaded = 0
    for name, table in part.tables.items():
        if name == "declaration" or name.startswith(SECTION):
            continue
        if not begun(model_of(name), table):
            load_table(name, table, at)
        loaded += table.num_rows
        told(part.people * loaded // total)
    if declarations := part.tables.get("declaration"):
        for start in range(0, declarations.num_rows, DECLARATIONS_TOGETHER):
            some = declarations.slice(start, DECLARATIONS_TOGETHER)
            file_some(some, part.tables, at)
            told(part.people * (loaded + (total - loaded) * (start + some.num_rows) // declarations.num_rows) // total)


def load_table(name: str, table: pa.Table, at: datetime) -> None:
    """Load one register, or state the obligations."""
    if name == "obligation":
        stated: Sequence[Any] = records(model_of(name), table.drop_columns([SET_BY_ACTS]))
        for one in stated:
            vars(one).update(law_of(one.reason, one.year))
        state_obligations(obligations=stated, by=BY, at=at)
    else:
        load_register(register=name, rows=records(model_of(name), table), by=BY, at=at)


def file_some(some: pa.Table, tables: Mapping[str, pa.Table], at: datetime) -> None:
    """File a batch of declarations with their rows; first versions come before those that amend them."""
    if begun(model_of("declaration"), some):
        return
    filed: Sequence[Any] = records(model_of("declaration"), with_titles(some))
    say_ways(filed)
    wanted = some.column("id")
    rows = {
        name.removeprefix(SECTION): records(model_of(name), rows_of(table, wanted))
        for name, table in tables.items()
        if name.startswith(SECTION)
    }
    file_declarations(batch=FiledBatch(filed, rows), by=BY, at=at)


def say_ways(filed: Sequence[Any]) -> None:
    """Let some have come on paper, before its last day, some in a file of an accountant, and the others online.

    The id decides, so that the same country has the same ways; it is as even as any chance.
    """
    for one in filed:
        lot = crc32(one.pk.encode()) % 100
        last = naming.pack().filing_days["paper"].of(one.year)
        on_paper = lot < PAPER_OF_100 and one.filed_date is not None and one.filed_date <= last
        one.way = "paper" if on_paper else "bulk" if lot >= 100 - BULK_OF_100 else "electronic"


def rows_of(section: pa.Table, declarations: pa.ChunkedArray[Any]) -> pa.Table:
    """The rows of a section that stand in some declarations."""
    return section.filter(pc.is_in(section.column("declaration_id"), value_set=declarations.combine_chunks()))


def with_titles(declarations: pa.Table) -> pa.Table:
    """Declarations with the titles of the post in all languages."""
    kinds: list[Any] = declarations["kind_of_post"].to_pylist()
    titles = [in_json(POSTS[kind].title) if kind >= 0 else "{}" for kind in kinds]
    return declarations.drop_columns(["kind_of_post"]).append_column("post_titles", pa.array(titles))


def model_of(table: str) -> type[models.Model]:
    """The model behind a published table."""
    model = published()[table].model
    if model is None:
        raise TypeError(f"{table} is kept by no model")
    return model


def begun(model: type[models.Model], table: pa.Table) -> bool:
    """Whether a batch is there already, or empty: batches are whole or not there at all."""
    if table.num_rows == 0:
        return True
    key = table.column(model._meta.pk.attname)[0].as_py()
    return model._default_manager.filter(pk=key).exists()


def records(model: type[models.Model], table: pa.Table) -> list[models.Model]:
    """Unsaved records from the rows of a table."""
    given = set(table.column_names)
    values = [
        cells(field, table) if field.attname in given else default(field, table.num_rows)
        for field in model._meta.concrete_fields
    ]
    return [model(*row) for row in zip(*values, strict=True)]


def cells(field: models.Field[Any, Any], table: pa.Table) -> Sequence[object]:
    """Values of a column in the types of its field."""
    listed: list[Any] = table.column(field.attname).to_pylist()
    if isinstance(field, models.JSONField):
        return [json.loads(value) for value in listed]
    if isinstance(field, models.CharField | models.TextField) and not field.null:
        return ["" if value is None else value for value in listed]
    return listed


def default(field: models.Field[Any, Any], count: int) -> Iterator[object]:
    """What a field holds when the country says nothing of it."""
    return (field.get_default() for _ in range(count))


def open_accounts(at: datetime) -> None:
    """Open the accounts of the sample country; the official is one whose declaration is public.

    The integrity officer is one of the official's body.
    """
    there = set(Account.objects.values_list("username", flat=True))
    for former in Account.objects.filter(username__in=there & {one.username for one in SIGN_INS}, is_sample=False):
        mark_as_sample(account=former, by=BY, at=at)
    hashed = make_password(PASSWORD)  # the same for all: a password hash is slow on purpose
    official: Any = model_of("declaration")
    newest = official.objects.filter(is_public=True, is_current=True).order_by("-year", "id").first()
    for one in SIGN_INS:
        if one.username in there:
            continue
        person = person_behind(one, newest.person if newest else None)
        name = own_name(person) if person else one.name or one.username
        account = open_account(username=one.username, name=name, by=BY, at=at, person=person, password_hash=hashed)
        body = newest.body if newest and one.role is Role.INTEGRITY_OFFICER else None
        unit = office_of(one.username, at)
        licenses = one.role is Role.LICENSING_OFFICER
        body = unit.body if unit else body_of_officer(one.username) if licenses else body
        since = at - OFFICERS_SINCE if licenses else at
        grant_role(account=account, role=one.role, registry=one.registry, body=body, by=BY, at=since)
        mark_as_sample(account=account, by=BY, at=at)
        if unit:
            publish_key(account, unit, at)
        if one.role is Role.CITIZEN:
            tell_story(account, Account.objects.get(username="registrar"), at)
            let_the_year_pass(account, at)
            leave_to_file(account, at)
            bring_papers([Account.objects.get(username=name) for name in KEEPERS_OF_DECLARATIONS], at)
        if one.role is Role.OFFICIAL and newest:
            let_the_year_pass(account, at)
            leave_to_file(account, at, newest.body)


def own_name(person: Person) -> str:
    """What a person is called in the country's own language, whatever the shell's is."""
    with translation.override(settings.LANGUAGE_CODE):
        return names_of([person.pk])[person.pk]


def person_behind(one: SignIn, official: Person | None) -> Person | None:
    """Who stands behind an account of the sample country; officers of permits and cashiers are people of the register too."""
    if one.role is Role.OFFICIAL:
        return official
    if one.role in {Role.LICENSING_OFFICER, Role.CASHIER}:
        return servant(body_of_officer(one.username) if one.role is Role.LICENSING_OFFICER else None, official)
    return sample_citizen(official) if one.role is Role.CITIZEN else None


def servant(body: Body | None, not_this: Person | None) -> Person | None:
    """Somebody who serves in a body, else in any, has no account yet, and is no owner or head of a company or close to one.

    So nobody who applies in the sample country is passed over for a conflict.
    """
    held = Appointment.objects.filter(valid_to=None, person__death_date=None).exclude(person=not_this)
    held = held.exclude(person__in=Account.objects.exclude(person=None).values("person"))
    heads = Person.objects.filter(pk__in=Company.objects.exclude(head=None).values("head"))
    owners = Person.objects.filter(pk__in=Ownership.objects.exclude(owner_person=None).values("owner_person"))
    for gains in (heads, owners):
        held = held.exclude(person__in=gains)
        held = held.exclude(person__in=FamilyTie.objects.filter(relative__in=gains).values("person"))
    held = held.select_related("person").order_by("-person")
    found = held.filter(post__body=body).first() or held.first()
    return found.person if found else None
