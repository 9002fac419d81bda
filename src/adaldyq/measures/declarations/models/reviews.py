"""Reviews of filed declarations: how they were selected, what was asked and answered, what came of it."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import opaque_key
from adaldyq.measures.declarations.states import REVIEW

WAITING, WITHDRAWN = "waiting", "withdrawn"


class ReviewSelection(models.Model):
    """A draw of a year: from which frame, with which seed, how many by risk and how many at random.

    The frame is fixed first; the seed comes of what the ledger's witnesses sign after that, and nobody chooses it.
    """

    class Privacy:
        """Analysts and auditors: the weights tell about whom the rules ask."""

        public = ()
        restricted = (
            "id",
            "year",
            "turn",
            "algorithm",
            "witnesses",
            "beacon",
            "seed",
            "frame",
            "frame_sha256",
            "frame_size",
            "weights",
            "reasons",
            "risk_share",
            "random_share",
            "risk_count",
            "random_count",
            "taken_sha256",
            "run_id",
            "by_id",
            "at",
            "drawn_at",
            "given_up_at",
        )

    id = opaque_key()
    year = models.IntegerField(help_text="Year declared.")
    turn = models.IntegerField(
        default=1, help_text="1 for the first draw of a year; later ones are of those filed since."
    )
    algorithm = models.CharField(max_length=30, help_text="Name and version of the draw.")
    witnesses = models.JSONField(default=list, help_text="Names of the witnesses whose next signatures make the seed.")
    beacon = models.TextField(blank=True, help_text="The signed checkpoints of the ledger that made the seed.")
    seed = models.CharField(
        max_length=64, blank=True, help_text="In hexadecimal; empty until the witnesses have signed."
    )
    frame = models.BinaryField(help_text="Ids and weights of all that could be taken, as text, compressed by zlib.")
    frame_sha256 = models.CharField(max_length=64, help_text="SHA-256 of that text, in hexadecimal.")
    frame_size = models.IntegerField(help_text="How many declarations could be taken.")
    weights = models.JSONField(help_text="What one finding weighed, by its severity.")
    reasons = models.BinaryField(
        default=b"", help_text="Findings behind the weights, as JSON, compressed by zlib; empty when it is drawn."
    )
    risk_share = models.DecimalField(max_digits=6, decimal_places=3, help_text="Share taken by risk, in percent.")
    random_share = models.DecimalField(max_digits=6, decimal_places=3, help_text="Share taken at random, in percent.")
    risk_count = models.IntegerField(help_text="How many are taken by risk.")
    random_count = models.IntegerField(help_text="How many are taken at random.")
    taken_sha256 = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what was taken, in hexadecimal.")
    run_id = models.CharField(max_length=20, help_text="Run of the rules whose findings were weighed.")
    by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(help_text="When the frame was fixed.")
    drawn_at = models.DateTimeField(null=True, help_text="When the seed was known and the draw done.")
    given_up_at = models.DateTimeField(null=True, help_text="When it was given up, because a witness did not sign.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "turn"], name="selection_has_a_turn")]

    def __str__(self) -> str:
        return f"{self.year}, {self.turn}: {self.risk_count} + {self.random_count}"


class Review(models.Model):
    """The review of one declaration, as it stood when it was selected."""

    LIFE: TransitionTable = REVIEW

    class Privacy:
        """Analysts, and of what was asked and decided the person; a reviewer when the person appeals.

        The person does not see why it was selected, which would tell of an inquiry, nor that it was before they are asked.
        """

        public = ()
        restricted = (
            "id",
            "selection_id",
            "declaration_id",
            "person_id",
            "part",
            "weight",
            "reasons",
            "state",
            "analyst_id",
            "assigned_at",
            "passed_by",
            "decision_due_date",
            "ground",
            "decided_by_id",
            "decided_at",
            "appeal_due_date",
            "appeal_text",
            "appealed_at",
            "appeal_answer_due_date",
            "appeal_ground",
            "appeal_decided_by_id",
            "appeal_decided_at",
        )
        withheld = ("selection_id", "part", "weight", "reasons", "analyst_id", "assigned_at", "passed_by")
        told = ~models.Q(state=REVIEW.initial)

    id = opaque_key()
    selection = models.ForeignKey(ReviewSelection, models.PROTECT, related_name="reviews")
    declaration = models.OneToOneField("declarations.Declaration", models.CASCADE, related_name="review")
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="+")
    part = models.CharField(max_length=6, help_text="risk or random: why it was taken.")
    weight = models.IntegerField(help_text="What it weighed in the frame.")
    reasons = models.JSONField(default=list, help_text="Findings that made the weight: id, rule and severity of each.")
    state = models.CharField(max_length=12, default=REVIEW.initial)
    analyst = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(
        null=True, help_text="When it was given to the analyst; empty while nobody is free."
    )
    passed_by = models.JSONField(default=list, help_text="Accounts of analysts who handed it on, with the ground.")
    decision_due_date = models.DateField(help_text="Last day for the analyst's decision.")
    ground = models.TextField(blank=True, help_text="Why it was decided so; the person reads it.")
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    appeal_due_date = models.DateField(null=True, help_text="Last day to appeal against a referral.")
    appeal_text = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_answer_due_date = models.DateField(null=True, help_text="Last day to decide the appeal.")
    appeal_ground = models.TextField(blank=True, help_text="Why the referral stands or falls.")
    appeal_decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    appeal_decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "decision_due_date"], name="review_queue"),
            models.Index(fields=["analyst", "state"], name="review_of_analyst"),
            models.Index(fields=["person"], name="review_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.state}"


class ReviewInquiry(models.Model):
    """Questions that were asked together, to be answered by one day."""

    class Privacy:
        """As the review."""

        public = ()
        restricted = ("id", "review_id", "asked_by_id", "asked_at", "due_date", "answered_by_id", "answered_at")

    id = opaque_key()
    review = models.ForeignKey(Review, models.CASCADE, related_name="inquiries")
    asked_by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_date = models.DateField(help_text="Last day to answer, on working days by the pack.")
    answered_by = models.ForeignKey("kernel.Account", models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.review_id} by {self.due_date}"


class ReviewQuestion(models.Model):
    """One question, and the answer to it."""

    class Privacy:
        """As the review."""

        public = ()
        restricted = ("id", "inquiry_id", "position", "text", "answer")

    id = opaque_key()
    inquiry = models.ForeignKey(ReviewInquiry, models.CASCADE, related_name="questions")
    position = models.IntegerField(help_text="Place among those asked together.")
    text = models.TextField()
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "position"], name="review_question_has_a_place")]

    def __str__(self) -> str:
        return f"{self.inquiry_id} {self.position}"


class BreachReferral(models.Model):
    """That signs of a breach were referred: a case is asked for through the port of cases, and what was answered."""

    class Privacy:
        """Analysts and the person."""

        public = ()
        restricted = (
            "id",
            "review_id",
            "person_id",
            "ground",
            "referred_at",
            "state",
            "case",
            "answered_date",
            "withdrawn_at",
        )

    id = opaque_key()
    review = models.OneToOneField(Review, models.CASCADE, related_name="referral")
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="+")
    ground = models.TextField(help_text="What shows the breach, and the law.")
    referred_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        default=WAITING,
        help_text="waiting for a register of cases, opened, declined or ended by it, or withdrawn.",
    )
    case = models.CharField(max_length=60, blank=True, help_text="Number of the case.")
    answered_date = models.DateField(null=True, help_text="Since when what the register of cases said last is so.")
    withdrawn_at = models.DateTimeField(null=True, help_text="When an appeal took it back.")

    class Meta:
        indexes = [models.Index(fields=["state", "referred_at"], name="breach_referral_waiting")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.state}"
