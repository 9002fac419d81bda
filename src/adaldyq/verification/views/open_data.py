"""The open snapshot for everybody: which tables there are, what their columns mean, and the files."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.base.errors import DomainError
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table
from adaldyq.verification import labels
from adaldyq.verification.contracts import contracts
from adaldyq.verification.open_snapshot import COLUMNS, FOLDER, SUMS, files_in
from adaldyq.verification.snapshots import MANIFEST, Snapshot, TableEntry, read_snapshot

TYPES = {".csv": "text/csv; charset=utf-8", ".json": "application/json", ".parquet": "application/vnd.apache.parquet"}


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What may be taken: the tables with their files, the moment, the licence."""
    snapshot = kept()
    context = {
        "facts": facts_of(snapshot) if snapshot else (),
        "table": files_table(snapshot) if snapshot else None,
        "columns": COLUMNS,
        "manifest": MANIFEST,
        "sums": SUMS,
    }
    return render(request, "verification/open_data.html", context)


@require_safe
def open_file(request: HttpRequest, name: str) -> FileResponse:
    """One file of the open snapshot.

    Raises:
        Http404: there is none of this name.
    """
    if name not in files_in(folder()):
        raise Http404(name)
    try:
        content = (folder() / name).open("rb")
    except FileNotFoundError:  # it is being replaced
        raise Http404(name) from None
    kind = TYPES.get(Path(name).suffix, "text/plain; charset=utf-8")
    return FileResponse(content, as_attachment=True, filename=name, content_type=kind)


def folder() -> Path:
    """Where the open snapshot stands."""
    return Path(settings.DATA_DIR) / FOLDER


def kept() -> Snapshot | None:
    """The open snapshot; none when it has not been written yet."""
    try:
        return read_snapshot(folder(), contracts())
    except DomainError:
        return None


def facts_of(snapshot: Snapshot) -> list[Fact]:
    """Of which moment it is, and how it may be used."""
    said = snapshot.manifest
    return [
        Fact(_("Taken"), said.made_at, kind="moment"),
        Fact(_("Licence"), said.origin.licence),
        Fact(_("Snapshot"), snapshot.hash, hint=_("SHA-256 of its manifest, which holds the hash of every file.")),
    ]


def files_table(snapshot: Snapshot) -> Table:
    """The tables, each with its two files."""

    def address(entry: tuple[str, TableEntry], ending: str) -> str:
        return reverse("open-data-file", args=[f"{entry[0]}{ending}"])

    columns = (
        Column("name", _("Table"), value=lambda one: labels.table_title(one[0])),
        Column("rows", _("Rows"), kind="number", value=lambda one: one[1].rows),
        Column("csv", "CSV", value=lambda one: f"{one[0]}.csv", link=lambda one: address(one, ".csv")),
        Column("parquet", "Parquet", value=lambda one: one[1].file, link=lambda one: address(one, ".parquet")),
    )
    return Table(_("Tables of the open snapshot"), columns, sorted(snapshot.manifest.tables.items()), hide_caption=True)
