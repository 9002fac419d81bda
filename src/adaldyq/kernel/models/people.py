"""People, what they are called, how they are identified, and whom they belong to."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import as_of_field, once_at_a_time, opaque_key, period_in_order, source_field


class Person(models.Model):
    """A natural person. None of the facts but the id is required: a foreigner or an old record may lack them."""

    class Privacy:
        """A person's record is restricted; the public sees a name only where a law makes it public."""

        public = ("id",)
        restricted = ("birth_date", "death_date", "sex", "country", "source", "as_of")

    id = opaque_key()
    birth_date = models.DateField(null=True, blank=True, help_text="Day of birth.")
    death_date = models.DateField(null=True, blank=True, help_text="Day of death; empty for the living.")
    sex = models.CharField(max_length=1, blank=True, help_text="f, m, or empty when the register does not say.")
    country = models.CharField(max_length=2, blank=True, help_text="Citizenship, ISO 3166-1.")
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(death_date__isnull=True)
                | models.Q(birth_date__isnull=True)
                | models.Q(death_date__gte=models.F("birth_date")),
                name="person_dies_after_birth",
            )
        ]

    def __str__(self) -> str:
        return self.id


class PersonName(models.Model):
    """What a person is called in one language and script, from a day to a day."""

    class Privacy:
        """Public only through a query that a law allows."""

        public = ()
        restricted = (
            "id",
            "person_id",
            "language",
            "script",
            "text",
            "family_name",
            "given_name",
            "patronymic",
            "valid_from",
            "valid_to",
            "source",
            "as_of",
        )

    id = opaque_key()
    person = models.ForeignKey(Person, models.CASCADE, related_name="names", help_text="Whose name it is.")
    language = models.CharField(max_length=8, help_text="Language, BCP 47.")
    script = models.CharField(max_length=4, help_text="Script, ISO 15924.")
    text = models.CharField(max_length=300, help_text="The name as written in full.")
    family_name = models.CharField(max_length=100, blank=True, help_text="Family name.")
    given_name = models.CharField(max_length=100, blank=True, help_text="Given name.")
    patronymic = models.CharField(max_length=100, blank=True, help_text="Patronymic.")
    valid_from = models.DateField(null=True, blank=True, help_text="First day; empty when unknown.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day; empty while it lasts.")
    source = source_field()
    as_of = as_of_field()

    class Meta:
        constraints = [
            period_in_order("person_name"),
            once_at_a_time("person_has_one_name_in_a_language", "person", "language", "script"),
        ]

    def __str__(self) -> str:
        return self.text


class NameKey(models.Model):
    """A key under which a person is found by spellings of their name that may differ from the register's.

    Made of names by `base.name_keys`, and by nothing else: it may be emptied and filled anew.
    """

    class Privacy:
        """Never public, as the names are not."""

        public = ()
        restricted = ("id", "person_id", "key")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", help_text="Who is found.")
    key = models.CharField(max_length=60, help_text="What one word of the name may sound like.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "person"], name="name_key_is_kept_once")]

    def __str__(self) -> str:
        return self.key


class PersonIdentifier(models.Model):
    """A number that a scheme gave a person, such as the IIN of Kazakhstan."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = ("id", "person_id", "scheme", "country", "value", "valid_from", "valid_to", "source", "as_of")

    id = opaque_key()
    person = models.ForeignKey(Person, models.CASCADE, related_name="identifiers", help_text="Whose number it is.")
    scheme = models.CharField(max_length=30, help_text="Name of the scheme in the country pack.")
    country = models.CharField(max_length=2, help_text="Country of the scheme, ISO 3166-1.")
    value = models.CharField(max_length=40, help_text="The number.")
    valid_from = models.DateField(null=True, blank=True, help_text="First day; empty when unknown.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day; empty while it lasts.")
    source = source_field()
    as_of = as_of_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "country", "value"], name="person_identifier_is_unique"),
            period_in_order("person_identifier"),
        ]

    def __str__(self) -> str:
        return self.id


class FamilyTie(models.Model):
    """A tie between two people, written once from each side."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = ("id", "person_id", "relative_id", "kind", "valid_from", "valid_to", "source", "as_of")

    id = opaque_key()
    person = models.ForeignKey(Person, models.CASCADE, related_name="ties", help_text="From whose side.")
    relative = models.ForeignKey(Person, models.CASCADE, related_name="+", help_text="The relative.")
    kind = models.CharField(max_length=10, help_text="What the relative is: spouse, child, parent or sibling.")
    valid_from = models.DateField(null=True, blank=True, help_text="First day: marriage or birth.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day, such as a divorce; empty while it lasts.")
    source = source_field()
    as_of = as_of_field()

    class Meta:
        constraints = [
            period_in_order("family_tie"),
            once_at_a_time("family_tie_is_stated_once", "person", "relative", "kind"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("relative")), name="family_tie_joins_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.relative_id}"


class Residence(models.Model):
    """Where a person is registered to live, from a day to a day."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = ("id", "person_id", "territory_id", "dwelling", "valid_from", "valid_to", "source", "as_of")

    id = opaque_key()
    person = models.ForeignKey(Person, models.CASCADE, related_name="residences", help_text="Who lives there.")
    territory = models.ForeignKey("kernel.Territory", models.PROTECT, help_text="Territory of the dwelling.")
    dwelling = models.CharField(max_length=20, help_text="Opaque code of the dwelling: equal for those who share it.")
    valid_from = models.DateField(null=True, blank=True, help_text="First day; empty when unknown.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day; empty while it lasts.")
    source = source_field()
    as_of = as_of_field()

    class Meta:
        constraints = [period_in_order("residence"), once_at_a_time("person_lives_in_one_place", "person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.territory_id}"
