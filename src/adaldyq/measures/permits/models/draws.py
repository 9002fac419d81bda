"""Draws that give applications to officers, and secrets of offices that make their seeds where no network is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from adaldyq.kernel.fields import opaque_key

WITNESSES, OFFICES, DRAND = "witnesses", "offices", "drand"


class PermitDraw(models.Model):
    """A draw: which applications of a body are given out of an hour, among whom, and what decided."""

    class Privacy:
        """Public, so that anybody can repeat it: applications and accounts stand in it as opaque ids."""

        public = (
            "id", "body_id", "hour", "frame", "root", "beacon_kind", "witnesses", "round", "beacon", "seed", "result",
            "fixed_at", "drawn_at",
        )  # fmt: skip
        restricted = ()

    id = opaque_key()
    body = models.ForeignKey("kernel.Body", models.PROTECT, related_name="+", help_text="Of which body.")
    hour = models.CharField(max_length=13, help_text="Hour of the country's clock, as 2026-11-30T09.")
    frame = models.JSONField(help_text="All that decides but the seed, as `base/draw.py` describes it.")
    root = models.CharField(max_length=64, help_text="SHA-256 of the frame's one text.")
    beacon_kind = models.CharField(max_length=12, help_text="What makes the seed: witnesses, offices or drand.")
    round = models.BigIntegerField(null=True, help_text="Number of the round of the public beacon; empty without it.")
    witnesses = models.JSONField(default=list, help_text="Names of the witnesses whose signatures make the seed.")
    beacon = models.TextField(blank=True, help_text="What became known after the frame was fixed.")
    seed = models.CharField(max_length=64, blank=True, help_text="SHA-256 of tag, root and beacon.")
    result = models.JSONField(default=dict, help_text="Who got what, and why loads are uneven where they are.")
    fixed_at = models.DateTimeField(help_text="When the frame was fixed.")
    drawn_at = models.DateTimeField(null=True, help_text="When it was drawn; empty while the beacon is to come.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "hour"], name="permit_draw_is_once_an_hour"),
            models.UniqueConstraint(
                fields=["body"], condition=Q(drawn_at__isnull=True), name="permit_draw_waits_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.hour}"


class PermitSecret(models.Model):
    """A secret of an office: its hash stands here first, the secret itself once a draw asks for it."""

    class Privacy:
        """Public: whoever repeats a draw holds secrets against their hashes."""

        public = (
            "id", "body_id", "place", "digest", "secret", "draw_id", "committed_at", "revealed_at", "withheld_at",
        )  # fmt: skip
        restricted = ("committed_by_id",)

    id = opaque_key()
    body = models.ForeignKey("kernel.Body", models.PROTECT, related_name="+", help_text="Of which office.")
    place = models.IntegerField(help_text="In which order the office's secrets are used, from 1.")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret, in hexadecimal.")
    secret = models.CharField(max_length=64, blank=True, help_text="The secret, once it was told.")
    draw = models.ForeignKey(PermitDraw, models.PROTECT, null=True, related_name="secrets", help_text="For which draw.")
    committed_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    committed_at = models.DateTimeField(help_text="When its hash was handed in.")
    revealed_at = models.DateTimeField(null=True, help_text="When it was told.")
    withheld_at = models.DateTimeField(null=True, help_text="When it was given up, since the office did not tell it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "place"], name="permit_secret_is_placed_once")]
        indexes = [models.Index(fields=["draw"], name="permit_secret_unused", condition=Q(draw__isnull=True))]

    def __str__(self) -> str:
        return f"{self.body_id} {self.place}"
