"""The open snapshot as everybody gets it: the page, its files, and what renews them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.verification.contracts import contracts
from adaldyq.verification.jobs import forget_snapshots, renew_open_snapshot
from adaldyq.verification.open_snapshot import open_contracts, write_open_snapshot
from adaldyq.verification.runs import look_at
from adaldyq.verification.snapshots import read_snapshot
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/en/verification/open-data/"
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def of(client: Client, name: str) -> str:
    answer = client.get(f"{PAGE}{name}")
    assert answer.status_code == 200, name
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a file is streamed


def test_before_the_first_night_the_page_says_so(client: Client, data_dir: Path) -> None:
    assert "not there yet" in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}declaration.csv").status_code == 404


def test_what_was_closed_or_erased_goes_from_the_files(client: Client, data_dir: Path) -> None:
    declaration, body = factories.official(2024), factories.body("Сауда министрлігі")
    renew_open_snapshot({}, timezone.now())
    page = client.get(PAGE).content.decode()
    assert all(text in page for text in ("CC-BY-4.0", "declaration.csv", "body.parquet", "columns.csv"))
    assert "Сауда министрлігі" in of(client, "body.csv")
    assert declaration.pk in of(client, "declaration.csv")
    sums = dict(line.split("  ")[::-1] for line in of(client, "SHA256SUMS").splitlines())
    assert {hashlib.sha256((data_dir / "open" / name).read_bytes()).hexdigest() == sums[name] for name in sums} == {
        True
    }
    declaration.is_public = False
    declaration.save()
    taken = timezone.now()
    renew_open_snapshot({}, taken - timedelta(hours=1))
    assert declaration.pk in of(client, "declaration.csv"), "what happened before it was taken is in it"
    forget_snapshots({}, taken)
    assert declaration.pk not in of(client, "declaration.csv")
    assert body.pk in of(client, "body.csv")


def test_no_other_file_of_the_folder_is_given(client: Client, data_dir: Path) -> None:
    write_open_snapshot(data_dir / "open", at=AT)
    (data_dir / "open" / "notes.txt").write_text("x")
    for name in ("notes.txt", "..%2Fverify.lock", "%2E%2E", "SHA256SUMS%00"):
        assert client.get(f"{PAGE}{name}").status_code == 404, name
    with pytest.raises(DomainError, match="folder-holds-other-files"):
        write_open_snapshot(data_dir / "open", at=AT)


def test_programs_read_it_as_every_snapshot_and_rules_say_what_they_could_not_judge(data_dir: Path) -> None:
    factories.official(2024)
    write_open_snapshot(data_dir / "open", at=AT, licence="CC0-1.0")
    snapshot = read_snapshot(data_dir / "open", contracts())
    assert (snapshot.manifest.origin.licence, snapshot.manifest.tables["declaration"].rows) == ("CC0-1.0", 1)
    for name, entry in snapshot.manifest.tables.items():
        assert entry.columns == list(open_contracts()[name].by_name)
    report = look_at(data_dir / "open", work=data_dir / "work", progress=lambda *_: None)
    assert not report.failed
    assert any(reason.startswith("missing-column:") for one in report.rules for reason in one.answer.unjudged)
