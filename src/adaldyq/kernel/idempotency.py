"""Requests that may be sent twice and act once (IETF draft-ietf-httpapi-idempotency-key-header).

The sender gives each request a key. What was answered is written in the transaction of the act; the same request with
the same key gets that answer again, also when the first answer never arrived. A request that was refused leaves
nothing, so that it may be mended and sent with its key again.

Programs send the key in a header, pages in a hidden box of the form: `KeyField`.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.http import QueryDict

from adaldyq.base.errors import DomainError
from adaldyq.base.locks import held_in_turn
from adaldyq.kernel.acts import part_of_the_whole
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.deadlines.days import kept_since
from adaldyq.kernel.gathering import gathered, insert_later
from adaldyq.kernel.inserting import insert_together
from adaldyq.kernel.models import StoredAnswer
from adaldyq.kernel.models.requests import LONGEST_KEY
from adaldyq.kernel.prepared import vendor

Found = TypeVar("Found")
TERM = "answer"  # what packs call how long answers are kept
FORM_KEY, CSRF = "form_key", "csrfmiddlewaretoken"
WHOLE = "whole"
LOCKS = "running"
LOCK_FILES, SECONDS_TO_WAIT, BETWEEN_TURNS = 4096, 20.0, 0.05
ANSWERED = Compiled(lambda owner, key: StoredAnswer.objects.filter(owner=owner, key=key), str, str)
LOCK_EACH = """SELECT place - 1, pg_try_advisory_xact_lock(number)
    FROM unnest(%s::bigint[]) WITH ORDINALITY AS given(number, place)"""
ANSWERED_TO = Compiled(
    lambda owners, keys: StoredAnswer.objects.filter(owner__any_of=owners, key__any_of=keys), list, list
)
ALL_ANSWERED = Compiled(lambda owner, keys: StoredAnswer.objects.filter(owner=owner, key__any_of=keys), str, list)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered.

    Attributes:
        status: HTTP status; of a page, 200.
        facts: ids and references that JSON can hold; no secret, since they are kept.
        again: whether it was answered before.
    """

    status: int
    facts: Mapping[str, Any]
    again: bool = False


