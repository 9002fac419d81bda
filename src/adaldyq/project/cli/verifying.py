"""`adaldyq verify`: holds the registers against each other."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adaldyq.kernel.country_names import country_name
from adaldyq.project.cli import RULE_FAILED
from adaldyq.project.cli.output import console, number, progress, show_table
from adaldyq.verification.models import COUNTRY
from adaldyq.verification.rulefile import FOLDER
from adaldyq.verification.runs import Report, RuleReport, datasets, look_at, verify_country, verify_dataset
from adaldyq.verification.wording import reason_sentence


@click.command(
    help=_(
        "Hold the registers against each other and store what the rules find.\n\n"
        "Takes a snapshot of the country's registers (Parquet files with a manifest of hashes), runs every rule "
        "over it and prints for each: how many it checked, how often it fired, and what it could not judge and "
        "why. A finding is a question that needs an explanation, not a verdict.\n\n"
        "Without an option: the country, then every imported dataset."
    )
)
@click.option("--dataset", metavar="NAME", help=_("Verify only this imported dataset."))
@click.option("--country", "only_country", is_flag=True, help=_("Verify only the country's own registers."))
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=_("Verify the snapshot in this folder and store nothing."),
)
@click.option(
    "--rules",
    "rule_folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=FOLDER,
    help=_("Folder of rule files to try instead of the product’s, with --snapshot."),
)
@click.option("--memory", default="", metavar="SIZE", help=_("Limit of memory with --snapshot, such as 4GB."))
def verify(dataset: str | None, snapshot: Path | None, rule_folder: Path, memory: str, *, only_country: bool) -> int:
    """Verify, print what each rule said, and say whether all rules could run."""
    if sum(map(bool, (dataset, snapshot, only_country))) > 1:
        raise click.UsageError(_("Give only one of --dataset, --country and --snapshot."))
    if snapshot is None and (rule_folder != FOLDER or memory):
        raise click.UsageError(_("--rules and --memory go with --snapshot."))
    if snapshot is not None:
        with progress(works()) as told:
            report = look_at(snapshot, work=settings.DATA_DIR, progress=told, memory=memory, rule_folder=rule_folder)
        show(report)
        return RULE_FAILED if report.failed else 0
    names = [dataset] if dataset else [COUNTRY] if only_country else [COUNTRY, *datasets(settings.DATA_DIR)]
    failed = False
    for name in names:
        report = verify_one(name)
        show(report)
        failed = failed or bool(report.failed)
    return RULE_FAILED if failed else 0


def works() -> dict[str, str]:
    """Words for each part of a run."""
    return {
        "snapshot": _("Snapshot of the registers"),
        "check": _("Hashes checked"),
        "rules": _("Rules"),
    }


def verify_one(name: str) -> Report:
    """Verify the country, or a dataset by its name."""
    with progress(works()) as told:
        if name == COUNTRY:
            return verify_country(data=settings.DATA_DIR, clock=timezone.now, progress=told)
        return verify_dataset(name, data=settings.DATA_DIR, clock=timezone.now, progress=told)


def show(report: Report) -> None:
    """Print what a run said, a line a rule, then what could not be judged and why."""
    origin = report.snapshot.manifest.origin
    dataset = origin.dataset or _("country")
    called = _(origin.title) if origin.dataset else country_name(origin.country)
    title = f"{dataset}: {called} · {report.snapshot.hash[:16]}"
    columns = [
        (_("rule"), "left"),
        (_("checked"), "right"),
        (_("fired"), "right"),
        (_("new"), "right"),
        (_("gone"), "right"),
        (_("not judged"), "right"),
        (_("seconds"), "right"),
    ]
    show_table(title, columns, [line_of(one) for one in report.rules])
    for one in report.rules:
        for reason, count in sorted((reason, count) for reason, count in one.answer.unjudged.items() if count):
            sentence = reason_sentence(one.rule, reason, get_language() or "en")
            console.print(f"  {one.rule.id}: {number(count)} × {sentence}", soft_wrap=True, markup=False)
        if one.answer.error:
            console.print(
                _("  %(rule)s could not run: %(error)s") % {"rule": one.rule.id, "error": one.answer.error},
                style="bold",
                soft_wrap=True,
                markup=False,
            )
    console.print()


def line_of(one: RuleReport) -> list[str]:
    """One rule's line."""
    answer = one.answer
    quality = _("data quality")
    name = one.rule.id if one.rule.head.kind == "flag" else f"{one.rule.id} ({quality})"
    return [
        name,
        number(answer.checked),
        number(answer.findings.num_rows),
        number(one.new),
        number(one.gone),
        number(sum(answer.unjudged.values())),
        f"{answer.milliseconds / 1000:.1f}",
    ]
