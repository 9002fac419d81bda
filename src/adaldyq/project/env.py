"""What the operator decides through the environment, read in one place."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from adaldyq.base.errors import DomainError
from adaldyq.base.words import gettext_noop as _
from adaldyq.countries.loader import load
from adaldyq.countries.pack import CountryPack
from adaldyq.countries.problems import SENTENCES

MOST_REPORT_WORK = 1000

VARIABLES = (
    ("ADALDYQ_DATA_DIR", _("folder for everything the program writes; without it, `var` in the current folder")),
    ("DATABASE_URL", _("the database, `sqlite:///…` or `postgres://…`; without it, SQLite in the data folder")),
    ("ADALDYQ_SECRET_KEY", _("signs sessions; without it, one is made once and kept in the data folder")),
    ("ADALDYQ_HOSTS", _("host names served, separated by commas; without it, this machine only")),
    ("ADALDYQ_HTTPS", _("`1` when visitors come over HTTPS; without it, plain HTTP")),
    (
        "ADALDYQ_ADDRESS",
        _("address at which people open the pages; without it, that of `adaldyq run`, or `http://localhost:8000`"),
    ),
    ("ADALDYQ_SMTP", _("mail server, `smtp://`, `smtp+tls://` or `smtps://`; without it, no e-mail is sent")),
    ("ADALDYQ_MAIL_FROM", _("address that e-mail comes from; without it, `adaldyq@localhost`")),
    ("ADALDYQ_SMS", _("address of the gateway that sends SMS; without it, none is sent")),
    ("ADALDYQ_SMS_TOKEN", _("token that the SMS gateway asks for")),
    ("ADALDYQ_DOOR_SMS", _("secrets with which the gateway signs reports by SMS, `whsec_…`; without it, none come")),
    ("ADALDYQ_DOOR_MESSENGER", _("secret token of the webhook of a messenger; without it, no reports come by it")),
    (
        "ADALDYQ_MESSENGER_BOT",
        _(
            "address of the messenger's bot, from which files are fetched, `https://HOST/botTOKEN`; without it, none are"
        ),
    ),
    (
        "ADALDYQ_DOOR_MAIL",
        _("mailbox of reports by e-mail, `imaps://USER:PASSWORD@HOST/FOLDER`; without it, none is read"),
    ),
    ("ADALDYQ_FILES", _("folder of the files that people hand in; without it, `files` in the data folder")),
    (
        "ADALDYQ_FILES_KEY",
        _("age keys that open those files, the first seals; without it, one is made and kept in the data folder"),
    ),
    (
        "ADALDYQ_SNAPSHOTS_KEY",
        _("age keys that open snapshots, the first seals; without it, one is made and kept in the data folder"),
    ),
    ("ADALDYQ_CLAMD", _("ClamAV daemon, `HOST:PORT` or a socket's path; without it, files are not scanned")),
    ("ADALDYQ_COUNTRY", _("the country pack, its code or its folder; without it, `kz`")),
    ("ADALDYQ_LEDGER_ORIGIN", _("name of the ledger, its public address without scheme; without it, the first host")),
    (
        "ADALDYQ_LEDGER_KEY",
        _("private keys that sign the ledger; without it, one is made once and kept in the data folder"),
    ),
    ("ADALDYQ_API_REQUESTS", _("requests to the API that one address may send in a minute; without it, 120")),
    (
        "ADALDYQ_REPORT_WORK",
        _("steps of the calculation that a browser does before a report, in a quiet hour; without it, 100"),
    ),
    ("ADALDYQ_WITNESSES", _("witnesses that cosign the ledger, `ADDRESS KEY`, separated by commas; without it, none")),
    (
        "ADALDYQ_LEDGER_SEEN",
        _("file outside the backups with what the ledger signed last; without it, `outside-backups/ledger-seen`"),
    ),
    (
        "ADALDYQ_ERASED",
        _("file outside the backups with what was erased; without it, `outside-backups/erased`"),
    ),
    ("ADALDYQ_OIDC_ISSUER", _("address of the national e-ID’s OpenID Connect; without it, nobody signs in by e-ID")),
    ("ADALDYQ_OIDC_CLIENT", _("name under which this installation is registered with the e-ID")),
    ("ADALDYQ_OIDC_SECRET", _("secret that the e-ID gave to this installation")),
    ("ADALDYQ_OIDC_CLAIM", _("claim in which the e-ID tells a person’s number; without it, `iin`")),
    ("ADALDYQ_OIDC_SCHEME", _("what kind of number that is in the country pack; without it, `IIN`")),
    ("ADALDYQ_DRAND", _("address of a relay of drand’s public beacon, for draws; without it, draws use none")),
    ("ADALDYQ_STRIPE_KEY", _("secret key of the account at Stripe; without it, nobody pays there")),
    ("ADALDYQ_STRIPE_SECRET", _("secret with which Stripe signs webhooks")),
    ("ADALDYQ_BANK_ACCOUNTS", _("numbers of the accounts whose statements prove payments, separated by commas")),
    (
        "ADALDYQ_PROVIDER",
        _("address of the test provider of payments; without it, `run` starts one beside a sample country"),
    ),
    ("ADALDYQ_PROVIDER_KEY", _("key that the test provider asks for")),
    ("ADALDYQ_PROVIDER_SECRET", _("secret with which the test provider signs webhooks")),
    (
        "ADALDYQ_SIGNATURE_ROOTS",
        _(
            "folder of the authorities by whose certificates people may sign, and of their revocation lists; "
            "without it, `signature-roots` in the data folder"
        ),
    ),
    (
        "ADALDYQ_SIGNATURE_ATTRIBUTE",
        _("attribute of a certificate’s subject that holds the person’s number; without it, `serial_number`"),
    ),
    ("ADALDYQ_SIGNATURE_SCHEME", _("what kind of number that is in the country pack; without it, `IIN`")),
    ("ADALDYQ_METRICS_TOKEN", _("token with which a monitoring system reads `/metrics`; without it, none does")),
    (
        "ADALDYQ_METRICS_NETWORKS",
        _("networks that read `/metrics` straight, without a proxy, separated by commas; without it, none"),
    ),
    (
        "ADALDYQ_LOG",
        _("form of the log, `json` or `console`; without it, `console` in a terminal and `json` elsewhere"),
    ),
    (
        "ADALDYQ_LOG_FILE",
        _("file for the log, what goes wrong also comes to the error output; without it, all comes there"),
    ),
    ("ADALDYQ_LOG_ADDRESSES", _("`1` when visitors’ addresses may stand in the log; without it, they do not")),
    ("ADALDYQ_LANGUAGE", _("language of the shell, `kk`, `ru` or `en`; without it, the one of LC_ALL or LANG")),
)
"""Every variable that is read, with its meaning: an English sentence for the catalogues."""

ADDRESS, LOG_FILE, KEPT_ADDRESS = "ADALDYQ_ADDRESS", "ADALDYQ_LOG_FILE", "address"
LOG_FORMS = ("json", "console")
LANGUAGES = ("kk", "ru", "en")
DATABASES = ("sqlite:", "postgres://", "postgresql://")
OUTSIDE_BACKUPS = "outside-backups"
"""Folder of the data folder that no backup may contain: a restored memory of what was signed is worth nothing."""
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


class WrongSetting(ValueError):
    """Something that the operator set cannot be used.

    Attributes:
        sentence: what is wrong, an English sentence of the catalogues.
        facts: values for it.
    """

    def __init__(self, sentence: str, facts: Mapping[str, object] | None = None) -> None:
        super().__init__(sentence % dict(facts or {}))
        self.sentence, self.facts = sentence, dict(facts or {})


def data_dir() -> Path:
    """Folder for everything the program writes; made, readable by its owner only, when absent."""
    folder = Path(os.environ.get("ADALDYQ_DATA_DIR") or "var").absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def database_url() -> str:
    """Address of the database in the form `dj-database-url` reads.

    Raises:
        WrongSetting: it is of another kind of database than those supported.
    """
    given = os.environ.get("DATABASE_URL") or f"sqlite:///{data_dir() / 'adaldyq.sqlite3'}"
    if not given.startswith(DATABASES):
        raise WrongSetting(_("DATABASE_URL must begin with sqlite:/// or postgres://"))
    return given


def secret_key() -> str:
    """The key that signs sessions and seals second factors; made at first start and kept, so that both outlast it."""
    if given := given_secret_key():
        return given
    kept = data_dir() / "secret-key"
    if kept.is_file() and (key := kept.read_text(encoding="ascii")):
        return key
    with kept.open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # several processes may need it first at once
        kept.chmod(0o600)
        file.seek(0)
        key = file.read() or secrets.token_urlsafe(50)
        file.truncate(0)
        file.write(key)
    return key


def given_secret_key() -> str:
    """That key, where the operator's secret store gives it; otherwise empty."""
    return os.environ.get("ADALDYQ_SECRET_KEY", "")


