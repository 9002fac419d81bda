"""Words about applications, licences and draws that pages and files share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.measures.permits.domain import tokens
from adaldyq.measures.permits.models import applications, draws
from adaldyq.measures.permits.states import (
    APPEALED,
    CLOSED,
    DISCARDED,
    DRAFT,
    EXPIRED,
    GRANTED,
    NOTED,
    PAUSED,
    PENDING,
    REFUSED,
    RENEWED,
    RETURNED,
    REVOKED,
    SETTLED,
    SUSPENDED,
    TRANSFERRED,
    UNDER_WAY,
    UPHELD,
    VALID,
    WITHDRAWN,
)

__all__ = ["PENDING", "SETTLED"]  # whoever may not read states names them by this

APPLICATION_WORDS: Mapping[str, object] = {
    DRAFT: _("Draft"),
    UNDER_WAY: _("Under way"),
    PAUSED: _("Days stand still"),
    GRANTED: _("Granted"),
    REFUSED: _("Refused"),
    RETURNED: _("Returned: something is missing"),
    NOTED: _("Noted"),
    WITHDRAWN: _("Taken back"),
    DISCARDED: _("Thrown away"),
    APPEALED: _("Under appeal"),
    UPHELD: _("Refused, also on appeal"),
    CLOSED: _("Closed: nothing is left to decide"),
}
LOOKS: Mapping[str, str] = {
    DRAFT: "plain",
    UNDER_WAY: "work",
    PAUSED: "attention",
    GRANTED: "good",
    NOTED: "good",
    APPEALED: "work",
    VALID: "good",
    SUSPENDED: "attention",
    tokens.NOT_YET: "plain",
    REVOKED: "bad",
    REFUSED: "bad",
    UPHELD: "bad",
    tokens.UNKNOWN: "bad",
}
"""How states look; the others look closed."""

LICENCE_WORDS: Mapping[str, object] = {
    VALID: _("Valid"),
    SUSPENDED: _("Suspended"),
    RENEWED: _("Renewed by another"),
    TRANSFERRED: _("Transferred to another"),
    REVOKED: _("Licence revoked"),
    EXPIRED: _("Its term has ended"),
}
STATE_ON_A_DAY: Mapping[str, object] = {**LICENCE_WORDS, tokens.NOT_YET: _("Not valid yet")}
CHECK_WORDS: Mapping[str, object] = {
    tokens.VALID: _("Valid"),
    tokens.NOT_YET: _("Not valid yet: it begins later"),
    tokens.SUSPENDED: _("Suspended"),
    tokens.REVOKED: _("Revoked: it holds no longer"),
    tokens.EXPIRED: _("Its term has ended"),
    tokens.UNKNOWN: _("Unknown: this is no licence of this state"),
    tokens.UNSTATED: _("The signature holds; nobody has said what became of it since"),
}
HAPPENED_TO_IT: Mapping[str, object] = {
    "sent": _("Application sent"),
    "assigned": _("Officers drawn"),
    "step": _("Step taken"),
    "paused": _("Days stopped"),
    "resumed": _("Days count again"),
    "put_off": _("Last day put off: a holiday was declared"),
    "deemed": _("Granted, since the body was silent"),
    "withdrawn": _("Taken back"),
    "closed_abolished": _("Closed: the permit was abolished"),
    "closed_suspended": _("Closed: silence gives no licence beside a suspended one for the same"),
    "permit_fallen": _("The permit was abolished: it need not be sent again"),
    "closed_licence": _("Closed: the licence to be renewed was revoked or transferred"),
    "appealed": _("Appealed"),
    "overturned": _("Appeal granted"),
    "upheld": _("Appeal refused"),
    "fee_issued": _("Invoice of the fee issued"),
    "nobody": _("No officer of the body may decide; its head was told"),
    "lent": _("Officers of another body are drawn"),
    "redrawn": _("Given back to the draw"),
    "reminded": _("Applicant reminded"),
    "fee_paid": _("Fee paid"),
    "fee_owed": _("Fee taken back by the bank, owed again"),
    "fee_back": _("It was proposed that the fee is given back"),
    "fee_waived": _("Fee need not be paid: waived"),
    "fee_waiting": _("Invoice of the fee cancelled"),
    "issued": _("Licence issued"),
    "taken_over": _("Taken over from another register"),
    "transfer_proposed": _("Transfer to another company proposed"),
    **LICENCE_WORDS,
}
FEE_WORDS: Mapping[str, object] = {
    applications.FREE: _("Free"),
    applications.WAITING: _("Waiting for payment: the invoice is still to come"),
    applications.ISSUED: _("Waiting for payment"),
    applications.PAID: _("Fee paid"),
    applications.WAIVED: _("Fee need not be paid: waived"),
}
PURPOSE_WORDS: Mapping[str, object] = {applications.NEW: _("New"), applications.RENEWAL: _("Renewal")}
BEACON_WORDS: Mapping[str, object] = {
    draws.WITNESSES: _("What the witnesses of the ledger signed first after the list was fixed"),
    draws.OFFICES: _("Secrets of two offices, whose hashes stood in the ledger before"),
    draws.DRAND: _("A round of drand’s public beacon that was still to come when the list was fixed"),
}
REASON_WORDS: Mapping[str, object] = {
    "conflicts": _("conflicts of interest leave no more officers"),
    "caps": _("others have as many applications as one may have"),
}
FACT_WORDS: Mapping[str, object] = {
    "name": _("Name"),
    "identifier": _("Number in the register"),
    "registered_date": _("Registered"),
    "head": _("Head"),
    "apartment": _("Flat"),
    "house": _("House"),
    "land": _("Land"),
    "garage": _("Garage"),
    "commercial": _("Commercial premises"),
    "car": _("Car"),
    "truck": _("Truck"),
    "motorcycle": _("Motorcycle"),
    "boat": _("Boat"),
    "aircraft": _("Aircraft"),
    "other": _("Other"),
}
PART_WORDS: Mapping[str, object] = {
    "applicant": _("Who applies"),
    "subtypes": _("What you will do"),
    "address": _("Where you will do it"),
    "requirements": _("How you meet what is required"),
    "held": _("What the state knows already"),
    "documents": _("Documents that you bring"),
}
