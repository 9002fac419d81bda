"""What the public search can find."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """A thing that everybody may find: its names and a note by language, and the forms of its words.

    The databases keep a full-text index over the two columns of forms, which the migration makes: on SQLite an
    FTS5 table that triggers keep up, on PostgreSQL a generated `tsvector`. A later migration that makes this
    table anew on SQLite (any change of a column) must make the triggers anew, too.
    """

    class Privacy:
        """Everything is public: nothing else may be put in."""

        public = ("id", "kind", "key", "names", "notes", "name_forms", "other_forms")
        restricted = ()

    kind = models.CharField(max_length=30, help_text="What it is: person, body …")
    key = models.CharField(max_length=100, help_text="Its public id.")
    names = models.JSONField(default=dict, help_text="What it is called, by language.")
    notes = models.JSONField(default=dict, help_text="A line that tells it from its namesakes, by language.")
    name_forms = models.TextField(help_text="Forms of the words of its names.")
    other_forms = models.TextField(blank=True, help_text="Forms of other words by which it is found.")

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_entry_is_one")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SearchWord(models.Model):
    """A folded word of the index with its threes of letters, by which a mistyped word is read."""

    class Privacy:
        """Everything is public, as the entries are that it is a word of."""

        public = ("id", "word", "trigrams")
        restricted = ()

    word = models.CharField(max_length=100, unique=True, help_text="The word, folded.")
    trigrams = models.TextField(help_text="Its threes of letters.")

    def __str__(self) -> str:
        return self.word


class SearchRebuild(models.Model):
    """How far the search has been filled anew with one kind of things."""

    class Privacy:
        """Counts and public ids; read by operators only."""

        public = ()
        restricted = ("id", "kind", "reached", "done", "started_at", "finished_at")

    kind = models.CharField(max_length=30, help_text="What is put in.")
    reached = models.CharField(max_length=100, blank=True, help_text="The last id that was put in.")
    done = models.IntegerField(default=0, help_text="How many were put in.")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, help_text="When nothing was left; empty while it goes on.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(finished_at=None), name="search_is_rebuilt_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.done}"
