"""State bodies, the posts in them, and who holds a post on a day."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import as_of_field, once_at_a_time, opaque_key, period_in_order, source_field


class Body(models.Model):
    """A state institution."""

    class Privacy:
        """Everything is public."""

        public = (
            "id",
            "identifier",
            "name",
            "names",
            "level",
            "kind",
            "parent_id",
            "territory_id",
            "opened_date",
            "closed_date",
            "source",
            "as_of",
        )
        restricted = ()

    id = opaque_key()
    identifier = models.CharField(max_length=20, blank=True, help_text="Number in the country's register of bodies.")
    name = models.CharField(max_length=300, help_text="Official name, in the pack's first language.")
    names = models.JSONField(default=dict, help_text="Official names by language.")
    level = models.CharField(max_length=10, help_text="national, regional, city, district or rural.")
    kind = models.CharField(max_length=30, help_text="Kind of body, from the pack's list.")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, help_text="The body above it.")
    territory = models.ForeignKey("kernel.Territory", models.PROTECT, help_text="Territory it serves.")
    opened_date = models.DateField(null=True, blank=True, help_text="First day; empty when unknown.")
    closed_date = models.DateField(null=True, blank=True, help_text="Last day; empty while it exists.")
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_date__isnull=True)
                | models.Q(opened_date__isnull=True)
                | models.Q(closed_date__gte=models.F("opened_date")),
                name="body_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post in a body, and what its holder has power over."""

    class Privacy:
        """Everything is public."""

        public = (
            "id",
            "body_id",
            "category",
            "title",
            "titles",
            "declares",
            "heads_body",
            "licences",
            "inspects",
            "procures",
            "source",
            "as_of",
        )
        restricted = ()

    id = opaque_key()
    body = models.ForeignKey(Body, models.PROTECT, related_name="posts", help_text="The body it belongs to.")
    category = models.CharField(max_length=20, help_text="Category of posts, from the pack's list.")
    title = models.CharField(max_length=200, help_text="Title, in the pack's first language.")
    titles = models.JSONField(default=dict, help_text="Titles by language.")
    declares = models.BooleanField(default=False, help_text="Whether the law makes the holder's declaration public.")
    heads_body = models.BooleanField(default=False, help_text="Whether the holder heads the body.")
    licences = models.BooleanField(default=False, help_text="Whether the holder issues licences.")
    inspects = models.BooleanField(default=False, help_text="Whether the holder inspects businesses.")
    procures = models.BooleanField(default=False, help_text="Whether the holder buys for the state.")
    source = source_field()
    as_of = as_of_field()

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """Who holds a post, from a day to a day."""

    class Privacy:
        """Everything is public."""

        public = ("id", "person_id", "post_id", "valid_from", "valid_to", "act_number", "source", "as_of")
        restricted = ()

    id = opaque_key()
    person = models.ForeignKey(
        "kernel.Person", models.PROTECT, related_name="appointments", help_text="Who holds the post."
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", help_text="The post.")
    valid_from = models.DateField(help_text="First day in the post.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day in the post; empty while it lasts.")
    act_number = models.CharField(max_length=40, blank=True, help_text="Number of the act of appointment.")
    source = source_field()
    as_of = as_of_field()

    class Meta:
        constraints = [period_in_order("appointment"), once_at_a_time("post_has_one_holder", "post")]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.post_id}"
