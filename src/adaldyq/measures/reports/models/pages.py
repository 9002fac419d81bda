"""Pages from which a report was sent: each may send one, and what it sent is known again."""

from __future__ import annotations

from django.db import models


class UsedPage(models.Model):
    """A page that has sent its report, or what it sent, under a name that only the server makes of what the page carries."""

    class Privacy:
        """Leads to no report; kept while the page could still be sent."""

        public = ()
        restricted = ("name", "made_date")

    name = models.CharField(
        max_length=64, primary_key=True, help_text="Keyed hash of the secret that the page carries."
    )
    made_date = models.DateField(help_text="Day on which it was used; no time is kept.")

    def __str__(self) -> str:
        return self.name
