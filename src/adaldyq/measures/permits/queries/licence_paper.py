"""The licence as a document: what stands in its PDF."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.kernel import naming
from adaldyq.kernel.documents.paper import Block, Paper
from adaldyq.measures.permits.models import PermitLicence
from adaldyq.measures.permits.queries.application_words import STATE_ON_A_DAY
from adaldyq.measures.permits.queries.licences import address_of, state_on, token_of
from adaldyq.measures.permits.queries.words import KIND_WORDS
from adaldyq.ui.formats.values import day


def facts_of(of: PermitLicence) -> list[tuple[str, str]]:
    """What a licence says, as lines."""
    facts = [
        (_("Number"), of.number),
        (_("Holder"), of.holder_name),
        (_("Number in the register"), of.holder_identifier),
        (_("For what"), naming.spoken(of.entry.names, of.entry.number)),
        (_("Kinds of the activity"), "; ".join(naming.spoken(one) for one in of.subtypes)),
        (_("Place"), of.address),
        (_("Issued by"), naming.spoken(of.body.names, of.body.name)),
        (_("Issued"), day(of.issued_date)),
        (_("Valid from"), day(of.valid_from)),
        (_("Valid until"), day(of.valid_until) if of.valid_until else _("no end")),
    ]
    return [(title, value) for title, value in facts if value]


def paper(of: PermitLicence, language: str) -> Paper:
    """The paper of a licence; its QR code holds the token, which is checked without a network too."""
    lead = _("It was granted since the body was silent up to the last day.") if of.deemed else ""
    conditions = [Block(_("Conditions"), text="\n".join(f"– {one}" for one in of.conditions))] if of.conditions else []
    state = _("How it stands today says the check: %(state)s on the day of printing.")
    blocks = [
        Block(_("What it permits"), facts=facts_of(of)),
        *conditions,
        Block(_("Check"), text=state % {"state": STATE_ON_A_DAY[state_on(of, timezone.localdate())]}),
    ]
    return Paper(str(KIND_WORDS[of.kind]), lead, blocks, language, address_of(token_of(of), language))


def public_facts(of: PermitLicence) -> dict[str, str]:
    """What the check of the document may show."""
    return dict(facts_of(of))
