"""Forms by which a registrar records an event: each checks what was typed and calls one act."""

from collections.abc import Mapping

from adaldyq.portal.registers.event_forms.bodies import (
    AppointForm,
    BodyFactsForm,
    CloseBodyForm,
    DismissForm,
    OpenBodyForm,
    PostForm,
)
from adaldyq.portal.registers.event_forms.companies import (
    CloseCompanyForm,
    CompanyFactsForm,
    EndOwnerForm,
    OwnerForm,
    RegisterCompanyForm,
)
from adaldyq.portal.registers.event_forms.event import EventForm
from adaldyq.portal.registers.event_forms.people import (
    EndTieForm,
    IdentifierForm,
    NameForm,
    PersonFactsForm,
    RegisterPersonForm,
    ResidenceForm,
    TieForm,
)

EVENTS: Mapping[str, type[EventForm]] = {
    "name": NameForm,
    "identifier": IdentifierForm,
    "tie": TieForm,
    "end-tie": EndTieForm,
    "residence": ResidenceForm,
    "person-facts": PersonFactsForm,
    "appoint": AppointForm,
    "dismiss": DismissForm,
    "post": PostForm,
    "body-facts": BodyFactsForm,
    "close-body": CloseBodyForm,
    "owner": OwnerForm,
    "end-owner": EndOwnerForm,
    "company-facts": CompanyFactsForm,
    "close-company": CloseCompanyForm,
}
"""Events about a record, by the word in their address."""

BEGINNINGS: Mapping[str, type[EventForm]] = {
    "person": RegisterPersonForm,
    "body": OpenBodyForm,
    "company": RegisterCompanyForm,
}
"""Events with which a record begins."""
