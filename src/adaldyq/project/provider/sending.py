"""Sends webhooks when they are due, and again later when nobody took them."""

from __future__ import annotations

import http.client
import time
from urllib.parse import urlsplit

import structlog
from django.utils import timezone

from adaldyq.measures.payments.domain.webhooks import HEADER, signature
from adaldyq.project.provider.loopback import is_local_address
from adaldyq.project.provider.payments import expire
from adaldyq.project.provider.store import Store

SECONDS_BETWEEN_LOOKS = 0.1
SECONDS_TO_ANSWER = 10.0
FIRST_WAIT, MOST_TRIES = 1.0, 8
TAKEN = range(200, 300)
TOGETHER = 100

log = structlog.stdlib.get_logger(__name__)


def keep_sending(store: Store, secret: str) -> None:
    """Send what is due, for as long as the process lives."""
    while True:
        try:
            expire(store, timezone.get_default_timezone())
            sent = send_due(store, secret)
        except Exception:  # a thread that ended would send nothing for ever; what went wrong is in the log
            log.exception("webhooks could not be sent")
            sent = 0
        if not sent:
            time.sleep(SECONDS_BETWEEN_LOOKS)


def send_due(store: Store, secret: str) -> int:
    """Send what is due, and return how many were tried."""
    query = """SELECT delivery.id, delivery.tries, event.body, payment.webhook_url FROM delivery
        JOIN event ON event.id = delivery.event JOIN payment ON payment.id = event.payment
        WHERE delivery.outcome = '' AND delivery.due <= ? ORDER BY delivery.due LIMIT ?"""
    due = store.rows(query, time.time(), TOGETHER)
    for one in due:
        outcome = sent(one["webhook_url"], str(one["body"]).encode(), secret)
        tries = one["tries"] + 1
        final = outcome in {str(status) for status in TAKEN} or tries >= MOST_TRIES
        with store.writing() as connection:
            connection.execute(
                "UPDATE delivery SET tries = ?, outcome = ?, due = ? WHERE id = ?",
                (tries, outcome if final else "", time.time() + FIRST_WAIT * 2**tries, one["id"]),
            )
    return len(due)


def sent(address: str, body: bytes, secret: str) -> str:
    """Send a webhook, and return the status of the answer or why there is none."""
    if not is_local_address(address):
        return "not-local"
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=SECONDS_TO_ANSWER)
    headers = {"Content-Type": "application/json", HEADER: signature(secret, int(time.time()), body)}
    try:
        connection.request("POST", parts.path or "/", body, headers)
        return str(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as failed:
        return type(failed).__name__
    finally:
        connection.close()
