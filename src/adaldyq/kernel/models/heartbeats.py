"""That the loops of the workers go round."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a loop of a worker last went round."""

    class Privacy:
        """Of machines; read by operators only."""

        public = ()
        restricted = ("id", "node", "loop", "beat_at")

    node = models.CharField(max_length=100, help_text="Name of the machine.")
    loop = models.CharField(max_length=20, help_text="events, clock or witnesses.")
    beat_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "loop"], name="one_heartbeat_of_a_loop_on_a_node")]

    def __str__(self) -> str:
        return f"{self.loop} on {self.node}"
