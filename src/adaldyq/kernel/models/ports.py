"""What a measure asks of another that may not be there yet, and what it was answered."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import Transition, TransitionTable
from adaldyq.kernel.fields import currency_field, exact_amount, money_field, opaque_key

WAITING, TOLD, WITHDRAWING, WITHDRAWN = "waiting", "told", "withdrawing", "withdrawn"
UNTOLD = (WAITING, WITHDRAWING)
"""States in which whoever answers has still to be told."""

PORT_REQUEST = TransitionTable(
    "port_request",
    WAITING,
    (
        Transition(WAITING, "tell", TOLD),
        Transition(WAITING, "withdraw", WITHDRAWN),
        Transition(TOLD, "withdraw", WITHDRAWING),
        Transition(WITHDRAWING, "tell", WITHDRAWN),
    ),
)
"""A request waits until somebody answers its port; what nobody was told of is withdrawn without telling."""


class PortRequest(models.Model):
    """A request through a port, about a record of whoever asks."""

    LIFE: TransitionTable = PORT_REQUEST

    class Privacy:
        """Internal: read by whoever answers the port; a person is shown the record that it is about."""

        public = ()
        restricted = (
            "id",
            "port",
            "subject_kind",
            "subject_id",
            "person_id",
            "facts",
            "state",
            "asked_at",
            "told_at",
            "withdrawn_at",
        )

    id = opaque_key()
    port = models.CharField(max_length=20, help_text="Name of the port, of `kernel.ports.PORTS`.")
    subject_kind = models.CharField(max_length=60, help_text="What is asked about, as `app.Model` of whoever asks.")
    subject_id = models.CharField(max_length=40)
    person = models.ForeignKey("kernel.Person", models.CASCADE, null=True, related_name="+", help_text="Whom it binds.")
    facts = models.JSONField(help_text="What is asked, as the port's type writes it.")
    state = models.CharField(max_length=12, default=PORT_REQUEST.initial)
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, help_text="When whoever answers was last told.")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["port", "subject_kind", "subject_id"], name="one_request_a_port")
        ]
        indexes = [
            models.Index(fields=["port"], name="port_untold", condition=models.Q(state__in=UNTOLD)),
            models.Index(fields=["subject_id"], name="port_request_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.port} for {self.subject_id}"


class PortAnswer(models.Model):
    """An answer of whoever fills a port; each is given once."""

    class Privacy:
        """As the request."""

        public = ()
        restricted = ("id", "request_id", "state", "number", "day", "amount", "currency", "reference", "at")

    id = opaque_key()
    request = models.ForeignKey(PortRequest, models.CASCADE, related_name="answers")
    state = models.CharField(max_length=12, help_text="One of the port's answers, such as paid.")
    number = models.CharField(max_length=60, blank=True, help_text="What whoever answers calls its record.")
    day = models.DateField(help_text="Since when it is so.")
    amount = money_field("Of an answer about money.")
    currency = currency_field()
    reference = models.CharField(max_length=60, blank=True, help_text="Tells apart answers of one state.")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "state", "reference"], name="an_answer_is_given_once"),
            exact_amount("amount", "port_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.state} to {self.request_id}"
