"""The ledger is open to programs and to people: tiles, receipts, the explorer, the check."""

from __future__ import annotations

import base64
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw
from pytest_django import Settings

from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.roles import Role
from adaldyq.ledger import keys
from adaldyq.ledger.actions import append, forget
from adaldyq.ledger.audit import Seen, audit
from adaldyq.ledger.checkpoints import open_checkpoint
from adaldyq.ledger.cosignatures import cosign, cosigner
from adaldyq.ledger.leaves import Payload
from adaldyq.ledger.models import Leaf, StoredCheckpoint
from adaldyq.ledger.notes import SignerKey
from adaldyq.ledger.queries import receipt_of
from adaldyq.ledger.receipts import check_text
from adaldyq.ledger.sequencer import sequence

pytestmark = pytest.mark.django_db
ACT = "declarations.declaration.file"
BY = system("test")


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def record(count: int, *, act: str = ACT, at: datetime | None = None) -> None:
    with transaction.atomic():
        payloads: list[Payload] = [
            {"declaration": f"D{number}", "secret": "nobody may read this"} for number in range(count)
        ]
        append(act=act, payloads=payloads, at=at or timezone.now())


@pytest.fixture
def log() -> Leaf:
    """A log of 300 lines; the fourth of them."""
    record(300)
    sequence(at=timezone.now(), batch=200)
    return Leaf.objects.get(position=3)


class Pages:
    """The log as an auditor reads it, through the pages."""

    name = "http://testserver/ledger"

    def read(self, path: str) -> bytes | None:
        answer = Client().get(f"/ledger/{path}")
        return answer.content if answer.status_code == 200 else None


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "«Декларация тапсырылды» актісі туралы"), ("ru", "Она об акте «Подана декларация»")],
)
def test_a_receipt_tells_act_and_times_in_the_words_of_the_reader(log: Leaf, language: str, said: str) -> None:
    page = Client().get(f"/{language}/ledger/receipts/{log.reference}/").content.decode()
    told = page.partition("<pre")[0]
    assert said in told
    assert ACT not in told
    assert re.search(r"\d{4}-\d\d-\d\d", told) is None


def test_a_time_that_no_clock_shows_is_told_to_the_letter(log: Leaf) -> None:
    text = receipt_of(log)
    assert text
    forged = text.text().replace(text.facts()["at"][:10], "2026-13-41")  # type: ignore[index]  # a text
    answer = Client().post("/en/ledger/check/", {"text": forged})
    assert "2026-13-41" in answer.content.decode()


def test_the_whole_log_is_audited_through_its_public_files(log: Leaf, tmp_path: Path) -> None:
    found = audit(Pages(), Seen(tmp_path / "seen.json"), keys=keys.public_keys())
    assert found.verdict.holds
    assert (found.origin, found.size) == ("localhost/ledger", 300)
    record(1)
    sequence(at=timezone.now())
    again = audit(Pages(), Seen.load(tmp_path / "seen.json"))
    assert "audit-continued" in [step.code for step in again.verdict.steps]
    assert again.verdict.holds


