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
    REGISTRAR = "registrar"  # of one register
    REVIEWER = "reviewer"
    INSPECTOR = "inspector"
    CASHIER = "cashier"
    OPERATOR = "operator"
    RECEIVING_OFFICER = "receiving_officer"
    CUSTODIAN = "custodian"
    AGENCY_ANALYST = "agency_analyst"
    INVESTIGATOR = "investigator"
    PROSECUTOR = "prosecutor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"  # of the system; reads no records
