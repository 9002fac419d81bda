"""`adaldyq export`: writes the registries as FollowTheMoney or BODS, or the open snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import system
from adaldyq.kernel.adapters import ftm_writer
from adaldyq.kernel.adapters.bods_writer import Publication
from adaldyq.kernel.queries import exports
from adaldyq.kernel.queries.exports import ExportedPerson
from adaldyq.project.cli.output import console, number, progress
from adaldyq.verification.open_snapshot import LICENCE, write_open_snapshot

RECORDS_BETWEEN_NEWS = 1000
LINES = frozenset({".jsonl", ".ftm", ".ijson"})


@click.command(
    "export",
    help=_(
        "Write the base registries to a file that other programs read.\n\n"
        "FORMAT is ftm (FollowTheMoney entities, a JSON line each) or bods (statements of the Beneficial Ownership "
        "Data Standard 0.4; an array, or lines when FILE ends in .jsonl). What is written is public: bodies, posts "
        "and the holders whom the law names, companies and their owners, people by name only.\n\n"
        "open writes the open snapshot into the folder FILE: every published table with its public columns, as Parquet "
        "and CSV, with hashes and what each column means. `adaldyq verify --snapshot` reads it too.\n\n"
        "With --everything the file also holds numbers, days of birth, families and all appointments. That is for "
        "the operator; every person in it can see that it was read."
    ),
)
@click.argument("form", metavar="FORMAT", type=click.Choice(["bods", "ftm", "open"]))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--everything", is_flag=True, help=_("Also what the law keeps closed."))
@click.option("--publisher", default="Adaldyq", show_default=True, help=_("Who publishes the file."))
@click.option("--licence", default=LICENCE, show_default=True, help=_("Licence of the open snapshot."))
def export(form: str, file: Path, publisher: str, licence: str, *, everything: bool) -> None:
    """Write an export whole, or not at all."""
    if form == "open":
        if everything:
            raise click.UsageError(_("The open snapshot holds nothing that is closed: leave out --everything."))
        export_open(file, licence)
        return
    if file.is_dir():
        raise click.BadParameter(_("It is a folder. Name a file."), param_hint="FILE")
    export_entities(form, file, publisher, everything=everything)


def export_open(place: Path, licence: str) -> None:
    """Write the open snapshot."""
    written = write_open_snapshot(place, at=timezone.now(), licence=licence)
    rows = sum(one.rows for one in written.manifest.tables.values())
    facts = {"count": number(rows), "file": str(place)}
    said = ngettext("%(count)s record is in %(file)s", "%(count)s records are in %(file)s", rows)
    console.print(said % facts, soft_wrap=True, markup=False)


def export_entities(form: str, file: Path, publisher: str, *, everything: bool) -> None:
    """Write the registries to a file."""
    records = entities(everything=everything) if form == "ftm" else statements(publisher, everything=everything)
    draft = file.with_name(f".{file.name}.draft")
    as_lines = form == "ftm" or file.suffix.lower() in LINES
    try:
        with progress({"records": _("Records")}) as told, draft.open("w", encoding="utf-8") as stream:
            written = 0
            stream.write("" if as_lines else "[")
            for one in records:
                before = "" if as_lines else ",\n" if written else "\n"
                stream.write(before + json.dumps(one, ensure_ascii=False) + ("\n" if as_lines else ""))
                written += 1
                if written % RECORDS_BETWEEN_NEWS == 0:
                    told("records", written, written + RECORDS_BETWEEN_NEWS)
            stream.write("" if as_lines else "\n]\n")
            told("records", written, written)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    facts = {"count": number(written), "file": str(file)}
    said = ngettext("%(count)s record is in %(file)s", "%(count)s records are in %(file)s", written)
    console.print(said % facts, soft_wrap=True, markup=False)


def people(*, everything: bool) -> Iterator[ExportedPerson]:
    """People; those of an export of everything are told so."""
    for chunk in exports.people(everything=everything):
        if everything:
            of = [(one.person.pk, one.person.pk) for one in chunk]
            reads.record(by=system("export"), kind="person", of=of, purpose="export", at=timezone.now())
        yield from chunk


def entities(*, everything: bool) -> Iterator[dict[str, Any]]:
    """The registries as FollowTheMoney entities."""
    country = naming.pack().code
    yield from (ftm_writer.person(one) for one in people(everything=everything))
    yield from (ftm_writer.body(one, country) for one in exports.bodies())
    yield from (ftm_writer.post(one, country) for one in exports.posts())
    for held in exports.appointments(everything=everything):
        yield from ftm_writer.appointment(held)
    for company in exports.companies():
        yield from ftm_writer.company(company, country)
    yield from (ftm_writer.share(one) for one in exports.shares())
    if everything:
        yield from (ftm_writer.tie(one) for one in exports.ties())


def statements(publisher: str, *, everything: bool) -> Iterator[dict[str, Any]]:
    """Companies, owners and shares as BODS statements; what is referred to comes first."""
    pack = naming.pack()
    publication = Publication(publisher, timezone.localdate(), pack.code, pack.names.get("en", pack.code))
    yield from (publication.company(one) for one in exports.companies())
    yield from (publication.person(one) for one in people(everything=everything))
    yield from (publication.share(one) for one in exports.shares())
