"""`adaldyq reports keys`: official keys and scripts, as the ledger has them, against what a site serves."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.ledger.notes import VerifierKey
from adaldyq.ledger.receipts import Receipt, check_text
from adaldyq.project.cli.ledger import (
    default_state,
    key_option,
    known_keys,
    least_option,
    told,
    watch_of,
    witness_option,
)
from adaldyq.project.cli.output import console

NOT_JUDGED, REFUTED = 1, 4
PAGES = ("reports/file/", "reports/return/")
CARRIERS = ("base", "embed", "frame", "iframe", "object")
KEY = re.compile(r'"(age1[^"]*)"')
TOKEN, DOOR = re.compile(r'name="carried" value="([^"]+)"'), re.compile(r'"door": "([^"]+)"')
SECONDS, LARGEST = 30, 5_000_000


@click.command(
    "keys",
    help=_(
        "Show the official keys, scripts and forms of reports as the ledger has them, and hold what is served against it.\n\n"
        "Without options it is this installation's own ledger and files. With --site the receipt comes from there and is "
        "checked as `adaldyq ledger verify` does, and the scripts of its pages are fetched; nothing but the keys that you "
        "trust is believed. --kit holds the form for computers without network against the same line. Exit code 0: all of "
        "it holds; 1: it could not be judged; 4: something is served that is not official."
    ),
)
@click.option("--site", metavar="ADDRESS", help=_("Check the site at this address, such as https://example.kz/en/."))
@click.option(
    "--kit", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=_("Check this form as a file, too.")
)
@click.option("--publish", is_flag=True, help=_("First put into the ledger what is official now, if it is not there."))
@key_option
@witness_option
@least_option
def keys(
    site: str | None, kit: Path | None, given: Sequence[str], seen_by: Sequence[str], least: int, *, publish: bool
) -> int:
    """Show and check what is official.

    Raises:
        UsageError: --publish with --site.
        DomainError: `source-unreachable`, `key-malformed`.
    """
    if site and publish:
        raise click.UsageError(_("Only this installation's own ledger can be published to."))
    if site:
        site = f"{site.rstrip('/')}/"
        found, code = of_site(site, given, seen_by, least)
    else:
        found, code = of_ledger(publish=publish)
    names = {} if site else names_of_units()
    if found is None:
        if not site:
            show(in_use(), names)
        console.print(_("Which keys and scripts are official does not stand in the ledger yet."))
        return max(code, NOT_JUDGED)
    show(found, names)
    codes = [code, held(scripts_of(site) if site else own_scripts(), set(found["scripts"].values()))]
    if site:
        codes.append(keys_held(keys_of(site), {one["recipient"] for one in found["keys"]}))
    if kit:
        codes.append(held({kit.name: digest(kit.read_bytes())}, set(found["kits"].values())))
    return max(codes)


def in_use() -> Mapping[str, Any]:
    """Keys, scripts and forms of this installation as they are now."""
    from adaldyq.kernel import naming  # noqa: PLC0415  # a command reads in what it needs only
    from adaldyq.measures.reports.forms.kits import digests_of_kits  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.queries import publication  # noqa: PLC0415  # as above

    day = naming.pack().day_of(datetime.now(UTC))
    return publication.in_use(day, digests_of_kits(day)).facts()


def of_ledger(*, publish: bool) -> tuple[dict[str, Any] | None, int]:
    """What the own ledger has, and whether it is what is in use."""
    from adaldyq.measures.reports import jobs  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.queries import publication  # noqa: PLC0415  # as above

    if publish:
        jobs.publish({}, datetime.now(UTC))
    found = publication.published()
    if found is None:
        return None, NOT_JUDGED
    if found.facts() == in_use():
        return found.facts(), 0
    console.print(_("What is in use is not what the ledger has. The worker puts it there; or run this with --publish."))
    return found.facts(), REFUTED


def of_site(site: str, given: Sequence[str], seen_by: Sequence[str], least: int) -> tuple[dict[str, Any] | None, int]:
    """What the receipt of a site says, and whether it holds."""
    text = fetched(urljoin(site, "reports/official/receipt/")).decode("utf-8", "replace")
    trusted = [VerifierKey.parse(key) for key in given] or known_keys(text, default_seen())
    code = told(check_text(text, trusted, watch_of(seen_by, least)))
    if code == REFUTED:
        return None, code
    receipt = Receipt.parse(text)
    if receipt.payload is None or receipt.facts()["act"] != "reports.official.publish":
        return None, REFUTED
    return json.loads(receipt.payload), code


def default_seen() -> Any:
    """What audits of this computer remember."""
    from adaldyq.ledger.audit import Seen  # noqa: PLC0415  # as above

    return Seen.load(default_state())


def own_scripts() -> Mapping[str, str]:
    """Digests of the scripts that this installation hands out."""
    from adaldyq.measures.reports.adapters.scripts import served  # noqa: PLC0415  # as above

    return served()


class Running(HTMLParser):
    """Finds what a page runs.

    Attributes:
        addresses: of scripts.
        within: what would run though it comes from no script file; pages of ours have nothing of it.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.within: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a script, and what else lets a browser run something."""
        told = {name: value or "" for name, value in attrs}
        if tag == "script" and told.get("src"):
            self.addresses.append(told["src"])
        elif tag in CARRIERS or (tag == "script" and told.get("type") != "application/json"):
            self.within.append(f"<{tag}>")
        self.within += [f"<{tag} {name}>" for name, value in told.items() if runs(name, value)]


def runs(name: str, value: str) -> bool:
    """Whether an attribute lets a browser run something."""
    return name.startswith("on") or value.strip().lower().startswith("javascript:")


def scripts_of(site: str) -> Mapping[str, str]:
    """Digests of what pages of a site run, by its address or its place in the page."""
    found: dict[str, str] = {}
    for name in PAGES:
        page = urljoin(site, name)
        running = Running(fetched(page).decode("utf-8", "replace"))
        found |= {f"{page} {one}": digest(one.encode()) for one in running.within}
        found |= {address: digest(fetched(address)) for one in running.addresses if (address := urljoin(page, one))}
    return found


def keys_of(site: str) -> set[str]:
    """Keys to which the site lets somebody seal who reports just now: about whomever, and about those who receive reports.

    It asks as the script of the page does, and reports nothing. There are none when the site does not answer as ours do.
    """
    page = fetched(urljoin(site, PAGES[0])).decode("utf-8", "replace")
    token, door = TOKEN.search(page), DOOR.search(page)
    if token is None or door is None:
        return set()
    found: set[str] = set()
    for about in ("", "agency"):
        head = {"step": "route", "token": html.unescape(token[1]), "about_receiver": about}
        told = fetched(urljoin(site, door[1]), f"{json.dumps(head)}\n".encode())
        found |= set(KEY.findall(told.decode("utf-8", "replace")))
    return found


def fetched(address: str, sent: bytes | None = None) -> bytes:
    """What lies at an address, or what it answers to what is sent there.

    Raises:
        DomainError: `source-unreachable`.
    """
    import requests  # noqa: PLC0415  # as above

    from adaldyq.base.errors import DomainError  # noqa: PLC0415  # as above

    try:
        if sent is None:
            answer = requests.get(address, timeout=SECONDS)
        else:
            answer = requests.post(address, sent, headers={"Content-Type": "application/octet-stream"}, timeout=SECONDS)
        answer.raise_for_status()
    except requests.RequestException as failed:
        raise DomainError("source-unreachable", address=address, problem=type(failed).__name__) from None
    return answer.content[:LARGEST]


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    from adaldyq.measures.reports.adapters.scripts import sha256  # noqa: PLC0415  # as above

    return sha256(content)


def names_of_units() -> Mapping[str, str]:
    """What the units of this installation are called."""
    from adaldyq.measures.reports.queries import kits  # noqa: PLC0415  # as above

    return dict(kits.names_of_units())


def show(found: Mapping[str, Any], names: Mapping[str, str]) -> None:
    """Print keys, scripts and forms."""
    purposes = {"reports": _("reports"), "identities": _("names of reporters")}
    for one in found["keys"]:
        click.echo(
            f"{one['recipient']}  {names.get(one['unit'], one['unit'])}, {purposes.get(one['purpose'], one['purpose'])}"
        )
    for name, value in (*found["scripts"].items(), *found["kits"].items()):
        click.echo(f"{value}  {name}")
    count = len(found["keys"])
    console.print(ngettext("%(count)s key in use.", "%(count)s keys in use.", count) % {"count": count})


def held(served: Mapping[str, str], official: set[str]) -> int:
    """Say of each file that is served whether it is official, and give the exit code."""
    wrong = sorted(name for name, value in served.items() if value not in official)
    for name in wrong:
        console.print(_("%(name)s is not official.") % {"name": name}, markup=False, soft_wrap=True)
    if wrong or not served:
        return REFUTED if wrong else NOT_JUDGED
    said = ngettext(
        "%(count)s file is as the ledger has it.", "%(count)s files are as the ledger has them.", len(served)
    )
    console.print(said % {"count": len(served)})
    return 0


def keys_held(asked: set[str], official: set[str]) -> int:
    """Say whether the keys to which a site lets people seal are official, and give the exit code."""
    strange = sorted(asked - official)
    for one in strange:
        console.print(_("%(name)s is not official.") % {"name": one}, markup=False, soft_wrap=True)
    if strange:
        return REFUTED
    if not asked:
        console.print(_("To which keys the site lets people seal could not be asked."))
        return NOT_JUDGED
    said = ngettext(
        "Whoever reports there now seals to %(count)s key, which the ledger has.",
        "Whoever reports there now seals to %(count)s keys, all of which the ledger has.",
        len(asked),
    )
    console.print(said % {"count": len(asked)})
    return 0
