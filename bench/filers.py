"""What people and programs do on the last evening, as requests: journeys, submissions, sign-ins, files in bulk."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bench.filing_rows import PASSWORD, TYPED, boxes_of
from bench.http_client import CSRF, FOUND, Client

HOME = "/kk/declarations"
SIGN_IN = "/kk/sign-in/"
INPUT = re.compile(r'name="(seen|form_key)" value="([^"]+)"')
SECTION = re.compile(r'href="(/kk/declarations/mine/drafts/[0-9A-Z]{12}/([a-z_]+)/)"')
NEW_ROW = re.compile(
    r'class="govuk-button[^>]*href="(/kk/declarations/mine/drafts/[0-9A-Z]{12}/[a-z_]+/[0-9A-Z]{12}/)"'
)
ANSWER = re.compile(r'name="answer" value="([a-z]+)"')
Work = TypeVar("Work")
"""What a client is handed."""


class Broken(Exception):
    """A journey that could not go on; the answer was noted as wrong."""


async def journey(client: Client, filer: dict[str, str]) -> str:
    """File a declaration from the first page to the receipt; the number of the declaration.

    Raises:
        Broken: something was not there.
    """
    client.cookies = {"csrftoken": CSRF, "sessionid": filer["session"]}
    await client.get("mine", f"{HOME}/mine/")
    draft = (await client.post("begin", f"{HOME}/mine/begin/{filer['obligation']}/", {})).path
    page = (await client.get("draft", draft)).text
    sections = dict.fromkeys(SECTION.findall(page))
    for path, name in sections:
        if name in {"which", "check", "sign"}:
            continue
        section = (await client.get("section", path)).text
        for row in TYPED.get(name, ()):
            section = await typed(client, path, section, boxes_of(row))
        await client.post("answer", path, {"answer": of(ANSWER, section)})
        await client.get("draft", draft)
    await client.get("check", f"{draft}check/")
    boxes = dict(INPUT.findall((await client.get("sign page", f"{draft}sign/")).text))
    filed = await client.post("sign", f"{draft}sign/", {**boxes, "true": "on"})
    await client.get("receipt", filed.path)
    return filed.path


async def typed(client: Client, path: str, section: str, boxes: dict[str, str]) -> str:
    """Add a row; the page of the section afterwards."""
    row = of(NEW_ROW, section)
    await client.get("row page", row)
    await client.post("row", row, {**boxes, "revision": "0"})
    return (await client.get("section", path)).text


def of(what: re.Pattern[str], page: str) -> str:
    """What stands on a page.

    Raises:
        Broken: it does not.
    """
    found = what.search(page)
    if found is None:
        raise Broken(what.pattern)
    return found[1]


async def submission(client: Client, one: dict[str, str], key: str) -> str:
    """Sign and file a draft that is ready; the address of its receipt, empty when it was not acknowledged."""
    client.cookies = {"csrftoken": CSRF, "sessionid": one["session"]}
    form = {"true": "on", "seen": one["seen"], "form_key": key}
    answer = await client.post("sign", f"{HOME}/mine/drafts/{one['draft']}/sign/", form)
    return answer.path if answer.status == FOUND and "/filed/" in answer.path else ""


async def sign_in(client: Client, username: str) -> None:
    """Give name and password."""
    client.cookies = {"csrftoken": CSRF}
    await client.get("sign-in page", SIGN_IN)
    await client.post("sign-in", SIGN_IN, {"username": username, "password": PASSWORD})


async def writing(client: Client, one: dict[str, str], stopping: asyncio.Event) -> None:
    """Look at a section of a draft and type a row into it, again and again."""
    client.cookies = {"csrftoken": CSRF, "sessionid": one["session"]}
    path = f"{HOME}/mine/drafts/{one['draft']}/expense/"
    while not stopping.is_set():
        row = of(NEW_ROW, (await client.get("section", path)).text)
        await client.get("row page", row)
        await client.post("row", row, {**boxes_of(TYPED["expense"][0]), "revision": "0"})
        await client.post("remove", f"{row}remove/", {})


async def together(
    clients: Sequence[Client], works: Sequence[Work], do: Callable[[Client, Work], Awaitable[None]]
) -> float:
    """Let clients do works, each the next as soon as it is ready, so that as many are always under way; seconds it took."""
    waiting = list(reversed(works))

    async def busy(client: Client) -> None:
        while waiting:
            await do(client, waiting.pop())
        client.close()

    began = time.perf_counter()
    await asyncio.gather(*(busy(one) for one in clients))
    return time.perf_counter() - began
