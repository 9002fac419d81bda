"""What roles and registries are called on pages and in the shell."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.roles import Registry, Role

ROLE_TITLES: Mapping[Role, object] = {
    Role.PUBLIC: _("the public"),
    Role.CITIZEN: _("citizen"),
    Role.ENTREPRENEUR: _("entrepreneur"),
    Role.REPRESENTATIVE: _("representative"),
    Role.OFFICIAL: _("official"),
    Role.HEAD: _("head of a body"),
    Role.INTEGRITY_OFFICER: _("integrity officer"),
    Role.PAYROLL: _("payroll of a body"),
    Role.LICENSING_OFFICER: _("licensing officer of a body"),
    Role.REGISTRAR: _("registrar"),
    Role.REVIEWER: _("reviewer"),
    Role.INSPECTOR: _("inspector"),
    Role.CASHIER: _("cashier"),
    Role.OPERATOR: _("operator of the telephone for reports"),
    Role.RECEIVING_OFFICER: _("receiving officer"),
    Role.CUSTODIAN: _("custodian"),
    Role.AGENCY_ANALYST: _("agency analyst"),
    Role.INVESTIGATOR: _("investigator"),
    Role.PROSECUTOR: _("prosecutor"),
    Role.AUDITOR: _("auditor"),
    Role.ADMINISTRATOR: _("administrator of the system"),
}

REGISTRY_TITLES: Mapping[Registry, object] = {
    Registry.CIVIL_STATUS: _("civil status and residence"),
    Registry.CIVIL_SERVICE: _("state bodies and posts"),
    Registry.COMPANIES: _("companies and their owners"),
    Registry.LAND: _("land and buildings"),
    Registry.VEHICLES: _("vehicles"),
    Registry.TERRITORIES: _("territories"),
    Registry.REVENUE: _("income and accounts"),
    Registry.DECLARATIONS: _("declarations and duties to file them"),
    Registry.PERMITS: _("catalogue of permits"),
    Registry.FEES: _("fees of public services"),
}
