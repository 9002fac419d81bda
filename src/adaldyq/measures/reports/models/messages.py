"""What the reporter and the office wrote to each other, and files, all sealed."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key
from adaldyq.measures.reports.models.channels import CHANNELS

REPORTER, OFFICE = "reporter", "office"


class Message(models.Model):
    """One message, an envelope that the report's key and the mailbox's key open."""

    class Privacy:
        """Sealed; that there is one and from which side is seen by the unit."""

        public = ()
        restricted = ("id", "report_id", "place", "side", "by_id", "sealed", "sent_date", "closes", "channel")

    id = opaque_key()
    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="messages")
    place = models.IntegerField(help_text="1 for the report itself, and so on.")
    side = models.CharField(max_length=10, choices=[(REPORTER, REPORTER), (OFFICE, OFFICE)])
    by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Officer who wrote."
    )
    sealed = models.BinaryField(help_text="The envelope.")
    sent_date = models.DateField(help_text="Day on which it came; no time is kept.")
    closes = models.BooleanField(default=False, help_text="Whether it tells the reporter what was done in the end.")
    channel = models.CharField(
        max_length=20, blank=True, choices=CHANNELS, help_text="How it came, if on another way than from the pages."
    )

    class Meta:
        ordering = ("place",)
        constraints = [models.UniqueConstraint(fields=["report", "place"], name="message_place_is_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.place}"


class Enclosure(models.Model):
    """A file of a message: an envelope on the disk. Its key, name and type stand sealed in the message."""

    class Privacy:
        """Sealed; its padded length is seen."""

        public = ()
        restricted = ("id", "message_id", "place", "stored", "size")

    id = opaque_key()
    message = models.ForeignKey(Message, models.CASCADE, related_name="enclosures")
    place = models.IntegerField()
    stored = models.CharField(max_length=80, help_text="Where the envelope lies in the folder of files.")
    size = models.BigIntegerField(help_text="Bytes of the envelope.")

    class Meta:
        ordering = ("place",)
        constraints = [models.UniqueConstraint(fields=["message", "place"], name="enclosure_place_is_once")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.place}"
