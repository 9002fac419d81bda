"""Entities of the base registries, by subject."""

from adaldyq.kernel.models.accounts import Account, RoleGrant
from adaldyq.kernel.models.bodies import Appointment, Body, Post
from adaldyq.kernel.models.companies import Company, Ownership
from adaldyq.kernel.models.events import Event, EventDelivery
from adaldyq.kernel.models.people import FamilyTie, Person, PersonIdentifier, PersonName, Residence
from adaldyq.kernel.models.registers import BankBalance, IncomeRecord, LandRight, VehicleRight
from adaldyq.kernel.models.territories import Territory

__all__ = [
    "Account",
    "Appointment",
    "BankBalance",
    "Body",
    "Company",
    "Event",
    "EventDelivery",
    "FamilyTie",
    "IncomeRecord",
    "LandRight",
    "Ownership",
    "Person",
    "PersonIdentifier",
    "PersonName",
    "Post",
    "Residence",
    "RoleGrant",
    "Territory",
    "VehicleRight",
]