def hosts() -> list[str]:
    """Host names this server answers to."""
    given = os.environ.get("ADALDYQ_HOSTS", "")
    return [name.strip() for name in given.split(",") if name.strip()] or list(LOCAL_HOSTS)


def ledger_origin() -> str:
    """Name of a new ledger; once its key is made, the key says it."""
    return os.environ.get("ADALDYQ_LEDGER_ORIGIN") or f"{hosts()[0].lstrip('.*') or 'localhost'}/ledger"


def ledger_key() -> str:
    """Private keys that sign the ledger, in the text form of signed notes; empty when they are in the data folder."""
    return os.environ.get("ADALDYQ_LEDGER_KEY", "").strip()


def witnesses() -> str:
    """Addresses and keys of the witnesses, separated by commas."""
    return os.environ.get("ADALDYQ_WITNESSES", "")


def ledger_seen() -> Path:
    """File, outside what is backed up, that remembers what the ledger signed last."""
    given = os.environ.get("ADALDYQ_LEDGER_SEEN")
    return Path(given).absolute() if given else data_dir() / OUTSIDE_BACKUPS / "ledger-seen"


def erased() -> Path:
    """File, outside what is backed up, that remembers what was erased."""
    given = os.environ.get("ADALDYQ_ERASED")
    return Path(given).absolute() if given else data_dir() / OUTSIDE_BACKUPS / "erased"