@pytest.mark.parametrize(
    ("address", "kind", "cache"),
    [
        ("checkpoint", "text/plain; charset=utf-8", "public, max-age=2"),
        ("checkpoints/200", "text/plain; charset=utf-8", "public, max-age=300"),
        ("keys", "text/plain; charset=utf-8", "public, max-age=300"),
        ("tile/0/000", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("tile/0/001.p/44", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("tile/0/000.p/200", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("tile/1/000.p/1", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("tile/entries/001.p/44", "application/octet-stream", "public, max-age=31536000, immutable"),
    ],
)
def test_files_say_what_they_are_and_how_long_they_last(log: Leaf, address: str, kind: str, cache: str) -> None:
    answer = Client().get(f"/ledger/{address}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Cache-Control"] == cache
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "address",
    [
        "checkpoints/199",
        "tile/0/001",
        "tile/0/001.p/45",
        "tile/0/002.p/1",
        "tile/1/000.p/2",
        "tile/64/000",
        "tile/0/0",
        "tile/entries/001",
        "tile/entries/x999/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/63/x999/x999/x999/x999/x999/x999/x999/x999/999.p/1",
        "receipt/NOBODYS",
        "receipt/NOBODYS.json",
        "receipt/NOBODYS.svg",
    ],
)
def test_what_the_log_does_not_have_is_not_found(log: Leaf, address: str) -> None:
    assert Client().get(f"/ledger/{address}").status_code == 404


def test_an_empty_log_has_no_checkpoint_and_a_page() -> None:
    assert Client().get("/ledger/checkpoint").status_code == 404
    assert Client().get("/ledger/tile/0/000").status_code == 404
    page = Client().get("/en/ledger/")
    assert page.status_code == 200
    assert "Nothing has been signed yet." in page.content.decode()


def test_a_checkpoint_can_be_opened_with_the_published_key(log: Leaf) -> None:
    note = Client().get("/ledger/checkpoint").content.decode()
    [key] = Client().get("/ledger/keys").content.decode().split()
    assert str(keys.public_keys()[0]) == key
    assert open_checkpoint(note, keys.public_keys()).size == 300


def test_the_public_receipt_proves_the_act_and_does_not_tell_what_it_said(log: Leaf) -> None:
    page = Client().get(f"/en/ledger/receipts/{log.reference}/").content.decode()
    assert "The receipt holds: this line stands in the ledger." in page
    assert "Declaration filed" in page
    assert "room" not in page
    file = Client().get(f"/ledger/receipt/{log.reference}.json")
    assert file.headers["Content-Disposition"] == f'attachment; filename="receipt-{log.reference}.json"'
    assert check_text(file.content.decode(), keys.public_keys()).holds
    for text in (page, file.content.decode()):
        assert "nobody may read this" not in text
        assert base64.b64encode(log.salt or b"").decode() not in text
    assert "own" not in json.loads(file.content)
    assert Client().get(f"/en/ledger/receipts/{log.reference.lower()}/").status_code == 200


def test_a_line_that_waits_says_so() -> None:
    record(1)
    line = Leaf.objects.get()
    page = Client().get(f"/en/ledger/receipts/{line.reference}/").content.decode()
    assert "waits for its place in the public tree" in page
    assert Client().get(f"/ledger/receipt/{line.reference}.json").status_code == 404


def test_the_qr_code_leads_to_the_receipt(log: Leaf) -> None:
    svg = Client().get(f"/ledger/receipt/{log.reference}.svg")
    assert svg.headers["Content-Type"] == "image/svg+xml"
    address = read_qr(svg.content.decode())
    assert address == f"http://testserver/ledger/receipt/{log.reference}"
    answer = Client(headers={"Accept-Language": "ru"}).get(address.removeprefix("http://testserver"))
    assert answer.headers["Location"] == f"/ru/ledger/receipts/{log.reference}/"


def read_qr(svg: str) -> str:
    """What a phone reads from the picture: its strokes drawn on a canvas."""
    size = int(svg.partition('viewBox="0 0 ')[2].partition(" ")[0])
    picture = Image.new("L", (size * 8, size * 8), 255)
    draw = ImageDraw.Draw(picture)
    path = svg.rpartition(' d="')[2].partition('"')[0]
    x = y = 0.0
    for letter, text in re.findall(r"([Mmh])([-\d. ]+)", path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", text)]
        if letter == "h":
            draw.rectangle((x * 8, (y - 0.5) * 8, (x + numbers[0]) * 8 - 1, (y + 0.5) * 8 - 1), fill=0)
            x += numbers[0]
        else:
            x, y = numbers if letter == "M" else (x + numbers[0], y + numbers[1])
    [found] = zxingcpp.read_barcodes(picture)
    return str(found.text)


def sent(**given: Any) -> tuple[int, str]:
    answer = Client().post("/en/ledger/check/", given)
    return answer.status_code, answer.content.decode()


def test_a_pasted_receipt_is_checked_step_by_step(log: Leaf) -> None:
    found = receipt_of(log, own=True)
    assert found is not None
    status, page = sent(text=found.text())
    assert status == 200
    assert "The receipt holds" in page
    assert "Salt and payload are what the line commits to" in page
    status, page = sent(text=found.text().replace('\\"at\\":\\"20', '\\"at\\":\\"19'))
    assert "The receipt does not hold" in page
    assert "The proof does not lead from the line to the root of the tree." in page


def test_an_uploaded_receipt_is_checked_with_a_key_of_ones_own(log: Leaf) -> None:
    found = receipt_of(log)
    assert found is not None
    for key, words in (
        (keys.public_keys()[0], "The receipt holds"),
        (SignerKey.generate("x").verifier, "does not hold"),
    ):
        file = SimpleUploadedFile("receipt.json", found.text().encode())
        status, page = sent(file=file, key=str(key))
        assert status == 200
        assert words in page


def test_what_is_no_receipt_is_told_without_a_fault(log: Leaf) -> None:
    for text in ("nothing", "{}", "[" * 5000, "\x00"):
        status, page = sent(text=text)
        assert status in {200, 422}
        assert "does not hold" in page or "error" in page.lower()
    status, page = sent(file=SimpleUploadedFile("picture.png", bytes(range(256))))
    assert status == 200
    assert "This is not a receipt of a ledger" in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Paste the receipt, or choose its file."),
        ({"text": "{}", "key": "x"}, "This is not a key."),
        ({"text": "x" * 1_000_001}, "This is too long to be a receipt."),
    ],
)
def test_a_form_that_cannot_be_checked_names_its_field(given: dict[str, str], told: str) -> None:
    status, page = sent(**given)
    assert status == 422
    assert told in page
    assert "<title>Error: Check a receipt" in page


def test_a_receipt_given_twice_is_refused(log: Leaf) -> None:
    status, page = sent(text="{}", file=SimpleUploadedFile("receipt.json", b"{}"))
    assert status == 422
    assert "Give the receipt once" in page


@pytest.fixture
def citizen() -> Client:
    account = open_account(
        username="c", name="C", password_hash=make_password("a password of a test"), by=BY, at=timezone.now()
    )
    grant_role(account=account, role=Role.CITIZEN, by=BY, at=timezone.now())
    client = Client()
    client.force_login(account)
    with transaction.atomic():
        append(act=ACT, payloads=[{"declaration": "OWN"}], at=timezone.now(), holders=[actor_of(account).id])
    sequence(at=timezone.now())
    return client


def test_only_who_acted_gets_the_copy_that_opens_the_line(citizen: Client, log: Leaf) -> None:
    line = Leaf.objects.get(subject="OWN")
    assert line.reference in citizen.get("/en/ledger/mine/").content.decode()
    assert "Your own copy" in citizen.get(f"/en/ledger/receipts/{line.reference}/").content.decode()
    answer = citizen.get(f"/en/ledger/receipts/{line.reference}/own.json")
    assert json.loads(answer.content)["own"]["payload"] == '{"declaration":"OWN"}'
    assert "no-store" in answer.headers["Cache-Control"]
    assert check_text(answer.content.decode(), keys.public_keys()).steps[1].code == "step-opens"
    assert citizen.get(f"/en/ledger/receipts/{log.reference}/own.json").status_code == 404
    assert Client().get(f"/en/ledger/receipts/{line.reference}/own.json").status_code == 302
    assert "Your own copy" not in Client().get(f"/en/ledger/receipts/{line.reference}/").content.decode()


def test_an_erased_record_keeps_its_public_receipt_and_has_no_own_copy(citizen: Client) -> None:
    line = Leaf.objects.get(subject="OWN")
    with transaction.atomic():
        forget(Q(pk=line.pk))
    assert citizen.get(f"/en/ledger/receipts/{line.reference}/own.json").status_code == 404
    assert "The receipt holds" in citizen.get(f"/en/ledger/receipts/{line.reference}/").content.decode()


def test_the_explorer_counts_acts_by_day_and_by_month() -> None:
    now = timezone.now()
    record(2, at=now)
    for number in range(6):
        record(1, act=f"room.kind{number}.make", at=now - timedelta(days=1))
    sequence(at=now)
    page = Client().get("/en/ledger/").content.decode()
    assert "Acts in the ledger by day" in page
    assert "All other acts" in page
    assert "Acts in the ledger by month" in Client().get("/en/ledger/?by=month").content.decode()
    answer = Client().get("/en/ledger/acts.csv")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").split("\r\n")  # type: ignore[attr-defined]  # it is a stream
    assert rows[0] == "day,act,lines"
    assert f"{timezone.localdate(now).isoformat()},{ACT},2" in rows


def test_the_history_is_paged() -> None:
    for _number in range(52):
        record(1)
        sequence(at=timezone.now())
    first = Client().get("/en/ledger/history/").content.decode()
    assert "Older checkpoints" in first
    assert "?before=3" in first
    last = Client().get("/en/ledger/history/?before=3").content.decode()
    assert "Newest checkpoints" in last
    assert "/ledger/checkpoints/2" in last
    assert Client().get("/en/ledger/history/?before=x").status_code == 200
    assert Client().get(f"/en/ledger/history/?before={'9' * 50}").status_code == 200


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_is_there_in_every_language(language: str, log: Leaf, citizen: Client) -> None:
    for page in ("", "history/", "check/", "mine/", f"receipts/{log.reference}/"):
        assert citizen.get(f"/{language}/ledger/{page}").status_code == 200


@pytest.fixture
def watched(log: Leaf, settings: Settings) -> list[SignerKey]:
    """Two witnesses whose keys are known, of which the first has cosigned the newest checkpoint."""
    witnesses = [cosigner(f"witness.example/{number}") for number in (1, 2)]
    settings.LEDGER_WITNESSES = ",".join(f"http://127.0.0.1:9 {one.verifier}" for one in witnesses)
    newest = StoredCheckpoint.objects.get(size=300)
    line = cosign(newest.cosigned().text, witnesses[0], at=timezone.now())
    newest.cosignatures.create(witness=line.name, line=str(line), stated_at=timezone.now())
    return witnesses


def test_a_receipt_tells_how_many_of_the_known_witnesses_cosigned_it(log: Leaf, watched: list[SignerKey]) -> None:
    words = "Cosigned by 1 of the 2 known witnesses: witness.example/1."
    page = Client().get(f"/en/ledger/receipts/{log.reference}/").content.decode()
    assert words in page
    assert f"--witness &#x27;{watched[1].verifier}&#x27;" in page
    found = receipt_of(log)
    assert found is not None
    assert words in sent(text=found.text())[1]
    status, page = sent(text=found.text(), witnesses=f"{watched[1].verifier}\n")
    assert status == 200
    assert "The one known witness has not cosigned it: witness.example/2." in page
    status, page = sent(text=found.text(), witnesses="no key")
    assert status == 422
    assert "This is not a key of a witness." in page


def test_without_witnesses_a_receipt_says_so(log: Leaf, settings: Settings) -> None:
    settings.LEDGER_WITNESSES = ""
    words = "No key of a witness is known here, so nobody but the ledger itself vouches for it."
    assert words in Client().get(f"/en/ledger/receipts/{log.reference}/").content.decode()


def test_the_keys_of_the_witnesses_are_published_with_what_they_signed_last(watched: list[SignerKey]) -> None:
    listed = Client().get("/ledger/witnesses").content.decode()
    assert listed.splitlines() == [str(one.verifier) for one in watched]
    page = Client().get("/en/ledger/").content.decode()
    for one in (*watched, keys.signing_keys()[0]):
        assert str(one.verifier) in page
    answer = Client().post(
        "/api/v1/ledger/receipts-check",
        {"receipt": Client().get(f"/ledger/receipt/{Leaf.objects.get(position=3).reference}.json").content.decode()},
        content_type="application/json",
    )
    assert "step-witnessed" in {step["code"] for step in answer.json()["steps"]}
