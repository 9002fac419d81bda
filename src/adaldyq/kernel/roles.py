"""Roles: what a person may be in the system."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Each is granted for bodies, territories or persons, from a day and perhaps to a day."""

    PUBLIC = "public"  # not signed in
    CITIZEN = "citizen"
    ENTREPRENEUR = "entrepreneur"
    REPRESENTATIVE = "representative"
    OFFICIAL = "official"
    HEAD = "head"  # of a body
    INTEGRITY_OFFICER = "integrity_officer"  # of one body
    PAYROLL = "payroll"  # of one body; files for those of it who let them
    LICENSING_OFFICER = "licensing_officer"  # of one body; defends its permits
    REGISTRAR = "registrar"  # of one register
    REVIEWER = "reviewer"
    INSPECTOR = "inspector"
    CASHIER = "cashier"
    OPERATOR = "operator"  # of the telephone on which reports come; reads none
    RECEIVING_OFFICER = "receiving_officer"
    CUSTODIAN = "custodian"
    AGENCY_ANALYST = "agency_analyst"
    INVESTIGATOR = "investigator"
    PROSECUTOR = "prosecutor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"  # of the system; reads no records


class Registry(StrEnum):
    """An office that keeps base registries; `writers.csv` says which. A registrar is bound to one, or to none."""

    CIVIL_STATUS = "civil_status"
    CIVIL_SERVICE = "civil_service"
    COMPANIES = "companies"
    LAND = "land"
    VEHICLES = "vehicles"
    TERRITORIES = "territories"
    REVENUE = "revenue"
    DECLARATIONS = "declarations"
    PERMITS = "permits"
    FEES = "fees"


WITHOUT_SECOND_FACTOR = frozenset({Role.PUBLIC, Role.CITIZEN, Role.ENTREPRENEUR, Role.REPRESENTATIVE})
"""Roles that people have for themselves; the national e-ID, not we, says who they are."""

OF_A_BODY = frozenset({Role.PAYROLL, Role.LICENSING_OFFICER})
"""Roles that hold for a body and the bodies below it, and never everywhere."""

STAFF = frozenset(Role) - WITHOUT_SECOND_FACTOR
"""Roles in which somebody acts for the state. They need a second factor."""