def https() -> bool:
    """Whether visitors come over HTTPS, so that cookies may be marked secure."""
    return os.environ.get("ADALDYQ_HTTPS") == "1"


def address() -> str:
    """Address at which people open the pages, without a stroke at its end; links in messages begin with it.

    Where the operator says none, that of the `adaldyq run` which serves this data folder.
    """
    return (os.environ.get(ADDRESS) or address_of_run() or "http://localhost:8000").rstrip("/")


def address_of_run() -> str:
    """The address that `adaldyq run` keeps for other commands while it serves; empty when none does."""
    kept = data_dir() / KEPT_ADDRESS
    return kept.read_text(encoding="utf-8").strip() if kept.is_file() else ""


@contextmanager
def address_kept(address: str) -> Iterator[None]:
    """Let other commands of this data folder know at which address the pages are served meanwhile."""
    kept = data_dir() / KEPT_ADDRESS
    kept.write_text(address + "\n", encoding="utf-8")
    try:
        yield
    finally:
        kept.unlink(missing_ok=True)


def files_dir() -> Path:
    """Folder of the files that people hand in."""
    given = os.environ.get("ADALDYQ_FILES")
    return Path(given).absolute() if given else data_dir() / "files"


def files_key() -> str:
    """The age key that opens those files; empty when it is kept in the data folder."""
    return os.environ.get("ADALDYQ_FILES_KEY", "")


def snapshots_key() -> str:
    """The age keys that open snapshots of the registers; empty when they are kept in the data folder."""
    return os.environ.get("ADALDYQ_SNAPSHOTS_KEY", "")


def signature_roots() -> Path:
    """Folder of the authorities by whose certificates people may sign."""
    return Path(os.environ.get("ADALDYQ_SIGNATURE_ROOTS") or data_dir() / "signature-roots").absolute()


def signature_number() -> tuple[str, str]:
    """The attribute of a certificate's subject that holds a person's number, and the scheme of that number."""
    attribute = os.environ.get("ADALDYQ_SIGNATURE_ATTRIBUTE") or "serial_number"
    return attribute, os.environ.get("ADALDYQ_SIGNATURE_SCHEME") or "IIN"


