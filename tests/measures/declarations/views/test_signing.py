"""A person signs a declaration with a certificate: what is handed out, what comes back, and what is filed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as own_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from adaldyq.kernel.models import Person, PersonIdentifier, Signature, Upload
from adaldyq.kernel.uploads import store
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.models import Declaration, Draft, Obligation
from adaldyq.project.idp import certificates
from adaldyq.project.idp.certificates import Authority, Holder
from tests import factories
from tests.measures.declarations.views.journey import CAR, account_of, address, answered, begun

pytestmark = pytest.mark.django_db

NUMBER, OTHERS = "750301300123", "800101400456"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def numbered(number: str) -> Person:
    made = factories.person()
    factories.loaded("person_identifier", PersonIdentifier(person=made, scheme="IIN", country="KZ", value=number))
    return made


@pytest.fixture
def person() -> Person:
    return numbered(NUMBER)


@pytest.fixture
def client(person: Person) -> Client:
    browser = Client()
    browser.force_login(account_of(person))
    return browser


@pytest.fixture
def roots(settings: Any, tmp_path: Path) -> Path:
    settings.SIGNATURE_ROOTS = tmp_path / "roots"
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "roots"


@pytest.fixture
def authority(roots: Path) -> Authority:
    made = certificates.new_authority(timezone.now())
    certificates.trust_root(made.certificate)
    return made


def holder(authority: Authority, number: str = NUMBER, since: timedelta = -DAY, until: timedelta = DAY) -> Holder:
    now = timezone.now()
    return certificates.issue(authority, number, "Сериков Ерлан", since=now + since, until=now + until)


def filled_in(client: Client, person: Person) -> Draft:
    draft = begun(client, person)
    client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    answered(client, draft)
    return draft


def handed_out(client: Client, draft: Draft, kind: str = "json") -> bytes:
    return client.get(address(f"draft-{kind}", draft.pk)).content


def send(client: Client, draft: Draft, content: bytes, name: str = "declaration.p7s") -> tuple[int, str]:
    """What the page answers to a signature: status, and where it leads or what it says."""
    page = client.get(address("draft-certificate", draft.pk)).content.decode()
    boxes = dict(re.findall(r'name="(seen|form_key)" value="([^"]+)"', page))
    answer = client.post(address("draft-certificate", draft.pk), {**boxes, "file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_a_detached_signature_files_what_was_signed_and_is_kept_with_it(
    client: Client, person: Person, authority: Authority
) -> None:
    draft = filled_in(client, person)
    assert address("draft-certificate", draft.pk) in client.get(address("draft-check", draft.pk)).content.decode()
    data = handed_out(client, draft)
    assert json.loads(data)["sections"]["vehicle"][0]["value"] == "9500000.50"
    made = certificates.signature(holder(authority), data)
    page = client.get(address("draft-certificate", draft.pk)).content.decode()
    status, place = send(client, draft, made)
    filed = Declaration.objects.get()
    assert (status, place) == (302, address("filed", filed.pk))
    boxes = dict(re.findall(r'name="(seen|form_key)" value="([^"]+)"', page))
    again = client.post(address("draft-certificate", draft.pk), {**boxes, "file": SimpleUploadedFile("a.p7s", made)})
    assert again.headers["Location"] == place
    kept = Signature.objects.get()
    assert (kept.subject_id, kept.form, kept.person_id) == (filed.pk, "cms", person.pk)
    upload = Upload.objects.get()
    assert upload.sealed
    assert store.take(upload.place, sealed=True) == made
    page = client.get(place).content.decode()
    assert "Сериков Ерлан, KZ" in page
    assert "Adaldyq sample country authority" in page
    assert upload.sha256 in page
    assert client.get(address("signed-json", filed.pk)).content == data
    (line,) = Leaf.objects.filter(act="kernel.signature.keep")
    assert json.loads(line.payload)["sha256"] == upload.sha256  # type: ignore[arg-type]  # it was not erased
    assert Leaf.objects.filter(act="declarations.declaration.file", subject=filed.pk).exists()


def test_a_pdf_signed_within_files_in_any_language_and_nobody_else_sees_it(
    client: Client, person: Person, authority: Authority
) -> None:
    draft = filled_in(client, person)
    english = handed_out(client, draft, "pdf")
    russian = client.get(address("draft-pdf", draft.pk).replace("/en/", "/ru/")).content
    translation.activate("en")
    assert russian != english
    stranger = Client()
    stranger.force_login(account_of(numbered(OTHERS), "stranger"))
    for name in ("draft-certificate", "draft-json", "draft-pdf"):
        assert stranger.get(address(name, draft.pk)).status_code == 404
    status, _place = send(client, draft, certificates.signed_pdf(holder(authority), russian), "signed.pdf")
    assert status == 302
    assert Signature.objects.get().form == "pades"
    filed = Declaration.objects.get()
    assert stranger.get(address("signed-json", filed.pk)).status_code == 404
    assert stranger.get(f"/en/desk/files/{Upload.objects.get().pk}/").status_code == 404


def altered(client: Client, draft: Draft, authority: Authority) -> bytes:
    made = certificates.signature(holder(authority), handed_out(client, draft))
    changed = {**CAR, "revision": "1", "value": "9 500 000"}
    client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), changed)
    answered(client, draft)
    return made


def signed_by(make: Callable[[Authority], Holder]) -> Callable[[Client, Draft, Authority], bytes]:
    return lambda client, draft, authority: certificates.signature(make(authority), handed_out(client, draft))


def revoked(client: Client, draft: Draft, authority: Authority) -> bytes:
    own = holder(authority)
    gone = certificates.revocation_list(authority, [own.certificate.serial_number], at=timezone.now())
    listed(gone)
    return certificates.signature(own, handed_out(client, draft))


def stale(client: Client, draft: Draft, authority: Authority) -> bytes:
    listed(certificates.revocation_list(authority, [], at=timezone.now() - 3 * DAY))
    return certificates.signature(holder(authority), handed_out(client, draft))


def listed(content: bytes) -> None:
    (Path(own_settings.SIGNATURE_ROOTS) / "authority.crl").write_bytes(content)


def for_other_use(authority: Authority) -> Holder:
    now = timezone.now()
    return certificates.issue(authority, NUMBER, "Сериков Ерлан", since=now, until=now + DAY, signs=False)


REFUSED = {
    "of another person": (signed_by(lambda one: holder(one, OTHERS)), "certificate is that of Сериков Ерлан"),
    "of nobody here": (signed_by(lambda one: holder(one, "1")), "certificate is that of Сериков Ерлан"),
    "expired": (signed_by(lambda one: holder(one, since=-3 * DAY, until=-DAY)), "certificate has expired"),
    "too early": (signed_by(lambda one: holder(one, since=DAY, until=2 * DAY)), "not in force yet"),
    "unknown": (
        signed_by(lambda _: holder(certificates.new_authority(timezone.now()))),
        "authority that is not trusted",
    ),
    "revoked": (revoked, "certificate was revoked"),
    "with an old list": (stale, "cannot be told now whether the certificate was revoked"),
    "for other use": (signed_by(for_other_use), "not one for signing"),
    "garbage": (lambda *_: b"\x30\x82\x01garbage", "is not a signature that can be read"),
    "cut": (lambda *given: signed_by(holder)(*given)[:400], "is not a signature that can be read"),
    "altered": (altered, "of another document than what would be filed now"),
}


def test_a_signature_that_does_not_hold_files_nothing_and_says_why(
    client: Client, person: Person, authority: Authority, roots: Path
) -> None:
    numbered(OTHERS)
    draft = filled_in(client, person)
    for case, (make, words) in REFUSED.items():
        (roots / "authority.crl").unlink(missing_ok=True)
        status, said = send(client, draft, make(client, draft, authority))
        assert (case, status) == (case, 422)
        assert words in said, case
        assert 'id="id_file-error"' in said
    assert not Declaration.objects.exists()
    assert not Upload.objects.exists()


def test_a_pdf_that_was_changed_before_it_was_signed_is_refused(
    client: Client, person: Person, authority: Authority
) -> None:
    draft = filled_in(client, person)
    writer = IncrementalPdfFileWriter(BytesIO(handed_out(client, draft, "pdf")))
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(writer.add_object(pdf_string("other")).get_object())
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    status, said = send(client, draft, certificates.signed_pdf(holder(authority), out.getvalue()), "signed.pdf")
    assert (status, "of another document" in said) == (422, True)
    status, said = send(client, draft, handed_out(client, draft, "pdf"), "unsigned.pdf")
    assert (status, "is not a signature that can be read" in said) == (422, True)
    assert not Declaration.objects.exists()


def test_what_was_changed_while_the_page_was_open_is_not_filed_though_it_was_signed(
    client: Client, person: Person, authority: Authority
) -> None:
    draft = filled_in(client, person)
    made = certificates.signature(holder(authority), handed_out(client, draft))
    sent = {"seen": "of an older page", "file": SimpleUploadedFile("a.sig", made)}
    answer = client.post(address("draft-certificate", draft.pk), sent)
    assert answer.status_code == 422
    assert "changed in another window" in answer.content.decode()
    assert not Declaration.objects.exists()


def test_nobody_is_offered_a_certificate_where_none_is_trusted(client: Client, person: Person, roots: Path) -> None:
    draft = filled_in(client, person)
    assert address("draft-certificate", draft.pk) not in client.get(address("draft-check", draft.pk)).content.decode()
    assert client.get(address("draft-certificate", draft.pk)).status_code == 404


def test_the_last_day_may_pass_while_the_certificate_is_taken_out(
    client: Client, person: Person, authority: Authority
) -> None:
    draft = filled_in(client, person)
    Obligation.objects.update(due_date=timezone.localdate())
    page = client.get(address("draft-certificate", draft.pk)).content.decode()
    boxes = dict(re.findall(r'name="(seen|form_key|in_time)" value="([^"]*)"', page))
    made = certificates.signature(holder(authority), handed_out(client, draft))
    Obligation.objects.update(due_date=timezone.localdate() - DAY)

    def sent(**changed: str) -> Any:
        file = SimpleUploadedFile("declaration.p7s", made)
        return client.post(address("draft-certificate", draft.pk), {**boxes, **changed, "file": file})

    asked = sent()
    assert (asked.status_code, Declaration.objects.count()) == (422, 0)
    assert "File again: it counts as late" in asked.content.decode()
    assert 'name="in_time" value="1"' not in asked.content.decode()
    assert "Filed late" in client.get(sent(in_time="").headers["Location"]).content.decode()
