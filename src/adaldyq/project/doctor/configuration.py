"""Whether the settings are those of a server that others may use."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.countries.loader import folder_of, read
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.sample import demo_sign_ins_present
from adaldyq.kernel.signatures import trust
from adaldyq.kernel.uploads import scanning
from adaldyq.ledger import keys as ledger_keys
from adaldyq.project import env
from adaldyq.project.doctor.outcomes import Conditions, Outcome, bad, bad_when, good, in_production, look

SHORTEST_KEY, LEAST_CHARACTERS = 40, 8
SECRET_FILES = (
    "secret-key",
    "files-key",
    "snapshots-key",
    ledger_keys.FILE,
    "adaldyq.sqlite3",
    "outside-backups/witness/key",
)
OTHERS = stat.S_IRWXG | stat.S_IRWXO
SECONDS = 5.0


def debugging(conditions: Conditions) -> Iterator[Outcome]:
    """That no page shows the insides of the program."""
    if settings.DEBUG:
        yield bad("debug", _("DEBUG is on: error pages show code and data."), _("Set DEBUG to False."))
    else:
        yield good("debug", _("DEBUG is off."))


def secret_key(conditions: Conditions) -> Iterator[Outcome]:
    """That nobody can guess the key that signs sessions."""
    key = str(settings.SECRET_KEY)
    if len(key) < SHORTEST_KEY or len(set(key)) < LEAST_CHARACTERS or key.startswith("django-insecure"):
        yield bad_when(
            in_production(),
            "secret-key",
            _("The key that signs sessions can be guessed."),
            _("Leave ADALDYQ_SECRET_KEY out, then one is made; or set it to 50 random characters."),
        )
    else:
        yield good("secret-key", _("The key that signs sessions is long enough."))


def hosts(conditions: Conditions) -> Iterator[Outcome]:
    """That the server answers to its own names only."""
    names = ", ".join(settings.ALLOWED_HOSTS)
    if "*" in settings.ALLOWED_HOSTS:
        yield bad(
            "hosts",
            _("The server answers to every name, so links in messages can be forged."),
            _("Set ADALDYQ_HOSTS to the names under which people open the pages."),
        )
    elif not in_production():
        yield look(
            "hosts",
            _("Only this machine is served: %(names)s.") % {"names": names},
            _("For others, set ADALDYQ_HOSTS to the names under which people open the pages."),
        )
    else:
        yield good("hosts", _("The server answers to: %(names)s.") % {"names": names})


def https(conditions: Conditions) -> Iterator[Outcome]:
    """That cookies travel encrypted only, and that links in messages lead there."""
    secure = settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_SSL_REDIRECT
    if not secure:
        yield bad_when(
            in_production(),
            "https",
            _("Pages and sign-ins travel unencrypted."),
            _("Put a proxy with TLS before the server and set ADALDYQ_HTTPS=1: docs/how-to/deploy.md."),
        )
    else:
        yield good("https", _("Pages are served over HTTPS only, cookies too."))
    place = urlsplit(settings.SITE_ADDRESS)
    fits = place.hostname in settings.ALLOWED_HOSTS and (place.scheme == "https") == bool(secure)
    if fits:
        yield good("address", _("Links in messages lead to %(address)s.") % {"address": settings.SITE_ADDRESS})
    else:
        yield bad_when(
            in_production(),
            "address",
            _("Links in messages lead to %(address)s, which is not where the pages are.")
            % {"address": settings.SITE_ADDRESS},
            _("Set ADALDYQ_ADDRESS to the address of the first page, with https:// and a name of ADALDYQ_HOSTS."),
        )


def variables(conditions: Conditions) -> Iterator[Outcome]:
    """That no variable is misspelt: one that nobody reads changes nothing, and nobody notices."""
    known = {name for name, _meaning in env.VARIABLES} | {"ADALDYQ_BROWSER"}
    unknown = sorted(name for name in os.environ if name.startswith("ADALDYQ_") and name not in known)
    if unknown:
        yield look(
            "variables",
            _("Nobody reads these variables: %(names)s.") % {"names": ", ".join(unknown)},
            _("Correct their names: `adaldyq --help` lists those that are read."),
        )
    else:
        yield good("variables", _("Every variable that is set is one that is read."))


def mail(conditions: Conditions) -> Iterator[Outcome]:
    """That e-mail has a server, and the server answers."""
    if not settings.MAIL_IS_SENT:
        yield look(
            "mail",
            _("No e-mail is sent: there is no mail server."),
            _("Set ADALDYQ_SMTP and ADALDYQ_MAIL_FROM; until then people find messages on their pages only."),
        )
        return
    yield from reached("mail", settings.EMAIL_HOST, int(settings.EMAIL_PORT), "ADALDYQ_SMTP")


def sms(conditions: Conditions) -> Iterator[Outcome]:
    """That SMS have a gateway, and the gateway answers."""
    if settings.DOOR_SMS and not settings.SMS_GATEWAY:
        yield bad(
            "sms",
            _("No report comes by SMS: its sender could not be answered."),
            _("Set ADALDYQ_SMS, or take ADALDYQ_DOOR_SMS out."),
        )
        return
    if not settings.SMS_GATEWAY:
        yield look("sms", _("No SMS is sent: there is no gateway."), _("Set ADALDYQ_SMS if people are to get SMS."))
        return
    parts = urlsplit(settings.SMS_GATEWAY)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    yield from reached("sms", parts.hostname or "", port, "ADALDYQ_SMS")


def reached(check: str, host: str, port: int, variable: str) -> Iterator[Outcome]:
    """That somebody listens on a port."""
    facts = {"place": f"{host}:{port}", "variable": variable}
    try:
        socket.create_connection((host, port), SECONDS).close()
    except OSError as error:
        yield bad(
            check,
            _("%(place)s does not answer: %(error)s.") % (facts | {"error": error.strerror or type(error).__name__}),
            _("Check %(variable)s, the firewall and the server there. Messages wait and are tried again.") % facts,
        )
    else:
        yield good(check, _("%(place)s answers.") % facts)


def scanner(conditions: Conditions) -> Iterator[Outcome]:
    """That the scanner of uploads answers, when there is one."""
    if not scanning.is_scanned():
        yield look(
            "scanner",
            _("Files that people hand in are not scanned."),
            _("Run a ClamAV daemon and name it in ADALDYQ_CLAMD."),
        )
        return
    answer = scanning.asked(b"adaldyq doctor")
    if answer.endswith("OK"):
        yield good("scanner", _("The scanner of files answers."))
    else:
        yield bad(
            "scanner",
            _("The scanner of files does not answer, so no file is taken: %(error)s.") % {"error": answer[:100]},
            _("Start the ClamAV daemon, or correct ADALDYQ_CLAMD."),
        )


def key_files(conditions: Conditions) -> Iterator[Outcome]:
    """That only the program can read what must stay secret."""
    folder = Path(settings.DATA_DIR)
    places = [folder, *(folder / name for name in SECRET_FILES)]
    open_ones = [place for place in places if place.exists() and place.stat().st_mode & OTHERS]
    for place in open_ones:
        mode = "700" if place.is_dir() else "600"
        yield bad(
            "permissions",
            _("Others on this machine may read %(place)s.") % {"place": place},
            f"chmod {mode} {place}",
        )
    if not open_ones:
        yield good("permissions", _("Only the program may read its keys and data."))


def sample_sign_ins(conditions: Conditions) -> Iterator[Outcome]:
    """That nobody signs in with the passwords and codes of the sample country, which everybody knows."""
    names = demo_sign_ins_present()
    if names:
        yield bad_when(
            in_production(),
            "sample-sign-ins",
            _("The sample country’s sign-ins are open, and everybody knows their passwords: %(names)s.")
            % {"names": ", ".join(names)},
            _(
                "Start production with an empty database (`adaldyq run --no-demo`), or close each: `adaldyq account close`."
            ),
        )
    else:
        yield good("sample-sign-ins", _("No sign-in of the sample country is open; `adaldyq demo code` has no use."))


def authorities(conditions: Conditions) -> Iterator[Outcome]:
    """That people can sign by the certificates of authorities that the country trusts, and by no invented ones."""
    try:
        known = trust.trusted()
    except DomainError as error:
        yield bad("certificates", sentence(error), str(trust.folder()))
        return
    if not known.roots:
        yield look(
            "certificates",
            _("No authority is trusted, so nobody can sign with a certificate."),
            _("Put its certificate into %(folder)s: docs/how-to/accept-certificates.md.") % {"folder": trust.folder()},
        )
        return
    if sample := trust.sample_roots(known):
        yield bad_when(
            in_production(),
            "certificates",
            _("Certificates of the sample country are trusted, and anybody can make them: %(names)s.")
            % {"names": "; ".join(sample)},
            _("Remove %(file)s from %(folder)s.") % {"file": trust.SAMPLE_FILE, "folder": trust.folder()},
        )
    elif not known.lists:
        yield look(
            "certificates",
            _("Nobody asks whether a certificate was revoked: there is no revocation list."),
            _("Fetch the authority’s list into %(folder)s every day: docs/how-to/accept-certificates.md.")
            % {"folder": trust.folder()},
        )
    else:
        yield good("certificates", _("People can sign with certificates of authorities that are trusted."))


def country_pack(conditions: Conditions) -> Iterator[Outcome]:
    """That the country pack has no mistake."""
    mistakes = read(folder_of(settings.COUNTRY)).report.mistakes
    for mistake in mistakes:
        yield bad("country", sentence(mistake), _("`adaldyq country check %(pack)s`") % {"pack": settings.COUNTRY})
    if not mistakes:
        yield good("country", _("The country pack “%(pack)s” has no mistakes.") % {"pack": settings.COUNTRY})
