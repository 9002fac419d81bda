"""Measures what a page costs: time of the processor on the server, and bytes on the wire.

`make bench` makes a small sample country in a folder of its own and asks for pages as a browser does, through
all of the server but its sockets. Processor time is the median over many requests of one page. A first visit
is the page with its stylesheet, its icon, and the fonts that hold letters of its text; every later page is the page
alone. Everything is counted as it is sent, compressed.

Exit code 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

from bench.report import ROOT, Limit, limits_table, machine, write_section

PEOPLE, TURNS, WARM_UP = 3000, 60, 5
MILLISECONDS, LEAN_MILLISECONDS, FIRST_KILOBYTES, THEN_KILOBYTES = 8.0, 8.0, 60.0, 15.0
LONG_MILLISECONDS, PERMISSIONS = 20.0, 1.1
PERMISSION_LAYERS = {"adaldyq.kernel.reads.ReadLogMiddleware", "adaldyq.kernel.access.AccessMatrixMiddleware"}
SHELLS = ("/kk/about/", "/kk/", "/kk/sign-in/", "/kk/search/?q=министрлік")
"""Pages that are little more than the frame around them, and the search with twenty hits."""

LISTS = (
    "/kk/declarations/",
    "/kk/declarations/statistics/",
    "/kk/registers/",
    "/kk/verification/rules/",
    "/kk/ledger/",
)
OFFICIAL = re.compile(r'href="(/kk/declarations/people/[^"]+)"')
FACE = re.compile(r"@font-face\{[^}]*?font-weight:(\d+)[^}]*?url\(\"?([^\")]+)[^}]*?unicode-range:([^};]+)")
TEXT = re.compile(r"<(script|style|svg|head)\b.*?</\1>|<[^>]+>", re.DOTALL)
ROWS = 20


def prepare(folder: Path) -> None:
    """Make the sample country in a data folder."""
    environment = os.environ | {"ADALDYQ_DATA_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    for command in (["migrate"], ["demo", "--people", str(PEOPLE)]):
        subprocess.run([sys.executable, "-m", "adaldyq", *command], check=True, env=environment, stdout=sys.stderr)


def client() -> Any:
    """A browser without a browser, against the product's own settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "adaldyq.project.settings"
    import django  # noqa: PLC0415  # only the measured process needs it

    django.setup()
    from django.conf import settings  # noqa: PLC0415  # the same
    from django.test import Client  # noqa: PLC0415  # the same

    from adaldyq.project.assets import collect_when_changed  # noqa: PLC0415  # the same

    settings.ALLOWED_HOSTS = ["testserver"]
    collect_when_changed()
    return Client(headers={"Accept-Encoding": "gzip"})


