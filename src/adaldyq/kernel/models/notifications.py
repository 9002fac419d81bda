"""Messages to account holders, and what each channel has done with them."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key

EMAIL, SMS = "email", "sms"
WAITING, SENT, GIVEN_UP = "waiting", "sent", "given_up"


class Notification(models.Model):
    """One message to one account, shown in the application."""

    class Privacy:
        """Only the account it is for."""

        public = ()
        restricted = ("id", "account_id", "key", "message", "parameters", "href", "created_at", "read_at")

    id = opaque_key()
    account = models.ForeignKey("kernel.Account", models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=120, help_text="Stable: whoever sends the same key again sends nothing new.")
    message = models.CharField(max_length=60, help_text="Which message, as its room calls it.")
    parameters = models.JSONField(
        default=dict, help_text="Values in its sentences; never a name or a number of a person."
    )
    href = models.CharField(max_length=200, blank=True, help_text="Page it is about, without the language.")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="notification_is_made_once")]
        indexes = [
            models.Index(fields=["account"], name="notification_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(fields=["account", "created_at"], name="notification_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.pk}"


class NotificationDelivery(models.Model):
    """A notification on its way through one channel; its id is the stable id of the message."""

    class Privacy:
        """Internal: read by the worker, and shown to the account it is for."""

        public = ()
        restricted = (
            "id",
            "notification_id",
            "channel",
            "address",
            "state",
            "attempts",
            "next_attempt_at",
            "sent_at",
            "error",
        )

    id = opaque_key()
    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, help_text="email or sms.")
    address = models.CharField(
        max_length=254,
        blank=True,
        help_text="Where it goes when it must not follow a later change; empty for the account's present address, "
        "and once it is sent.",
    )
    state = models.CharField(max_length=10, default=WAITING, help_text="waiting, sent or given_up.")
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel"], name="notification_goes_once_through_a_channel")
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="notification_waiting", condition=models.Q(state=WAITING))
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class ContactChoice(models.Model):
    """How an account wants to be told: language and channels. A channel is used once its address was confirmed."""

    class Privacy:
        """Only the account."""

        public = ()
        restricted = (
            "account_id",
            "language",
            "email",
            "email_confirmed_at",
            "email_wanted",
            "phone",
            "phone_confirmed_at",
            "sms_wanted",
        )

    account = models.OneToOneField("kernel.Account", models.CASCADE, primary_key=True, related_name="contact")
    language = models.CharField(max_length=8, blank=True, help_text="Language of messages; empty for the country's.")
    email = models.EmailField(blank=True)
    email_confirmed_at = models.DateTimeField(null=True)
    email_wanted = models.BooleanField(default=True)
    phone = models.CharField(max_length=20, blank=True, help_text="In the form of E.164.")
    phone_confirmed_at = models.DateTimeField(null=True)
    sms_wanted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.account_id


class ContactCode(models.Model):
    """A code on its way to an address, so that its holder can show that the address is theirs."""

    class Privacy:
        """Internal: only a hash of the code is kept."""

        public = ()
        restricted = ("id", "account_id", "channel", "address", "digest", "made_at", "tries")

    id = opaque_key()
    account = models.ForeignKey("kernel.Account", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=254)
    digest = models.CharField(max_length=200, help_text="Slow hash of the code.")
    made_at = models.DateTimeField()
    tries = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "channel"], name="contact_code_is_the_last_one")]

    def __str__(self) -> str:
        return f"{self.channel} {self.account_id}"
