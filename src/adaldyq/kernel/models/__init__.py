"""Entities of the base registries, by subject."""

from adaldyq.kernel.models.absences import Absence
from adaldyq.kernel.models.accounts import Account, RoleGrant
from adaldyq.kernel.models.bodies import Appointment, Body, Post
from adaldyq.kernel.models.companies import Company, Ownership
from adaldyq.kernel.models.deadlines import Deadline, DeadlineChange, DeadlineNotice
from adaldyq.kernel.models.documents import Document, NumberSeries
from adaldyq.kernel.models.erasures import Erasure
from adaldyq.kernel.models.events import Event, EventDelivery
from adaldyq.kernel.models.heartbeats import Heartbeat
from adaldyq.kernel.models.held import Held
from adaldyq.kernel.models.history import CorrectionRequest, FormerValue, Merge, SourceKey
from adaldyq.kernel.models.mandates import Mandate, MandateRequest
from adaldyq.kernel.models.notifications import ContactChoice, ContactCode, Notification, NotificationDelivery
from adaldyq.kernel.models.people import FamilyTie, NameKey, Person, PersonIdentifier, PersonName, Residence
from adaldyq.kernel.models.ports import PortAnswer, PortRequest
from adaldyq.kernel.models.proposals import Proposal, RecoveryLink
from adaldyq.kernel.models.reads import Read
from adaldyq.kernel.models.registers import (
    BankBalance,
    IncomeRecord,
    LandRight,
    LoanBalance,
    SecurityHolding,
    VehicleRight,
)
from adaldyq.kernel.models.requests import RequestCount, StoredAnswer
from adaldyq.kernel.models.search import SearchEntry, SearchRebuild, SearchWord
from adaldyq.kernel.models.sign_in import SignInFailures
from adaldyq.kernel.models.signatures import Signature
from adaldyq.kernel.models.territories import Territory, TerritorySuccession
from adaldyq.kernel.models.tokens import InstitutionToken, TokenSecret
from adaldyq.kernel.models.uploads import Upload

__all__ = [
    "Absence",
    "Account",
    "Appointment",
    "BankBalance",
    "Body",
    "Company",
    "ContactChoice",
    "ContactCode",
    "CorrectionRequest",
    "Deadline",
    "DeadlineChange",
    "DeadlineNotice",
    "Document",
    "Erasure",
    "Event",
    "EventDelivery",
    "FamilyTie",
    "FormerValue",
    "Heartbeat",
    "Held",
    "IncomeRecord",
    "InstitutionToken",
    "LandRight",
    "LoanBalance",
    "Mandate",
    "MandateRequest",
    "Merge",
    "NameKey",
    "Notification",
    "NotificationDelivery",
    "NumberSeries",
    "Ownership",
    "Person",
    "PersonIdentifier",
    "PersonName",
    "PortAnswer",
    "PortRequest",
    "Post",
    "Proposal",
    "Read",
    "RecoveryLink",
    "RequestCount",
    "Residence",
    "RoleGrant",
    "SearchEntry",
    "SearchRebuild",
    "SearchWord",
    "SecurityHolding",
    "SignInFailures",
    "Signature",
    "SourceKey",
    "StoredAnswer",
    "Territory",
    "TerritorySuccession",
    "TokenSecret",
    "Upload",
    "VehicleRight",
]