def clamd() -> str:
    """Address of the ClamAV daemon; empty when there is none.

    Raises:
        WrongSetting: it is neither `HOST:PORT` nor the path of a socket.
    """
    given = os.environ.get("ADALDYQ_CLAMD", "")
    if given and not given.startswith("/") and not given.rpartition(":")[2].isdigit():
        raise WrongSetting(_("ADALDYQ_CLAMD must be HOST:PORT or the path of a socket"))
    return given


def country() -> str:
    """Code of the country pack in use, or the path of its folder."""
    return os.environ.get("ADALDYQ_COUNTRY") or "kz"


def pack() -> CountryPack:
    """The country pack in use.

    Raises:
        WrongSetting: there is none of that name, or something is wrong with it.
    """
    try:
        return load(country())
    except DomainError as error:
        raise WrongSetting(SENTENCES[error.code], error.parameters) from None


def api_requests_a_minute() -> int:
    """Requests to the API that one address may send in a minute.

    Raises:
        WrongSetting: it is not a whole number above nought.
    """
    given = os.environ.get("ADALDYQ_API_REQUESTS") or "120"
    if not given.isdecimal() or int(given) == 0:
        raise WrongSetting(_("ADALDYQ_API_REQUESTS must be a whole number above nought"))
    return int(given)


def report_work() -> int:
    """Steps of the calculation that a browser does at most before its report is taken, in a quiet hour.

    Raises:
        WrongSetting: it is not a whole number from 1 to 1000.
    """
    given = os.environ.get("ADALDYQ_REPORT_WORK") or "100"
    if not given.isdecimal() or not 1 <= int(given) <= MOST_REPORT_WORK:
        raise WrongSetting(_("ADALDYQ_REPORT_WORK must be a whole number from 1 to 1000"))
    return int(given)


def metrics_token() -> str:
    """Token with which a monitoring system reads the metrics; empty when none may."""
    return os.environ.get("ADALDYQ_METRICS_TOKEN", "").strip()


def metrics_networks() -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Networks from which the metrics may be read without a token.

    Raises:
        WrongSetting: one of them is no network.
    """
    given = [one.strip() for one in os.environ.get("ADALDYQ_METRICS_NETWORKS", "").split(",") if one.strip()]
    try:
        return tuple(map(ipaddress.ip_network, given))
    except ValueError:
        raise WrongSetting(
            _("ADALDYQ_METRICS_NETWORKS must be networks such as 10.0.0.0/8, separated by commas")
        ) from None


def log_form() -> str:
    """Form of the log: for people in a terminal, for programs elsewhere.

    Raises:
        WrongSetting: it is another than those.
    """
    given = os.environ.get("ADALDYQ_LOG") or ("console" if sys.stderr.isatty() else "json")
    if given not in LOG_FORMS:
        raise WrongSetting(_("ADALDYQ_LOG must be json or console"))
    return given


def log_file() -> str:
    """File for the log; empty when it goes to the error output."""
    return os.environ.get(LOG_FILE, "")


def log_addresses() -> bool:
    """Whether visitors' addresses may stand in the log."""
    return os.environ.get("ADALDYQ_LOG_ADDRESSES") == "1"


def e_id() -> dict[str, str]:
    """The OpenID Connect provider of the national e-ID; empty when there is none."""
    issuer = os.environ.get("ADALDYQ_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    return {
        "issuer": issuer,
        "client": os.environ.get("ADALDYQ_OIDC_CLIENT", ""),
        "secret": os.environ.get("ADALDYQ_OIDC_SECRET", ""),
    }


def e_id_identifier() -> tuple[str, str]:
    """The claim with a person's number, and the scheme of that number in the country pack."""
    return os.environ.get("ADALDYQ_OIDC_CLAIM") or "iin", os.environ.get("ADALDYQ_OIDC_SCHEME") or "IIN"


def language() -> str:
    """Language that the `adaldyq` command speaks."""
    for variable in ("ADALDYQ_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if (named := os.environ.get(variable, "")[:2].lower()) in LANGUAGES:
            return named
    return "en"
