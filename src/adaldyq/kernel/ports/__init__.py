"""Ports: what a measure asks of another without knowing which one answers, or whether there is one yet.

A measure asks in the transaction of its act (`fees.invoice`, `casefile.open_from`). The request waits as a row until an
app names, in the `ports` of its config, a function that takes it: `{"invoice": "dotted.name"}`. The worker then gives
it the request once, in one transaction with what that function writes. The app answers by
`kernel.ports.actions.answer_once`; whoever asked takes the event `kernel.port.answer`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps

from adaldyq.base.money import Money
from adaldyq.kernel.models import PortRequest

Filler = Callable[[PortRequest, datetime], None]
"""Takes a request, or that it was withdrawn, as its state says; each once."""


@dataclass(frozen=True, slots=True)
class Port:
    """A port.

    Attributes:
        answers: states that may be answered, in the words of the port.
    """

    name: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an app answers to a request.

    Attributes:
        state: one of the port's answers.
        day: since when it is so.
        number: what the app calls its record.
        amount: of an answer about money.
        reference: tells apart answers of one state, such as payments.
    """

    state: str
    day: date
    number: str = ""
    amount: Money | None = None
    reference: str = ""


INVOICE = Port("invoice", ("issued", "paid", "cancelled", "waived", "owed"))
"""It is owed again when money that had come was taken back, until it is paid anew."""
CASE = Port("case", ("opened", "declined", "money", "ended"))
PORTS: Mapping[str, Port] = {one.name: one for one in (INVOICE, CASE)}


def filler_of(port: str) -> str:
    """Dotted name of the function that takes the requests of a port; empty while no app answers it.

    Raises:
        ValueError: two apps answer it.
    """
    named = [taken[port] for config in apps.get_app_configs() if port in (taken := getattr(config, "ports", {}))]
    if len(named) > 1:
        raise ValueError(f"two apps answer the port {port}: {', '.join(named)}")
    return named[0] if named else ""