def processor(work: Callable[[], object]) -> float:
    """Milliseconds of the processor that a piece of work takes, the median of many turns."""
    for _ in range(WARM_UP):
        work()
    taken = []
    for _ in range(TURNS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


def signed_in(browser: Any, account: Any) -> None:
    """Leave the session that a password and a second factor leave."""
    from allauth.account.internal.flows import login  # noqa: PLC0415  # only the measured process needs it

    browser.force_login(account)
    session = browser.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = account.pk  # noqa: SLF001  # allauth names it nowhere else
    session.save()


def permissions(browser: Any) -> float:
    """What a signed-in citizen's page takes with the access matrix, as a multiple of the same page without it.

    The two are asked in turns, since the machine is not equally quick at all times.
    """
    from django.conf import settings  # noqa: PLC0415  # only the measured process needs it
    from django.test import Client  # noqa: PLC0415  # the same
    from django.urls import reverse  # noqa: PLC0415  # the same

    from adaldyq.kernel.models import Account  # noqa: PLC0415  # the same

    citizen = Account.objects.get(username="citizen")
    bare = Client(headers={"Accept-Encoding": "gzip"})
    for one in (browser, bare):
        signed_in(one, citizen)
    every = settings.MIDDLEWARE
    settings.MIDDLEWARE = [layer for layer in every if layer not in PERMISSION_LAYERS]
    bare.handler.load_middleware()
    settings.MIDDLEWARE = every
    inbox = reverse("desk-inbox")
    answers = [one.get(inbox).status_code for one in (browser, bare)]
    if answers != [200, 200]:
        raise SystemExit(f"{inbox} answers {answers}")
    turns = [[processor(lambda one=one: one.get(inbox)) for one in (browser, bare)] for _ in range(3)]  # type: ignore[misc]  # bound to this turn
    browser.logout()
    return statistics.median(held / free for held, free in turns)


def list_of_rows() -> Callable[[], object]:
    """Get ready to draw a whole page with a list of twenty rows of five columns."""
    from django.http import QueryDict  # noqa: PLC0415  # only the measured process needs it
    from django.template import engines  # noqa: PLC0415  # the same
    from django.test import RequestFactory  # noqa: PLC0415  # the same
    from django.utils import translation  # noqa: PLC0415  # the same

    from adaldyq.ui.tables import Column, RowsPage, Table  # noqa: PLC0415  # the same

    translation.activate("kk")
    columns = (
        Column("name", "Name", link=lambda row: f"/{row['name']}/", sort="name"),
        Column("body", "Body"),
        Column("sum", "Sum", kind="money", currency="KZT"),
        Column("year", "Year", kind="year"),
        Column("state", "State"),
    )
    rows = [{"name": f"Name {n}", "body": "Body", "sum": n * 1000, "year": 2025, "state": "open"} for n in range(ROWS)]
    template = engines["django"].from_string(
        '{% extends "ui/page.html" %}{% block main %}{% table one %}{% endblock %}'
    )
    request = RequestFactory().get("/kk/")

    def draw() -> object:
        page = RowsPage(rows, 1, 3, 3 * ROWS, 1, ROWS, "name", QueryDict())
        return template.render({"one": Table("Officials", columns, rows, page=page)}, request)

    return draw


def faces(css: str) -> list[tuple[str, frozenset[int]]]:
    """Files of the fonts with the letters they are for, in the order of the stylesheet."""
    return [(address, frozenset(letters(ranges))) for _weight, address, ranges in FACE.findall(css)]


def letters(ranges: str) -> Iterator[int]:
    """The letters of a `unicode-range`."""
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.strip().partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def fonts_of(html: str, css: str) -> set[str]:
    """Files of the fonts that a browser asks for to show a page; of two that hold a letter it takes the later one."""
    shown = {ord(letter) for letter in unescape(TEXT.sub(" ", html)) if letter.isprintable()}
    wanted: set[str] = set()
    for weight in ("400", "600"):
        left = set(shown)
        for address, held in reversed([face for face in faces(css) if weight in face[0]]):
            if left & held:
                wanted.add(address)
                left -= held
    return wanted


def first_visit(page: bytes, html: str) -> float:
    """Kilobytes of a page with all that a browser asks for beside it."""
    from django.conf import settings  # noqa: PLC0415  # only the measured process needs it
    from django.contrib.staticfiles.storage import staticfiles_storage  # noqa: PLC0415  # the same

    root = Path(settings.STATIC_ROOT)

    def sent(name: str) -> int:
        file = root / staticfiles_storage.stored_name(name)  # type: ignore[attr-defined]  # the manifest has names
        packed = file.with_name(f"{file.name}.gz")
        size: int = (packed if packed.exists() else file).stat().st_size
        return size

    css = (root / "ui" / "adaldyq.css").read_text(encoding="utf-8")
    beside = ["ui/adaldyq.css", "ui/icon.svg", *(f"ui/{name}" for name in fonts_of(html, css))]
    return (len(page) + sum(map(sent, beside))) / 1000


def measure() -> dict[str, Any]:
    """Measure everything in this process."""
    import gzip  # noqa: PLC0415  # only the measured process needs it

    browser = client()
    found: dict[str, Any] = {"pages": [], "rows": processor(list_of_rows())}
    official = OFFICIAL.search(gzip.decompress(browser.get(LISTS[0]).content).decode())
    if official is None:
        raise SystemExit(f"{LISTS[0]} names no official")
    for address in (*SHELLS, *LISTS, official[1]):
        answer = browser.get(address)
        if answer.status_code != 200:  # noqa: PLR2004  # HTTP
            raise SystemExit(f"{address} answers {answer.status_code}")
        packed = answer.content
        html = (gzip.decompress(packed) if answer.headers.get("Content-Encoding") == "gzip" else packed).decode()
        taken = processor(lambda address=address: browser.get(address))  # type: ignore[misc]  # bound to this turn
        found["pages"].append(
            [address, taken, len(packed) / 1000, len(html.encode()) / 1000, first_visit(packed, html)]
        )
    found["permissions"] = permissions(browser)
    return found


def limits(found: dict[str, Any]) -> list[Limit]:
    """What was measured beside what it may be."""
    shells = [page for page in found["pages"] if page[0] in SHELLS]
    lists = [page for page in found["pages"] if page[0] in LISTS]
    every = found["pages"]
    return [
        Limit("processor of the dearest of the shells, ms", max(page[1] for page in shells), MILLISECONDS),
        Limit(f"processor of a page with a list of {ROWS} rows, ms", found["rows"], LEAN_MILLISECONDS),
        Limit("processor of the dearest of the long lists, ms", max(page[1] for page in lists), LONG_MILLISECONDS),
        Limit("a page with the access matrix, as a multiple of it without", found["permissions"], PERMISSIONS),
        Limit("the largest first visit, kB", max(page[4] for page in every), FIRST_KILOBYTES),
        Limit("the largest page after it, kB", max(page[2] for page in every), THEN_KILOBYTES),
    ]


def section(found: dict[str, Any], kept: list[Limit]) -> str:
    """The section of the page of measurements."""
    rows = [
        f"| `{address}` | {taken:.1f} | {sent:.1f} | {whole:.1f} | {first:.1f} |"
        for address, taken, sent, whole, first in found["pages"]
    ]
    lines = [
        "## Pages",
        "",
        "Written by [`bench/pages.py`](../bench/pages.py). Processor time includes the database and the compression.",
        f"The pages are those of a sample country of {PEOPLE:,} people. The first four are little more than a page's",
        "shell; the others hold long lists, the last all that an official declared. The statistics are kept for a",
        "minute, so that most visits take what is told.",
        "",
        f"Measured on {machine()}.",
        "",
        "| page | processor, ms | sent, kB | before compression, kB | first visit, kB |",
        "|---|---:|---:|---:|---:|",
        *rows,
        "",
        *limits_table(kept),
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure, write the section, and say whether the limits are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="a data folder with a sample country; without it, one is made")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure()))
        return 0
    with tempfile.TemporaryDirectory(prefix="adaldyq-bench-") as place:
        folder = given.folder or Path(place)
        if given.folder is None:
            prepare(folder)
        environment = os.environ | {"ADALDYQ_DATA_DIR": str(folder)}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "bench.pages", "--measure"]
        done = subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    kept = limits(found)
    write_section("pages", section(found, kept))
    print("\n".join(limits_table(kept)))
    return 0 if all(limit.kept for limit in kept) else 1


if __name__ == "__main__":
    sys.exit(main())
