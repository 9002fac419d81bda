"""What the tests of backups do within an installation, each in a process of its own."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import sys
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.actions.erasures import confirm_erasure, propose_erasure
from adaldyq.kernel.actions.people import Spelling, register_person
from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.models import Account, Erasure, Person, PersonName, Upload
from adaldyq.kernel.models.uploads import REMOVED
from adaldyq.kernel.roles import Role
from adaldyq.kernel.uploads import store
from adaldyq.kernel.uploads.actions import attach, remove_upload, take_in
from adaldyq.kernel.uploads.purposes import EVIDENCE
from adaldyq.ledger import keys, queries
from adaldyq.ledger.actions import append, forget
from adaldyq.ledger.guard import Guard, cosign_guarded, sequence_guarded
from adaldyq.ledger.models import Leaf
from adaldyq.ledger.receipts import Receipt, check
from adaldyq.ledger.witnessing import Rounds
from adaldyq.verification.models import Run

BY = system("test")
NAME = "Зейнегүл Ерасылқызы"
PASSWORD = "a long enough password"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
LEAST = 30  # acts that a writer does before it says that it is at work


def prepare(folder: Path) -> None:
    """Fill a prepared database: an analyst who has files and an authenticator app, and receipts of it all."""
    analyst = open_account(
        username="analyst", name="A", password_hash=make_password(PASSWORD), by=BY, at=timezone.now()
    )
    grant_role(account=analyst, role=Role.AGENCY_ANALYST, by=BY, at=timezone.now())
    secret = generate_totp_secret()
    TOTP.activate(analyst, secret)
    (folder / "totp").write_text(secret)
    for number in range(4):
        taken = take_in(
            purpose=EVIDENCE,
            name="act.pdf",
            content=PDF + bytes([65 + number]),
            by=actor_of(analyst),
            at=timezone.now(),
        )
        (folder / f"upload-{number}").write_text(taken.pk)
    register_somebody(folder)
    sequence()
    for line in Leaf.objects.exclude(position=None):
        receipt = queries.receipt_of(line, own=True)
        assert receipt is not None
        (folder / f"receipt-{line.position}.json").write_text(receipt.text())


def register_somebody(folder: Path) -> None:
    """A person whom two registrars erase after the backup."""
    for name in ("first", "second"):
        account = open_account(
            username=name, name=name, password_hash=make_password(PASSWORD), by=BY, at=timezone.now()
        )
        grant_role(account=account, role=Role.REGISTRAR, by=BY, at=timezone.now())
    origin = Provenance("a register of a test", timezone.localdate())
    person = register_person(
        names=[Spelling("kk", "Cyrl", NAME)], number=None, origin=origin, by=BY, at=timezone.now()
    )  # fmt: skip
    (folder / "person").write_text(person.pk)
    (folder / "line-of-person").write_text(Leaf.objects.get(act="kernel.person.register").reference)


def older(_folder: Path) -> None:
    """A database as an earlier version left it, which knew less."""
    call_command("migrate", "ledger", verbosity=0)


def write(folder: Path) -> None:
    """Act and sequence until the file `stop` is there."""
    gone = Upload.objects.get(pk=(folder / "upload-3").read_text())
    attach(upload=gone, subject=Account.objects.get(username="analyst"), by=BY, at=timezone.now())
    done = 0
    while done < LEAST or not (folder / "stop").exists():
        with transaction.atomic():
            append(act="room.record.make", payloads=[{"record": f"R{done}"}], at=timezone.now())
        sequence()
        done += 1
        if done == LEAST:
            sys.stdout.write("writing\n")
            sys.stdout.flush()
    erase(folder)


def erase(folder: Path) -> None:
    """Erase a line of the ledger and a file, after the backup."""
    receipt = Receipt.parse((folder / "receipt-0.json").read_text())
    with transaction.atomic():
        assert forget(Q(reference=receipt.reference)) == 1
    remove_upload(upload=Upload.objects.get(pk=(folder / "upload-3").read_text()), by=BY, at=timezone.now())
    first, second = (actor_of(Account.objects.get(username=name)) for name in ("first", "second"))
    asked = propose_erasure(
        person=Person.objects.get(pk=(folder / "person").read_text()),
        ground=Erasure.Ground.ORDER,
        legal_basis="Decision 7 of the city court",
        reason="The court ordered it.",
        by=first,
        at=timezone.now(),
    )
    confirm_erasure(erasure=asked, by=second, at=timezone.now())


def erase_and_die(folder: Path) -> None:
    """The same, by a process that is killed as soon as the erasure is committed."""
    gone = Upload.objects.get(pk=(folder / "upload-3").read_text())
    attach(upload=gone, subject=Account.objects.get(username="analyst"), by=BY, at=timezone.now())
    with transaction.atomic():
        transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
        erase(folder)


def sequence() -> None:
    """Sequence what waits, as the worker does."""
    guard = Guard.of_settings()
    sequence_guarded(guard, at=timezone.now())
    cosign_guarded(guard, Rounds(guard.witnesses))


def look(folder: Path) -> None:
    """Hold what is here to be what `prepare` left: files open, receipts hold, staff sign in. Then go on."""
    for number in range(3):
        upload = Upload.objects.get(pk=(folder / f"upload-{number}").read_text())
        assert store.take(upload.place, sealed=upload.sealed) == PDF + bytes([65 + number])
    gone = Upload.objects.get(pk=(folder / "upload-3").read_text())
    assert gone.state == REMOVED
    assert not store.file_exists(gone.place)
    assert not PersonName.objects.exists()
    assert not Person.objects.filter(pk=(folder / "person").read_text()).exists()
    receipts = [Receipt.parse(file.read_text()) for file in folder.glob("receipt-*.json")]
    assert receipts
    for old in receipts:
        assert check(old, keys.public_keys()).holds
        again = queries.receipt_of(Leaf.objects.get(reference=old.reference), own=True)
        assert again is not None
        assert (again.entry, again.index) == (old.entry, old.index)
        forgotten = not old.index or old.reference == (folder / "line-of-person").read_text()
        assert again.salt == (None if forgotten else old.salt)
        assert check(again, keys.public_keys()).holds
    sign_in((folder / "totp").read_text())
    sys.stdout.write(grow())


def visit(folder: Path) -> None:
    """Print what an analyst is shown on the page of each run: a hash of it, by the run."""
    analyst, secret = Account.objects.filter(username="analyst").first(), folder / "totp-of-visit"
    if analyst is None:
        analyst = open_account(
            username="analyst", name="A", password_hash=make_password(PASSWORD), by=BY, at=timezone.now()
        )
        grant_role(account=analyst, role=Role.AGENCY_ANALYST, by=BY, at=timezone.now())
        secret.write_text(generate_totp_secret())
        TOTP.activate(analyst, secret.read_text())
    browser, shown = sign_in(secret.read_text()), {}
    for run in Run.objects.order_by("started_at"):
        page = browser.get(f"/en/verification/runs/{run.pk}/")
        assert "no longer kept" not in page.content.decode()
        main = page.content.partition(b"<main")[2].partition(b"</main>")[0]
        same = re.sub(rb'value="[^"]*"', b"", main)
        shown[run.pk] = [page.status_code, len(main) > 0, hashlib.sha256(same).hexdigest()]
    sys.stdout.write(json.dumps(shown))


def browse_here() -> None:
    """Let a browser of this process be answered."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)


def sign_in(secret: str) -> Client:
    """Sign the analyst in by password and code."""
    browse_here()
    browser = Client()
    browser.post("/en/sign-in/", {"username": "analyst", "password": PASSWORD})
    code = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))
    browser.post("/en/sign-in/code/", {"code": code})
    assert browser.session["_auth_user_id"] == Account.objects.get(username="analyst").pk
    return browser


def grow() -> str:
    """Append a line and sequence it; says why not when the ledger may not be signed."""
    with transaction.atomic():
        append(act="room.record.make", payloads=[{"record": "later"}], at=timezone.now())
    try:
        sequence()
    except DomainError as refusal:
        return refusal.code
    return "signed"


def main() -> None:
    """Do what the command line says."""
    {one.__name__: one for one in (prepare, older, write, erase_and_die, look, visit)}[sys.argv[1]](Path(sys.argv[2]))
