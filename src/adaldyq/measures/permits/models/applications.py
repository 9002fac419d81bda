"""Applications for permits: what was asked and answered, how far each is, and what happened to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, exact_amount, money_field, opaque_key
from adaldyq.kernel.models import Body
from adaldyq.measures.permits.models.entries import PermitEntry, PermitVersion
from adaldyq.measures.permits.models.procedures import PermitProcedure
from adaldyq.measures.permits.states import DISCARDED, DRAFT, PERMIT_APPLICATION, WITH_A_BODY

FREE, WAITING, ISSUED, PAID, WAIVED = "free", "waiting", "issued", "paid", "waived"
FEE_STATES = (FREE, WAITING, ISSUED, PAID, WAIVED)
FEE_SETTLED = (FREE, PAID, WAIVED)
NEW, RENEWAL = "new", "renewal"


class PermitApplication(models.Model):
    """An application of a person or company for a permit, pinned to what the entry and its procedure said on its day."""

    LIFE: TransitionTable = PERMIT_APPLICATION

    class Privacy:
        """Counts are public, and the licence is; who applies for what is between the applicant and the body."""

        public = ()
        restricted = (
            "id", "number", "entry_id", "version_id", "procedure_id", "body_id", "state", "step", "purpose", "renews_id",
            "previous_id", "owner_id", "person_id", "company_id", "applicant_name", "applicant_identifier", "answers",
            "held", "clock_from", "clock_days", "created_at", "sent_at", "sent_date", "due_date", "fee", "currency", "fee_state", "fee_settled_at",
            "invoice_number", "verifier_id", "decider_id", "draw_id", "assigned_at", "outcome", "deemed", "reasons",
            "grounds", "defects", "decided_at", "days_taken", "decided_by_id", "verified_by_id", "appeal_words", "appealed_at",
            "appeal_reasons", "appeal_decided_at", "lent_to_id", "nobody_at",
        )  # fmt: skip

    id = opaque_key()
    number = models.CharField(  # noqa: DJ001  # drafts have none, and an empty text would be the same for all
        max_length=20, null=True, unique=True, help_text="Number; empty while it is a draft."
    )
    entry = models.ForeignKey(PermitEntry, models.PROTECT, related_name="applications", help_text="For what.")
    version = models.ForeignKey(PermitVersion, models.PROTECT, related_name="+", help_text="What the entry said then.")
    procedure = models.ForeignKey(PermitProcedure, models.PROTECT, related_name="+", help_text="The steps it goes.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, related_name="+", help_text="The body that decides.")
    state = models.CharField(max_length=20, default=DRAFT, help_text="How far it is.")
    step = models.CharField(max_length=40, blank=True, help_text="Step of the procedure that is to be taken.")
    purpose = models.CharField(max_length=10, default=NEW, help_text="new or renewal.")
    renews = models.ForeignKey(
        "permits.PermitLicence", models.PROTECT, null=True, related_name="renewals", help_text="Licence to be renewed."
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", help_text="The returned one that it takes up."
    )
    owner = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Who wrote it.")
    person = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+", help_text="Applicant.")
    company = models.ForeignKey("kernel.Company", models.PROTECT, null=True, related_name="+", help_text="Applicant.")
    applicant_name = models.CharField(max_length=300, blank=True, help_text="Name of the applicant.")
    applicant_identifier = models.CharField(max_length=20, blank=True, help_text="Number of the applicant.")
    answers = models.JSONField(default=dict, help_text="What the applicant answered, by question.")
    held = models.JSONField(default=list, help_text="What base registries said as it was sent.")
    created_at = models.DateTimeField(help_text="When it was begun.")
    sent_at = models.DateTimeField(null=True, help_text="When it was sent.")
    sent_date = models.DateField(null=True, help_text="Day on which it was sent.")
    due_date = models.DateField(null=True, help_text="Last day on which the body decides; empty while paused.")
    clock_from = models.DateField(null=True, help_text="Day after which the days that are left count.")
    clock_days = models.IntegerField(null=True, help_text="Working days that the body had left on that day.")
    fee = money_field("Fee of the day on which it was sent.")
    currency = currency_field()
    fee_state = models.CharField(max_length=10, default=FREE, help_text="free, waiting, issued, paid or waived.")
    fee_settled_at = models.DateTimeField(null=True, help_text="When the fee was paid or waived.")
    invoice_number = models.CharField(max_length=60, blank=True, help_text="Number of the invoice where it is paid.")
    verifier = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Who was drawn to verify it."
    )
    decider = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Who was drawn to decide about it."
    )
    draw = models.ForeignKey(
        "permits.PermitDraw", models.PROTECT, null=True, related_name="applications", help_text="The draw."
    )
    assigned_at = models.DateTimeField(null=True, help_text="When it was drawn.")
    outcome = models.CharField(max_length=20, blank=True, help_text="How it ended first, as the procedure calls it.")
    deemed = models.BooleanField(default=False, help_text="Whether it counts as granted since the body was silent.")
    reasons = models.TextField(blank=True, help_text="Reasons of the decision.")
    grounds = models.JSONField(default=list, help_text="Requirements that are not met, each with its words.")
    defects = models.JSONField(default=list, help_text="What was missing, all of it in one notice.")
    decided_at = models.DateTimeField(null=True, help_text="When it was decided.")
    days_taken = models.IntegerField(
        null=True, help_text="Working days from sending to the decision, without those on which days stood still."
    )
    decided_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Who decided."
    )
    verified_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Who verified."
    )
    appeal_words = models.TextField(blank=True, help_text="Why the applicant appeals.")
    appealed_at = models.DateTimeField(null=True, help_text="When the applicant appealed.")
    appeal_reasons = models.TextField(blank=True, help_text="Why the appeal was decided so.")
    appeal_decided_at = models.DateTimeField(null=True, help_text="When the appeal was decided.")
    lent_to = models.ForeignKey(
        "kernel.Body", models.PROTECT, null=True, related_name="+", help_text="Body whose officers are drawn instead."
    )
    nobody_at = models.DateTimeField(null=True, help_text="Since when no officer may have it; empty: one has or may.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(company__isnull=True), name="permit_applicant_is_one"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(DRAFT, DISCARDED))
                | (Q(number__isnull=False) & (Q(person__isnull=False) | Q(company__isnull=False))),
                name="permit_application_sent_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(verified_by__isnull=True) | ~Q(decided_by=F("verified_by")),
                name="permit_decider_is_not_verifier",
            ),
            models.CheckConstraint(condition=Q(fee_state__in=FEE_STATES), name="permit_fee_state_is_known"),
            exact_amount("fee", "permit_application"),
        ]
        indexes = [
            models.Index(fields=["body", "state", "due_date"], name="permit_application_queue"),
            models.Index(fields=["entry", "state", "decided_at"], name="permit_application_counted"),
            models.Index(fields=["verifier"], name="permit_verifier_busy", condition=Q(state__in=WITH_A_BODY)),
            models.Index(fields=["decider"], name="permit_decider_busy", condition=Q(state__in=WITH_A_BODY)),
        ]

    def __str__(self) -> str:
        return self.number or self.pk

    @property
    def drawn_from(self) -> Body:
        """The body whose officers are drawn for it."""
        return self.lent_to or self.body


class PermitApplicationEvent(models.Model):
    """Something that happened to an application: the timeline that both sides see."""

    class Privacy:
        """As the application; the applicant sees steps and words, not which account took them."""

        public = ()
        restricted = ("id", "application_id", "at", "happened", "step", "answer", "words", "account_id")

    id = opaque_key()
    application = models.ForeignKey(
        PermitApplication, models.CASCADE, related_name="events", help_text="Which application."
    )
    at = models.DateTimeField(help_text="When.")
    happened = models.CharField(max_length=20, help_text="What happened.")
    step = models.CharField(max_length=40, blank=True, help_text="Step of the procedure.")
    answer = models.CharField(max_length=40, blank=True, help_text="How the step was answered.")
    words = models.TextField(blank=True, help_text="What was said.")
    account = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Who did it; empty for the clock."
    )

    class Meta:
        indexes = [models.Index(fields=["application", "at"], name="permit_application_timeline")]

    def __str__(self) -> str:
        return f"{self.happened} {self.application_id}"


class PermitPaper(models.Model):
    """A document that the applicant brought with an application."""

    class Privacy:
        """As the application."""

        public = ()
        restricted = ("id", "application_id", "place", "upload_id", "added_at")

    id = opaque_key()
    application = models.ForeignKey(
        PermitApplication, models.CASCADE, related_name="papers", help_text="Which application."
    )
    place = models.IntegerField(help_text="Which of the entry's documents it is, from 0.")
    upload = models.ForeignKey("kernel.Upload", models.PROTECT, related_name="+", help_text="The file.")
    added_at = models.DateTimeField(help_text="When it was added.")

    def __str__(self) -> str:
        return f"{self.application_id} {self.place}"


class PermitRefusalTemplate(models.Model):
    """Words that officers of a body begin a refusal with."""

    class Privacy:
        """Internal to the body."""

        public = ()
        restricted = ("id", "body_id", "title", "words", "written_by_id", "written_at")

    id = opaque_key()
    body = models.ForeignKey("kernel.Body", models.PROTECT, related_name="+", help_text="Of which body.")
    title = models.CharField(max_length=200, help_text="What it is called.")
    words = models.TextField(help_text="The words.")
    written_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(help_text="When it was written.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="permit_template_is_titled_once")]

    def __str__(self) -> str:
        return self.title
