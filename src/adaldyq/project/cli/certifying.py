"""`adaldyq demo certificate` and `adaldyq demo sign`: certificates of the sample country's invented people."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.base.signature_forms import is_pdf
from adaldyq.kernel.models import Account, PersonIdentifier
from adaldyq.kernel.naming import names_of
from adaldyq.kernel.sample import demo_sign_ins_present
from adaldyq.project.cli.output import console
from adaldyq.project.doctor.outcomes import in_production
from adaldyq.project.idp import certificates
from adaldyq.project.idp.certificates import Holder

PASSWORD = "sample"  # noqa: S105  # of a key that anybody here can make
SIGNED = "signed"


def holder_of(user: str) -> Holder:
    """A new certificate of a person of the sample country, good for a year.

    Args:
        user: a sign-in of the sample country, or the number of a person.

    Raises:
        DomainError: `no-certificates-in-production`, `no-sample-country`, `no-sample-person`.
    """
    if in_production():
        raise DomainError("no-certificates-in-production")
    if not demo_sign_ins_present():
        raise DomainError("no-sample-country")
    numbers = PersonIdentifier.objects.filter(scheme=settings.SIGNATURE_SCHEME, valid_to=None)
    account = Account.objects.filter(username=user, is_sample=True).exclude(person=None).first()
    found = numbers.filter(person_id=account.person_id) if account else numbers.filter(value=user)
    number = found.first()
    if number is None:
        raise DomainError("no-sample-person", field="user", value=user)
    now = timezone.now()
    authority = certificates.authority_of(settings.DATA_DIR, at=now)
    name = names_of([number.person_id]).get(number.person_id, number.value)
    until = now + timedelta(days=certificates.CERTIFICATE_DAYS)
    return certificates.issue(authority, number.value, name, since=now, until=until)


@click.command(
    help=_(
        "Make a certificate of a person of the sample country, with its key, for a signing program (PKCS #12).\n\n"
        "USER is a sign-in of the sample country, or a person’s number. The password of the file is `sample`. "
        "Not on a server for others."
    )
)
@click.argument("user", metavar="USER")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
def certificate(user: str, file: Path) -> None:
    """Write the certificate and its key."""
    made = holder_of(user).p12(PASSWORD)
    file.touch(mode=0o600)
    file.write_bytes(made)
    console.print(_("Written: %(file)s") % {"file": file}, soft_wrap=True, markup=False)


@click.command(
    help=_(
        "Sign a file as a person of the sample country, as a signing program would.\n\n"
        "Writes FILE.p7s, a signature beside the file (CMS). With --within, and a PDF, writes FILE with the signature "
        "within (PAdES), its name ending in `-signed.pdf`. USER as for `demo certificate`. Not on a server for others."
    )
)
@click.argument("user", metavar="USER")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--within", is_flag=True, help=_("Put the signature into the PDF."))
def sign(user: str, file: Path, *, within: bool) -> None:
    """Write the signature."""
    holder, content = holder_of(user), file.read_bytes()
    if within and not is_pdf(content):
        raise click.UsageError(_("--within needs a PDF."))
    if within:
        target, made = file.with_name(f"{file.stem}-{SIGNED}.pdf"), certificates.signed_pdf(holder, content)
    else:
        target, made = file.with_name(f"{file.name}.p7s"), certificates.signature(holder, content)
    target.write_bytes(made)
    console.print(_("Written: %(file)s") % {"file": target}, soft_wrap=True, markup=False)