def fingerprint(*parts: bytes | str) -> str:
    """What tells one request from another: a hash over everything that makes the request."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


def once(
    *, owner: str, key: str, request: str, at: datetime, perform: Callable[[], Answer], as_one: bool = False
) -> Answer:
    """Act on a request, unless it has been acted on: then answer what was answered.

    Args:
        owner: id of the account or token that sent it; keys of others are others.
        key: chosen by the sender.
        request: its `fingerprint`.
        perform: acts, within the transaction in which the answer is kept.
        as_one: whether `perform` lets through whatever its acts raise, so that none need be undone by itself, and what
            they leave may be written together.

    Raises:
        DomainError: `key-empty`, `key-too-long`, `key-of-another-request`, `request-under-way`, or what `perform`
            refuses.
    """
    if not key:
        raise DomainError("key-empty", field="Idempotency-Key")
    if len(key) > LONGEST_KEY:
        raise DomainError("key-too-long", field="Idempotency-Key", limit=LONGEST_KEY)
    name = fingerprint(owner, key)
    with alone_on_this_machine(name), transaction.atomic():
        wait_for_nobody(name)
        kept = ANSWERED.first(owner, key)
        if kept is not None:
            if kept.fingerprint != request:
                raise DomainError("key-of-another-request", field="Idempotency-Key")
            return Answer(kept.status, kept.answer, again=True)
        with part_of_the_whole(part=as_one), gathered(gathering=as_one):
            answer = perform()
            insert_later([kept_answer(owner, Request(key, request), answer, at)])
        return answer


@dataclass(frozen=True, slots=True)
class Request:
    """One of many requests that come together: its key, and its `fingerprint`."""

    key: str
    fingerprint: str


def each_once(
    *,
    owner: str,
    whole: Request,
    requests: Sequence[Request],
    at: datetime,
    perform: Callable[[Sequence[int]], Mapping[int, Answer]],
) -> dict[int, Answer | DomainError]:
    """Act on many requests in one transaction, each once; those that `perform` does not answer leave nothing.

    Args:
        owner: as of `once`.
        whole: what they came in: its key, and what tells it from another. Once something of it was acted on, its key
            is no other's.
        requests: no key twice.
        perform: acts on those that were not answered before, named by their place, and lets through whatever its acts
            raise, so that none need be undone by itself.

    Returns:
        By place, the answer, or `key-of-another-request`.

    Raises:
        DomainError: `key-of-another-request` for the whole; `request-under-way`, also when somebody else recorded the
            same meanwhile; or what `perform` refuses.
    """
    name = fingerprint(owner, whole.key)
    bound = Request(fingerprint(WHOLE, whole.key), whole.fingerprint)
    try:
        with alone_on_this_machine(name), transaction.atomic():
            wait_for_nobody(name)
            kept = {one.key: one for one in ALL_ANSWERED(owner, [bound.key, *(one.key for one in requests)])}
            if bound.key in kept and kept[bound.key].fingerprint != bound.fingerprint:
                raise DomainError("key-of-another-request", field="Idempotency-Key")
            found = {place: answered(kept[one.key], one) for place, one in enumerate(requests) if one.key in kept}
            with part_of_the_whole():
                new = dict(perform([place for place in range(len(requests)) if place not in found]))
            kept_answers = [kept_answer(owner, requests[place], answer, at) for place, answer in new.items()]
            if new and bound.key not in kept:
                kept_answers.append(kept_answer(owner, bound, Answer(200, {}), at))
            insert_together(kept_answers)
    except IntegrityError:
        raise DomainError("request-under-way") from None
    return {**found, **new}


@dataclass(frozen=True, slots=True)
class Owned:
    """One of the requests that several accounts or tokens sent at about the same time."""

    owner: str
    request: Request


def several_once(
    *, requests: Sequence[Owned], at: datetime, perform: Callable[[Sequence[int]], Mapping[int, Answer]]
) -> dict[int, Answer]:
    """Act on requests of several in one transaction, each once, and answer those that nothing stands in the way of.

    A request that was answered before, or is under way, or that `perform` does not answer, is left out and leaves
    nothing: it can be sent by itself, which says why. For PostgreSQL.

    Args:
        perform: acts on some, named by their place, as of `once` with `as_one`.

    Raises:
        Exception: whatever `perform` raises; then nothing was done.
    """
    with transaction.atomic(), part_of_the_whole(), gathered():
        answers = dict(perform(free(requests)))
        asked = {place: requests[place] for place in answers}
        insert_later([kept_answer(one.owner, one.request, answers[place], at) for place, one in asked.items()])
    return answers


def free(requests: Sequence[Owned]) -> list[int]:
    """Places of requests that nobody acts on and that were not answered; they are held to the end of the transaction."""
    numbers = [lock_of(fingerprint(one.owner, one.request.key)) for one in requests]
    with connection.cursor() as cursor:
        cursor.execute(LOCK_EACH, [numbers])
        held = {place for place, locked in cursor.fetchall() if locked}
    owners, keys = {one.owner for one in requests}, {one.request.key for one in requests}
    answered = {(one.owner, one.key) for one in ANSWERED_TO(sorted(owners), sorted(keys))}
    first: dict[tuple[str, str], int] = {}
    for place, one in enumerate(requests):
        first.setdefault((one.owner, one.request.key), place)
    return sorted(place for name, place in first.items() if place in held and name not in answered)


def kept_answer(owner: str, request: Request, answer: Answer, at: datetime) -> StoredAnswer:
    """An answer as it is kept."""
    return StoredAnswer(
        owner=owner,
        key=request.key,
        fingerprint=request.fingerprint,
        status=answer.status,
        answer=dict(answer.facts),
        at=at,
    )


def answered(kept: StoredAnswer, asked: Request) -> Answer | DomainError:
    """What was answered before, or why the key cannot be used."""
    if kept.fingerprint != asked.fingerprint:
        return DomainError("key-of-another-request", field="reference")
    return Answer(kept.status, kept.answer, again=True)


@contextmanager
def alone_on_this_machine(name: str) -> Iterator[None]:
    """Hold a request's lock among the processes and threads that share an SQLite database, which are all on one machine.

    It ends with the process, whatever ends it. Two keys out of thousands share a file; one of two requests that come at
    once then waits for the other.

    Raises:
        DomainError: `request-under-way`.
    """
    if vendor() != "sqlite":
        yield
        return
    folder = Path(settings.DATA_DIR) / LOCKS
    folder.mkdir(parents=True, exist_ok=True)
    with held_in_turn(folder / str(int(name[:8], 16) % LOCK_FILES), name, "request-under-way", SECONDS_TO_WAIT):
        yield


def wait_for_nobody(name: str) -> None:
    """Hold a request's lock to the end of the transaction on PostgreSQL, among all machines.

    Raises:
        DomainError: `request-under-way`.
    """
    if vendor() != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_of(name)])
        if cursor.fetchone() != (True,):
            raise DomainError("request-under-way")


def lock_of(name: str) -> int:
    """The number by which PostgreSQL knows a request's lock."""
    return int.from_bytes(bytes.fromhex(name[:16]), "big", signed=True)


