"""Files of declarations that somebody sent, with what became of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Body
from adaldyq.measures.declarations.models import SentFile

__all__ = ["SentFile"]
"""Records that pages are handed."""

MOST_SHOWN = 50


def sent_by(by: Actor) -> Sequence[SentFile]:
    """The last files that somebody sent, newest first."""
    return list(SentFile.objects.filter(sent_by=by.id).order_by("-sent_at")[:MOST_SHOWN])


def sent_file(by: Actor, file_id: str) -> SentFile | None:
    """A file that somebody sent."""
    return SentFile.objects.filter(sent_by=by.id, pk=file_id).first()


def names_of_bodies(keys: Collection[str]) -> Mapping[str, str]:
    """Names of bodies by id, in the reader's language."""
    return {one.pk: naming.spoken(one.names, one.name) for one in Body.objects.filter(pk__in=keys)}
