"""`adaldyq demo`: the sample country."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.demo import load
from adaldyq.demo.parquet import TRUTH, write_country
from adaldyq.demo.score import Found, RuleScore, read_truth
from adaldyq.demo.score import score as rate
from adaldyq.demo.world import MOST_PEOPLE, Country
from adaldyq.kernel.sample import code_now
from adaldyq.project.cli import certifying, verifying
from adaldyq.project.cli.migrating import prepare_database
from adaldyq.project.cli.output import called, console, number, progress, show_table
from adaldyq.project.doctor.outcomes import in_production
from adaldyq.verification.actions.runs import DONE
from adaldyq.verification.models import COUNTRY, Finding, Run
from adaldyq.verification.runs import look_at

PEOPLE, SEED = 20_000, 1


@click.group(
    invoke_without_command=True,
    help=_(
        "Make the sample country: invented people, bodies, companies and several years of declarations, with schemes "
        "planted in them whose truth is known.\n\n"
        "Without --parquet it is loaded into the database, which must be empty of other records; a load that was "
        "interrupted is completed. With --parquet it is written to a folder, whatever its size, and no database is "
        "touched; `adaldyq verify --snapshot DIR` verifies that folder. `adaldyq demo score` tells how well the "
        "rules find what was planted."
    ),
)
@click.option(
    "--people",
    default=PEOPLE,
    show_default=True,
    type=click.IntRange(100, MOST_PEOPLE),
    help=_("How many people live in it."),
)
@click.option("--seed", default=SEED, show_default=True, help=_("The same seed gives the same country."))
@click.option(
    "--parquet",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Write Parquet files to this folder instead of the database."),
)
@click.option(
    "--everyone",
    is_flag=True,
    help=_("With --parquet: all adults declare for the last year, not only those whom the law has reached."),
)
@click.pass_context
def demo(context: click.Context, people: int, seed: int, parquet: Path | None, *, everyone: bool) -> None:
    """Make the sample country, unless a command of the group was named."""
    if context.invoked_subcommand is not None:
        return
    if parquet is None:
        if everyone:
            raise click.UsageError(_("--everyone needs --parquet."))
        load.sample(seed, people)  # what cannot be loaded is refused before tables are made for it
        prepare_database()
        load_country(people, seed)
        said = _("The sample country is loaded. See it with `%(adaldyq)s run`, verify it with `%(adaldyq)s verify`.")
        console.print(said % {"adaldyq": called()}, soft_wrap=True, markup=False)
        return
    with progress(works()) as told:
        write_country(parquet, Country(seed, people, everyone), at=timezone.now(), progress=told)
    said = _("Written. Verify it with `%(adaldyq)s verify --snapshot %(folder)s`.")
    console.print(said % {"adaldyq": called(), "folder": parquet}, soft_wrap=True, markup=False)


@demo.command(
    help=_(
        "Tell how well the rules find what was planted, by rule.\n\n"
        "Precision is the part of the findings that are about a planted scheme, recall the part of the schemes that "
        "have a finding. Hidden schemes leave no trace in what a rule reads, so recall below 1 is honest; near misses "
        "and honest look-alikes should have no finding. Scores the last run over the database, or with --parquet "
        "runs the rules over that folder."
    )
)
@click.option(
    "--parquet",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=_("Score the rules over the sample country in this folder."),
)
def score(parquet: Path | None) -> None:
    """Print precision and recall by rule."""
    folder = settings.DATA_DIR / load.FOLDER if parquet is None else parquet
    truth = read_truth(folder / TRUTH)
    found = findings_stored() if parquet is None else findings_in(parquet)
    scores = rate(found, truth)
    columns = [
        (_("rule"), "left"),
        (_("schemes"), "right"),
        (_("caught"), "right"),
        (_("hidden"), "right"),
        (_("findings"), "right"),
        (_("precision"), "right"),
        (_("recall"), "right"),
        (_("near misses named"), "right"),
        (_("look-alikes named"), "right"),
        (_("unplanned"), "right"),
    ]
    show_table(_("What was planted, and what the rules found"), columns, [line_of(one) for one in scores])


@demo.command(
    help=_(
        "Print the six digits that a sign-in of the sample country needs as its second factor now.\n\n"
        "Only for accounts that are marked as the sample country’s, and not on a server for others: there it would let "
        "anybody in who reaches the shell."
    )
)
@click.argument("user", metavar="USER")
def code(user: str) -> None:
    """Print the code of now.

    Raises:
        DomainError: `no-codes-in-production`, or what `code_now` says.
    """
    if in_production():
        raise DomainError("no-codes-in-production")
    console.print(code_now(user, at=timezone.now()))


demo.add_command(certifying.certificate)
demo.add_command(certifying.sign)


def line_of(one: RuleScore) -> list[str]:
    """One rule's line."""
    return [
        one.rule,
        number(one.schemes),
        number(one.caught),
        number(one.hidden),
        number(one.findings),
        share(one.precision),
        share(one.recall),
        " / ".join(map(number, reversed(one.near_misses))),
        " / ".join(map(number, reversed(one.look_alikes))),
        number(one.unplanned),
    ]


def share(value: float | None) -> str:
    """A share with three places; a dash for none."""
    return "—" if value is None else f"{value:.3f}"


def findings_stored() -> list[Found]:
    """Findings of the country's last run.

    Raises:
        DomainError: `nothing-verified`.
    """
    if not Run.objects.filter(dataset=COUNTRY, outcome=DONE).exists():
        raise DomainError("nothing-verified")
    standing = Finding.objects.filter(dataset=COUNTRY, gone_run=None)
    return [Found(*values) for values in standing.values_list("rule", "subject_id", "object_id")]


def findings_in(folder: Path) -> list[Found]:
    """Findings of the rules over a sample country in Parquet."""
    with progress(verifying.works()) as told:
        report = look_at(folder, work=settings.DATA_DIR, progress=told)
    return [
        Found(one.rule.id, fact["subject_id"], fact["object_id"])
        for one in report.rules
        for fact in one.answer.findings.select(["subject_id", "object_id"]).to_pylist()
    ]


def load_country(people: int, seed: int) -> None:
    """Load the sample country into the database, showing progress."""
    with progress(works()) as told:
        load.load_country(seed=seed, people=people, folder=settings.DATA_DIR, at=timezone.now(), progress=told)


def load_when_empty(people: int) -> None:
    """Load the sample country unless it is there, whole."""
    if load.is_loaded():
        load.open_accounts(timezone.now())
        return
    console.print(_("Making a sample country of %(people)s people …") % {"people": number(people)})
    load_country(people, SEED)


def works() -> dict[str, str]:
    """Words for what takes time."""
    return {"people": _("People")}
