"""Measures the public numbers of reports over a million of them.

`make bench` fills a database of its own in a temporary folder: rows of reports with their terms, which hold no sealed
text, since counting reads none. The page is asked for as a browser does, through all of the server but its sockets, with
nothing kept in memory from the time before.

Exit code 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.report import ROOT, Limit, limits_table, machine, write_section

REPORTS, BODIES, TURNS = 1_000_000, 2000, 15
MILLISECONDS, SECONDS_OF_A_NIGHT = 200.0, 600.0
ADDRESSES = tuple(f"/kk/reports/numbers/?by={way}" for way in ("body", "topic", "region", "office", "channel", "year"))

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %s)"
ROWS = f"""
INSERT INTO reports_report (id, unit_id, about_body_id, topic, territory_id, channel, state, received_date,
    acknowledged_date, closed_date, outcome, was_reopened, needs_attention, delay_reason, recipient, lookup,
    locked_mailbox, mailbox_recipient)
{NUMBERS}
SELECT printf('R%%011d', i), %s, printf('B%%011d', (i * i) %% {BODIES}),
    CASE i %% 4 WHEN 0 THEN 'bribe' WHEN 1 THEN 'abuse' WHEN 2 THEN 'theft' ELSE 'other' END, 'KZ-75', 'on_arrival',
    'closed', date('2016-01-01', (i %% 3500) || ' days'), date('2016-01-01', (i %% 3500 + 3) || ' days'),
    CASE WHEN i %% 9 THEN date('2016-01-01', (i %% 3500 + 20 + i %% 90) || ' days') END,
    CASE WHEN i %% 9 = 0 THEN '' WHEN i %% 3 THEN 'substantiated' ELSE 'no_breach' END,
    i %% 40 = 0, 0, '', 'age1', printf('%%032d', i), x'', 'age1'
FROM n
"""
TERMS = f"""
INSERT INTO kernel_deadline (id, name, title, subject_kind, subject_id, href, body_id, working, started_at, due_date, due_at, step,
    action, state, closed_at, attempts, look_at, error)
{NUMBERS}
SELECT printf('%%s%%011d', %s, i), %s, '', 'reports.Report', printf('R%%011d', i), '', %s, 0, '2016-01-01',
    date('2016-01-01', (i %% 3500 + %s) || ' days'), '2016-01-01', '', '', 'met',
    CASE WHEN i %% 9 THEN datetime('2016-01-01', (i %% 3500 + %s) || ' days') END, 0, '2016-01-01', ''
FROM n
"""
DECISIONS = f"""
INSERT INTO reports_decision (id, report_id, outcome, made_date)
{NUMBERS}
SELECT printf('D%%011d', i), printf('R%%011d', i), CASE WHEN i %% 3 THEN 'substantiated' ELSE 'no_breach' END,
    date('2016-01-01', (i %% 3500 + 20 + i %% 90) || ' days')
FROM n WHERE i %% 9
"""


def fill() -> None:
    """Put the reports and their terms into the database."""
    from django.db import connection  # noqa: PLC0415  # only the measured process needs it

    from adaldyq.measures.reports.actions.keys import open_unit  # noqa: PLC0415  # the same
    from tests import factories  # noqa: PLC0415  # the same

    unit = open_unit(body=factories.body(), kind="agency", by=factories.BY, at=factories.AT)
    factories.loaded(
        "body",
        *(
            type(unit.body)(
                **{
                    **{field.attname: getattr(unit.body, field.attname) for field in unit.body._meta.concrete_fields},
                    "id": f"B{number:011d}",
                    "name": f"{number}-орган",
                    "names": {},
                }
            )
            for number in range(BODIES)
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [REPORTS, unit.pk])
        cursor.execute(DECISIONS, [REPORTS])
        cursor.execute(TERMS, [REPORTS, "A", "report_acknowledgement", unit.body_id, 7, 3])
        cursor.execute(TERMS, [REPORTS, "F", "report_feedback", unit.body_id, 92, 60])


def measure() -> dict[str, Any]:
    """Count the reports and ask for the pages, in this process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "adaldyq.project.settings"
    import django  # noqa: PLC0415  # only the measured process needs it

    django.setup()
    from django.conf import settings  # noqa: PLC0415  # the same
    from django.core.cache import caches  # noqa: PLC0415  # the same
    from django.test import Client  # noqa: PLC0415  # the same

    from adaldyq.measures.reports.actions.counting import count_reports  # noqa: PLC0415  # the same
    from adaldyq.project.assets import collect_when_changed  # noqa: PLC0415  # the same
    from tests.factories import AT, BY  # noqa: PLC0415  # the same

    settings.ALLOWED_HOSTS = ["testserver"]
    collect_when_changed()
    fill()
    began = time.perf_counter()
    count_reports(by=BY, at=AT)
    found: dict[str, Any] = {"count": time.perf_counter() - began, "pages": {}}
    browser = Client(headers={"Accept-Encoding": "gzip"})
    for address in ADDRESSES:
        taken = []
        for _turn in range(TURNS):
            caches["recent"].clear()
            began = time.perf_counter()
            status = browser.get(address).status_code
            taken.append(1000 * (time.perf_counter() - began))
            if status != 200:  # noqa: PLR2004  # HTTP
                raise SystemExit(f"{address} answers {status}")
        found["pages"][address] = [statistics.median(taken), max(taken[1:])]
    return found


def main() -> int:
    """Measure, write the section, and say whether the limits are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    if parser.parse_args().measure:
        print(json.dumps(measure()))
        return 0
    with tempfile.TemporaryDirectory(prefix="adaldyq-bench-") as folder:
        environment = os.environ | {"ADALDYQ_DATA_DIR": folder}
        environment.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", "adaldyq", "migrate"], check=True, env=environment, stdout=sys.stderr)
        command = [sys.executable, "-m", "bench.report_numbers", "--measure"]
        done = subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    dearest = max(median for median, _longest in found["pages"].values())
    kept = [
        Limit("the dearest page of numbers, ms", dearest, MILLISECONDS, places=1),
        Limit("counting all reports in the night after a quarter, s", found["count"], SECONDS_OF_A_NIGHT, places=1),
    ]
    write_section("report-numbers", section(found, kept), Path(ROOT) / "docs" / "benchmarks.md")
    print("\n".join(limits_table(kept)))
    return 0 if all(limit.kept for limit in kept) else 1


def section(found: dict[str, Any], kept: list[Limit]) -> str:
    """The section of the page of measurements."""
    rows = [f"| `{address}` | {median:.1f} | {longest:.1f} |" for address, (median, longest) in found["pages"].items()]
    lines = [
        "## Numbers of reports",
        "",
        "Written by [`bench/report_numbers.py`](../bench/report_numbers.py). The whole of the server but its sockets, over",
        f"{REPORTS:,} reports about {BODIES:,} bodies in ten years, on SQLite; nothing is kept in memory between two requests.",
        "",
        f"Measured on {machine()}.",
        "",
        "| page | median, ms | longest but for the first, ms |",
        "|---|---:|---:|",
        *rows,
        "",
        *limits_table(kept),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
