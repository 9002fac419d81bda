"""What came through doors of programs: that it came, so that it is taken once, and parts that wait for one another."""

from __future__ import annotations

from django.db import models


class DoorMark(models.Model):
    """A message that was taken in, under a name that only the server makes of the id that its carrier gave it."""

    class Privacy:
        """Leads to no report and to no sender; kept for some days, while a carrier may bring the message again."""

        public = ()
        restricted = ("name", "waiting", "made_date")

    name = models.CharField(max_length=64, primary_key=True, help_text="Keyed hash of the door and the carrier's id.")
    waiting = models.BinaryField(
        help_text="The secret of the receipt, locked with the message itself, until the sender was answered; of an album its report, locked with what its files have in common, for two days; then empty."
    )
    made_date = models.DateField(help_text="Day on which it came; no time is kept.")

    def __str__(self) -> str:
        return self.name


class DoorPart(models.Model):
    """A part of a message that waits for the other parts, locked with a key of the server."""

    class Privacy:
        """Locked; removed when the last part came, at the latest in the next night but one, unless nobody may have it yet."""

        public = ()
        restricted = ("name", "whole", "place", "locked", "made_date")

    name = models.CharField(max_length=64, primary_key=True, help_text="Keyed hash of the door and the carrier's id.")
    whole = models.CharField(max_length=64, help_text="Keyed hash of the sender and the number of the whole message.")
    place = models.IntegerField(help_text="1 for the first part, and so on.")
    locked = models.BinaryField()
    made_date = models.DateField(help_text="Day on which it came; no time is kept.")

    class Meta:
        ordering = ("whole", "place")
        constraints = [models.UniqueConstraint(fields=["whole", "place"], name="part_of_a_message_is_once")]

    def __str__(self) -> str:
        return f"{self.whole} {self.place}"


class DoorPace(models.Model):
    """How many messages somebody sent through a door within an hour, under a name that only the running server makes (`base.passing`)."""

    class Privacy:
        """Names no sender and leads to no report; goes with the next message of the next hour, at the latest by night."""

        public = ()
        restricted = ("name", "hour", "sent")

    name = models.CharField(
        max_length=64, primary_key=True, help_text="Keyed hash of the door, the sender and the hour."
    )
    hour = models.IntegerField(db_index=True, help_text="Number of the hour since 1970, until which it is kept.")
    sent = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.name
