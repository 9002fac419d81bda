"""What is due, by when, for whom, and what follows when nobody acted."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import Transition, TransitionTable
from adaldyq.kernel.fields import opaque_key

RUNNING, PAUSED, MET, MISSED, MET_LATE, CANCELLED = "running", "paused", "met", "missed", "met_late", "cancelled"
OPEN = (RUNNING, PAUSED)

DEADLINE = TransitionTable(
    "deadline",
    initial=RUNNING,
    transitions=(
        Transition(RUNNING, "pause", PAUSED),
        Transition(PAUSED, "resume", RUNNING),
        Transition(RUNNING, "extend", RUNNING),
        Transition(RUNNING, "meet", MET),
        Transition(PAUSED, "meet", MET),
        Transition(RUNNING, "fall", MISSED),
        Transition(RUNNING, "meet-late", MET_LATE),
        Transition(MISSED, "meet-late", MET_LATE),
        Transition(RUNNING, "cancel", CANCELLED),
        Transition(PAUSED, "cancel", CANCELLED),
        Transition(MISSED, "cancel", CANCELLED),
    ),
)


class Deadline(models.Model):
    """One thing that is due about one subject."""

    LIFE: TransitionTable = DEADLINE

    class Privacy:
        """How many are met and missed is public; which, only to whom they bind."""

        public = ("name", "state", "due_date")
        restricted = (
            "id",
            "subject_kind",
            "subject_id",
            "body_id",
            "account_id",
            "person_id",
            "title",
            "href",
            "working",
            "started_at",
            "due_at",
            "days_left",
            "step",
            "action",
            "escalates_to_id",
            "closed_at",
            "attempts",
            "look_at",
            "error",
        )

    id = opaque_key()
    name = models.CharField(max_length=60, help_text="What is due, as the country pack calls it.")
    title = models.CharField(max_length=200, help_text="What is due, an English sentence of the catalogues.")
    subject_kind = models.CharField(max_length=60, help_text="Model of the subject, as app.Model.")
    subject_id = models.CharField(max_length=40, help_text="Id of the subject.")
    href = models.CharField(max_length=200, blank=True, help_text="Page of the subject, without the language.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, blank=True, related_name="deadlines")
    account = models.ForeignKey("kernel.Account", models.PROTECT, null=True, blank=True, related_name="deadlines")
    person = models.ForeignKey("kernel.Person", models.CASCADE, null=True, blank=True, related_name="deadlines")
    escalates_to = models.ForeignKey("kernel.Account", models.SET_NULL, null=True, blank=True, related_name="+")
    working = models.BooleanField(help_text="Whether working days count, or all days.")
    started_at = models.DateTimeField()
    due_date = models.DateField(help_text="Last day on which it is in time.")
    due_at = models.DateTimeField(help_text="End of that day in the country: from then on it is missed.")
    days_left = models.IntegerField(null=True, help_text="Days that were left when it was paused.")
    step = models.CharField(
        max_length=40, blank=True, help_text="Step of the subject's life that the clock then takes."
    )
    action = models.CharField(
        max_length=200, blank=True, help_text="Dotted name of the action that the clock then calls instead of a step."
    )
    state = models.CharField(max_length=10, default=DEADLINE.initial)
    closed_at = models.DateTimeField(null=True, help_text="When it was met, missed or cancelled.")
    attempts = models.IntegerField(default=0, help_text="How often the clock tried to apply what follows and failed.")
    look_at = models.DateTimeField(help_text="When the clock looks next.")
    error = models.TextField(blank=True, help_text="Why the clock failed last.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "name"],
                name="deadline_runs_once_for_a_subject",
                condition=models.Q(state__in=OPEN),
            )
        ]
        indexes = [
            models.Index(fields=["look_at"], name="deadline_to_look_at", condition=models.Q(state=RUNNING)),
            models.Index(fields=["subject_kind", "subject_id"], name="deadline_of_subject"),
            models.Index(fields=["name", "state"], name="deadline_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.due_date}"


class DeadlineNotice(models.Model):
    """A reminder before the day, or an escalation after it."""

    class Privacy:
        """Only to whom the deadline binds."""

        public = ()
        restricted = ("id", "deadline_id", "kind", "days", "at", "sent_at")

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, help_text="reminder or escalation.")
    days = models.IntegerField(help_text="Days before or after the last day.")
    at = models.DateTimeField(help_text="When it goes out.")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "kind", "days"], name="deadline_notice_is_sent_once")
        ]
        indexes = [
            models.Index(fields=["at"], name="deadline_notice_waiting", condition=models.Q(sent_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.days} of {self.deadline_id}"


class DeadlineChange(models.Model):
    """A pause, its end, or an extension, with the reason that was stated."""

    class Privacy:
        """Only to whom the deadline binds."""

        public = ()
        restricted = ("id", "deadline_id", "act", "reason", "by_id", "at", "due_before", "due_after")

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="changes")
    act = models.CharField(max_length=10, help_text="pause, resume, extend or cancel.")
    reason = models.TextField(blank=True)
    by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    due_before = models.DateField()
    due_after = models.DateField(null=True, help_text="Empty while it is paused.")

    def __str__(self) -> str:
        return f"{self.act} {self.deadline_id}"
