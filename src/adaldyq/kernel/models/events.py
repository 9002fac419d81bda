"""What happened, and to whom it has been told."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One act, as others may react to it; written in the act's own transaction."""

    class Privacy:
        """Internal: read by the worker only."""

        public = ()
        restricted = ("id", "name", "payload", "happened_at", "actor", "on_behalf_of", "subject")

    name = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    actor = models.CharField(max_length=40, blank=True, help_text="Id of the account or process that acted.")
    on_behalf_of = models.CharField(max_length=40, blank=True, help_text="Whom the actor acted for, as kind:id.")
    subject = models.CharField(max_length=80, blank=True, help_text="What was acted on, as model:id.")

    class Meta:
        indexes = [models.Index(fields=["subject"], name="event_subject", condition=~models.Q(subject=""))]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class EventDelivery(models.Model):
    """One handler's share in an event: delivered at least once, tried again after a failure."""

    class Privacy:
        """Internal: read by the worker only."""

        public = ()
        restricted = ("id", "event_id", "handler", "delivered_at", "attempts", "next_attempt_at", "error")

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=200)
    delivered_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="event_is_delivered_once_to_a_handler")
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="delivery_waiting", condition=models.Q(delivered_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.handler}"