def new_key() -> str:
    """A key for a form that is shown."""
    return secrets.token_urlsafe(16)


class KeyField(forms.CharField):
    """A hidden box that makes a form act once, however often it is sent; each showing of the form has a new key."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, max_length=LONGEST_KEY, initial=new_key)


def sent_once(
    data: Mapping[str, Any],
    *,
    place: str,
    owner: str,
    at: datetime,
    perform: Callable[[], Mapping[str, Any]],
    as_one: bool = False,
) -> Mapping[str, Any]:
    """Act once on a form that has a `KeyField` called `form_key`, and return what came of it.

    Args:
        data: all that was sent, such as `request.POST`.
        place: which form it is, and about what.
        owner: id of the account.
        perform: acts, and returns ids and addresses to go on with.
        as_one: as of `once`.

    Raises:
        DomainError: `form-sent-already` when the form was sent with other answers before, `request-under-way`, or
            what `perform` refuses.
    """
    sent = request_of(data, place)
    if sent is None:
        return perform()

    def answer() -> Answer:
        return Answer(200, perform())

    try:
        found = once(owner=owner, key=sent.key, request=sent.fingerprint, at=at, perform=answer, as_one=as_one)
    except DomainError as error:
        if error.code == "key-of-another-request":
            raise DomainError("form-sent-already") from None
        raise
    return found.facts


def in_turn(ask: Callable[[], Found], seconds: float = SECONDS_TO_WAIT) -> Found:
    """Ask again while the same request is under way, so that whoever pressed twice gets the answer of the first.

    Args:
        ask: sends the request.
        seconds: how long it is asked again.

    Raises:
        DomainError: `request-under-way` when the wait was in vain, or what `ask` refuses.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except DomainError as error:
            if error.code != "request-under-way" or time.monotonic() > until:
                raise
        time.sleep(BETWEEN_TURNS)


def request_of(data: Mapping[str, Any], place: str) -> Request | None:
    """A form that was sent as a request with a key; none without its box.

    Args:
        data, place: as of `sent_once`.
    """
    key = data.get(FORM_KEY, "")
    if not key:
        return None
    sent = {name: data.getlist(name) if isinstance(data, QueryDict) else [data[name]] for name in sorted(data)}
    answers = json.dumps({name: sent[name] for name in sent if name not in {FORM_KEY, CSRF}})
    return Request(fingerprint(FORM_KEY, key), fingerprint(place, answers))


def expired(at: datetime) -> QuerySet[StoredAnswer]:
    """Answers whose term has passed."""
    return StoredAnswer.objects.filter(at__lt=kept_since(at, TERM))


def forget_answers(*, at: datetime) -> int:
    """Remove answers whose term has passed; what they answered stays, and the ledger with it."""
    return expired(at).delete()[0]
