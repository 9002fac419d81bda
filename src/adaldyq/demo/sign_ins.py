"""Who may sign in to the sample country."""

from __future__ import annotations

from dataclasses import dataclass

from adaldyq.kernel.roles import Role

PASSWORD = "adaldyq-demo"  # noqa: S105  # the sample country's, printed at every start


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the sample country: name to sign in with, role, and whose it is."""

    username: str
    role: Role
    name: str


SIGN_INS = (
    SignIn("analyst", Role.AGENCY_ANALYST, "Талдаушы Айгүл"),
    SignIn("registrar", Role.REGISTRAR, "Тіркеуші Данияр"),
    SignIn("registrar-2", Role.REGISTRAR, "Тіркеуші Мадина"),
    SignIn("reviewer", Role.REVIEWER, "Қараушы Асқар"),
    SignIn("citizen", Role.CITIZEN, ""),
    SignIn("auditor", Role.AUDITOR, "Аудитор Сәуле"),
    SignIn("administrator", Role.ADMINISTRATOR, "Әкімші Ерлан"),
    SignIn("official", Role.OFFICIAL, ""),
)
"""The last one is opened last, so that it tells that everything else is there."""
