"""What the program writes to its log: one line a request, an act, a job or an error, and nothing about people.

A line holds only what stands on a list, and of that only values of the form of a name, a code or a number. Of an
exception it holds what it is and where it was raised, never its message, which may quote anybody. Of what a library
says it holds the sentence without the values. So whoever writes a log call cannot give a person away by mistake.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from django.utils.crypto import salted_hmac
from structlog.stdlib import ProcessorFormatter

JSON, CONSOLE = "json", "console"
OWN, FAILED_PAGES = "adaldyq", "django.request"
SALT = "adaldyq.kernel.logs"
MOST_FRAMES = 20
PACKAGES = Path(__file__).resolve().parents[2], Path(traceback.__file__).resolve().parent

Event = MutableMapping[str, Any]
Processor = Callable[[Any, str, Event], Event]

TOKENS = frozenset({"request", "actor", "digest"})
NAMES = frozenset(
    {
        "act",
        "channel",
        "client",
        "code",
        "error",
        "handler",
        "job",
        "level",
        "logger",
        "method",
        "process",
        "roles",
        "route",
        "where",
        "witness",
    }
)
NUMBERS = frozenset({"attempts", "lines", "milliseconds", "status"})
OURS = frozenset({"at", "event", "withheld", "_record", "_from_structlog"})
TOKEN = re.compile(r"[0-9a-f]{16,32}")
NAME = re.compile(r"[A-Za-z0-9_.:/<>+\-]{0,200}")
IDENTIFIER = re.compile(r"\d{9}")
LARGEST = 10**9  # numbers of people and companies are longer


def configuration(form: str, *, addresses: bool, file: str = "") -> dict[str, Any]:
    """Django's `LOGGING`.

    Args:
        form: `json` or `console`.
        addresses: whether the address of the visitor is written.
        file: where all lines go, so that only what goes wrong comes to the error output too; empty for none.
    """
    formatter = {"()": "adaldyq.kernel.logs.formatter", "form": form, "addresses": addresses}
    level = "WARNING" if file else "NOTSET"
    handlers: dict[str, Any] = {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "level": level}}
    formatters = {"line": formatter}
    if file:
        formatters["kept"] = {**formatter, "colours": False}
        handlers["file"] = {"class": "logging.handlers.WatchedFileHandler", "filename": file, "formatter": "kept"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "handlers": handlers,
        "root": {"handlers": sorted(handlers), "level": "WARNING"},
        # What a visitor did wrong is in the line of the request already.
        "loggers": {FAILED_PAGES: {"level": "ERROR"}},
    }


def formatter(form: str, *, addresses: bool, colours: bool = True) -> ProcessorFormatter:
    """What turns a record into a line; sets our own loggers up on the way."""
    common: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *common, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=colours and sys.stderr.isatty())
        if form == CONSOLE
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    withheld = frozenset() if addresses else frozenset({"client"})
    return ProcessorFormatter(
        foreign_pre_chain=[*common, without_values],
        processors=[told_error, only_harmless(withheld), ProcessorFormatter.remove_processors_meta, renderer],
        pass_foreign_args=True,
    )


def speak() -> None:
    """Write a line for each request, act and job, not only for what goes wrong; called by server and worker."""
    logging.getLogger(OWN).setLevel(logging.INFO)


def without_values(logger: Any, method: str, event: Event) -> Event:
    """A library's sentence without the values; none when it came with the values in it already."""
    record: logging.LogRecord = event["_record"]
    given = event.pop("positional_args", ())
    if record.name == FAILED_PAGES:
        event["event"] = "a page failed"
    elif given:
        event["event"] = str(record.msg)
    else:
        event["event"] = "said by a library"
        event["where"] = [f"{place(record.pathname)}:{record.lineno}"]
    return event


def told_error(logger: Any, method: str, event: Event) -> Event:
    """An exception as its kinds, the first cause last, and where it passed; its messages are left out."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    event.pop("stack_info", None)
    if not isinstance(error, BaseException):
        return event
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < MOST_FRAMES:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    event["error"] = kinds
    event["where"] = [f"{place(frame.filename)}:{frame.lineno}" for frame in frames]
    if isinstance(code := getattr(error, "code", None), str):
        event["code"] = code
    return event


def place(file: str) -> str:
    """A source file, from its package on."""
    path = Path(file)
    for root in PACKAGES:
        if path.is_relative_to(root):
            return str(path.relative_to(root)).rpartition("site-packages/")[2]
    _before, installed, within = str(path).rpartition("site-packages/")
    return within if installed else path.name


def only_harmless(withheld: frozenset[str]) -> Processor:
    """Leaves what is on the lists and harmless, and names what it took out."""

    def pick(logger: Any, method: str, event: Event) -> Event:
        kept = {name: value for name, value in event.items() if name not in withheld and is_harmless(name, value)}
        if gone := sorted(name for name in event if name not in kept and name.isidentifier() and name.isascii()):
            kept["withheld"] = gone
        return kept

    return pick


def is_harmless(name: str, value: object) -> bool:
    """Whether a value of a line can say nothing about a person."""
    if name in OURS:
        return True
    if name in TOKENS:
        return isinstance(value, str) and TOKEN.fullmatch(value) is not None
    if name in NUMBERS:
        return isinstance(value, int | float) and abs(value) < LARGEST
    if name not in NAMES:
        return False
    values = value if isinstance(value, list | tuple) else [value]
    return all(isinstance(one, str) and NAME.fullmatch(one) and not IDENTIFIER.search(one) for one in values)


@lru_cache(maxsize=1024)
def token(account: str) -> str:
    """What stands for an account in the log: the same for each of its lines, and nothing that leads back to it."""
    return salted_hmac(SALT, account, algorithm="sha256").hexdigest()[:16]


def request_id() -> str:
    """Id of the request that is being answered; empty outside of one."""
    bound: Mapping[str, Any] = structlog.contextvars.get_contextvars()
    return str(bound.get("request", ""))
