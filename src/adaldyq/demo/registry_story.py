"""What the sample citizen finds in their own data: a record that was read, and a request that waits for an answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from adaldyq.kernel import reads
from adaldyq.kernel.actions.corrections import Claim, submit_correction
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Company, Person, PersonName
from adaldyq.kernel.periods import ONE_DAY

PAPER = "Паспорт № 00000000: в нём нет отчества"
"""What the sample citizen brings against the Russian form of their name."""


def sample_citizen(not_this: Person | None) -> Person | None:
    """Somebody who manages a company, lives, and is not the sample official."""
    heads = Company.objects.filter(head__death_date=None).exclude(head=None).exclude(head=not_this)
    found = heads.order_by("id").select_related("head").first()
    return found.head if found else None


def tell_story(citizen: Account, registrar: Account, at: datetime) -> None:
    """Let a registrar have read the citizen's record, and the citizen say that a name in it is wrong."""
    if citizen.person_id is None:
        return
    of = [(citizen.person_id, citizen.person_id)]
    reads.record(by=actor_of(registrar), kind="person", of=of, purpose="registers-person", at=at - ONE_DAY)
    name = PersonName.objects.filter(person_id=citizen.person_id, valid_to=None).order_by("-language", "id").first()
    if name is None:
        return
    claim = Claim("person_name", name.pk, "text", " ".join(name.text.split()[:2]), PAPER)
    submit_correction(claim=claim, by=actor_of(citizen), at=at - timedelta(minutes=1))
