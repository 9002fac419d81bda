"""What those who report do, as requests: with a script, which has sealed everything before, and without one."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import altcha
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adaldyq.measures.reports.adapters import letters
from adaldyq.sealing import envelopes, phrases, receipts
from bench.http_client import Client

PAGE, DOOR = "/kk/reports/file/", "/kk/reports/sealed/"
CARRIED = re.compile(r'name="carried" value="([^"]+)"')
PHRASE = re.compile(r'app-phrase">(.*?)</ol>', re.DOTALL)
TEXT = ("Тексеруші базарда ақша талап етті. " * 12).strip()
TOPICS, PLACES, BOUNDARY = ("bribe", "abuse", "theft", "other"), ("", "KZ-75", "KZ-71"), "-----bench"
MAKERS = 2
OK = 200


def locked(secret: str) -> bytes:
    """The key of a mailbox as a browser locks it, but for the Argon2id, of which the server learns nothing.

    The key of the lock is random instead: made of phrases, so many would take this machine an hour.
    """
    salt, nonce = secrets.token_bytes(receipts.SALT_BYTES), secrets.token_bytes(receipts.NONCE_BYTES)
    sealed = AESGCM(secrets.token_bytes(receipts.KEY_BYTES)).encrypt(nonce, secret.encode(), receipts.MAILBOX)
    return receipts.VERSION + salt + nonce + sealed


def sealed_report(officers: Sequence[str]) -> dict[str, Any]:
    """What a browser seals of a report to officers, as it stands in the head that is sent."""
    (own_secret, own), (box_secret, box) = envelopes.new_identity(), envelopes.new_identity()
    letter = letters.Letter(letters.REPORT, TEXT, {"when": "наурызда", "amount": "500 000"}, language="kk")
    parts = {
        "wrapped": envelopes.wrap(own_secret, officers),
        "locked": locked(box_secret),
        "sealed": letters.seal(letter, [own, box]),
    }
    return {
        "recipients": sorted(officers),
        "recipient": own,
        "lookup": receipts.lookup(phrases.new_entropy()).hex(),
        "mailbox": box,
        "files": [],
        **{name: base64.b64encode(part).decode() for name, part in parts.items()},
    }


def write_reports(target: Path, count: int, officers: Sequence[str]) -> None:
    """Seal reports, one a line of a file."""
    with target.open("w") as file:
        for _one in range(count):
            file.write(f"{json.dumps(sealed_report(officers))}\n")


def sealed_reports(folder: Path, count: int, officers: Sequence[str]) -> Sequence[Path]:
    """Files of so many sealed reports."""
    parts = [folder / f"sealed-{number}" for number in range(MAKERS)]
    with ProcessPoolExecutor(MAKERS) as pool:
        works = [pool.submit(write_reports, part, -(-count // MAKERS), officers) for part in parts]
    for one in works:
        one.result()
    return parts


def lines_of(parts: Sequence[Path]) -> Iterator[str]:
    """The reports of some files, one by one, since all of them are more than memory should hold."""
    for part in parts:
        with part.open() as file:
            yield from file


def answers_of(number: int, bodies: Sequence[str]) -> dict[str, str]:
    """What stands in the open; every other report names a body."""
    about = bodies[number % len(bodies)] if number % 2 else ""
    return {"topic": TOPICS[number % len(TOPICS)], "about": about, "place": PLACES[number % len(PLACES)]}


async def with_script(client: Client, number: int, sealed: str, bodies: Sequence[str]) -> bool:
    """Open the page, ask whose keys to seal to, and send; whether it was taken."""
    token = carried((await client.get("page", PAGE)).text)
    open_part = {"token": token, **answers_of(number, bodies)}
    head = json.dumps({"step": "route", **open_part}).encode()
    routed = await client.ask("route", DOOR, head + b"\n", "application/octet-stream", OK)
    told = json.loads(routed.text) if routed.status == OK else {}
    if "work" not in told:
        return False
    open_part |= {"about": str(told["about"]), "work": solved(told["work"])}
    start = json.dumps({"step": "send", **open_part})[:-1]
    body = f"{start}, {sealed[1:].rstrip()}\n".encode()
    sent = await client.ask("send", DOOR, body, "application/octet-stream", OK)
    return sent.status == OK and json.loads(sent.text).get("filed") is True


def solved(work: dict[str, Any]) -> str:
    """The calculation that a page is asked for, done by the library of those who made the protocol."""
    challenge = altcha.Challenge.from_dict(work)
    solution = altcha.solve_challenge(challenge)
    if solution is None:
        raise SystemExit("a calculation has no solution")
    return altcha.Payload(challenge, solution).to_base64()


async def without_script(client: Client, number: int, bodies: Sequence[str]) -> bool:
    """Open the page, send the form, look at it once more, and send it; whether a phrase came."""
    page = (await client.get("page", PAGE)).text
    answers = {**answers_of(number, bodies), "what": TEXT, "when": "наурызда", "amount": "500 000", "step": "check"}
    check = await form(client, "check", {**answers, "carried": carried(page)})
    receipt = await form(client, "send", {"carried": carried(check), "step": "send"})
    return bool(PHRASE.search(receipt))


async def form(client: Client, what: str, answers: dict[str, str]) -> str:
    """Send a form as browsers send one with files; the page that comes."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in answers.items()
    ]
    body = ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()
    return (await client.ask(what, PAGE, body, f"multipart/form-data; boundary={BOUNDARY}", OK)).text


def carried(page: str) -> str:
    """What a page carries to the next step; empty when it is no page of ours, which was noted as wrong."""
    found = CARRIED.search(page)
    return found[1] if found else ""
