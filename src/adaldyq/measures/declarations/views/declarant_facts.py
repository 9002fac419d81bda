"""Who declares, as the registers have it, on the page of answers."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.kernel import naming
from adaldyq.measures.declarations.queries.drafts import Draft, number_of
from adaldyq.measures.declarations.queries.filing import becoming
from adaldyq.ui.facts import Fact


def declarant_facts(draft: Draft) -> list[Fact]:
    """Name, number, day of birth and post with which a draft would be filed today."""
    key, owed = draft.person_id, draft.obligation
    post = becoming(draft, timezone.localdate()).post(owed.body_id if owed else None)
    facts = [
        Fact(_("Full name"), naming.names_of([key]).get(key, "")),
        Fact(_("Identification number"), number_of(key)),
        Fact(_("Born"), draft.person.birth_date, kind="day"),
    ]
    if post is not None:
        body = naming.spoken(post.body.names, post.body.name)
        facts.append(Fact(_("Post"), f"{naming.spoken(post.titles, post.title)}, {body}"))
    return [one for one in facts if one.value]
