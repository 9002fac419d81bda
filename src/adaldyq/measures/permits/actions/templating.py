"""Acts on the words that officers begin a refusal with."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Body
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.applying import checked_text
from adaldyq.measures.permits.models import PermitRefusalTemplate

WRITE = "permits.template.write"
LONGEST_TITLE = 200


def told(template: PermitRefusalTemplate) -> Recorded:
    """The ledger line: of which body."""
    return Recorded([{"template": template.pk, "body": template.body_id}], {"template": template.pk})


@act(WRITE, records=told)
def write_template(*, body: Body, title: str, words: str, by: Actor, at: datetime) -> PermitRefusalTemplate:
    """Keep words that officers of a body begin a refusal with; a title that is there gets other words.

    Raises:
        NotAllowed: `by` handles no applications of the body.
        DomainError: `reason-missing`, `text-too-long`.
    """
    require(by.system or policies.handles(by, body), WRITE)
    name, text = checked_text(title, "title", LONGEST_TITLE), checked_text(words, "words")
    if not name or not text:
        raise DomainError("reason-missing", field="words" if name else "title")
    facts = {"words": text, "written_by_id": None if by.system else by.id, "written_at": at}
    return PermitRefusalTemplate.objects.update_or_create(body=body, title=name, defaults=facts)[0]
