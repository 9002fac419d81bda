"""Who may sign in to the sample country."""

from __future__ import annotations

from dataclasses import dataclass

from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.titles import REGISTRY_TITLES, ROLE_TITLES

PASSWORD = "adaldyq-demo"  # noqa: S105  # the sample country's, printed at every start


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the sample country: name to sign in with, role, whose it is, and the registry that it keeps."""

    username: str
    role: Role
    name: str
    registry: Registry | None = None

    @property
    def title(self) -> str:
        """What the account is there for, in the language in force."""
        role = str(ROLE_TITLES[self.role])
        return f"{role}: {REGISTRY_TITLES[self.registry]}" if self.registry else role


DECLARANT = "declarant"
"""Sign-in of somebody who is asked about a declaration; opened when reviews begin, so it is not among the others."""
LATE = "late-declarant"
"""Sign-in of somebody who was fined for a declaration that was not filed; opened after the first run of the rules."""
LATER = (DECLARANT, LATE)

SIGN_INS = (
    SignIn("analyst", Role.AGENCY_ANALYST, "Талдаушы Айгүл"),
    SignIn("registrar", Role.REGISTRAR, "Тіркеуші Данияр", Registry.CIVIL_STATUS),
    SignIn("registrar-2", Role.REGISTRAR, "Тіркеуші Мадина", Registry.CIVIL_STATUS),
    SignIn("registrar-bodies", Role.REGISTRAR, "Тіркеуші Бауыржан", Registry.CIVIL_SERVICE),
    SignIn("registrar-companies", Role.REGISTRAR, "Тіркеуші Гүлнәр", Registry.COMPANIES),
    SignIn("registrar-land", Role.REGISTRAR, "Тіркеуші Нұрлан", Registry.LAND),
    SignIn("registrar-vehicles", Role.REGISTRAR, "Тіркеуші Салтанат", Registry.VEHICLES),
    SignIn("registrar-revenue", Role.REGISTRAR, "Тіркеуші Ғалымжан", Registry.REVENUE),
    SignIn("registrar-territories", Role.REGISTRAR, "Тіркеуші Ерболат", Registry.TERRITORIES),
    SignIn("registrar-declarations", Role.REGISTRAR, "Тіркеуші Ләззат", Registry.DECLARATIONS),
    SignIn("registrar-declarations-2", Role.REGISTRAR, "Тіркеуші Әлихан", Registry.DECLARATIONS),
    SignIn("registrar-permits", Role.REGISTRAR, "Тіркеуші Гауһар", Registry.PERMITS),
    SignIn("registrar-fees", Role.REGISTRAR, "Тіркеуші Айнұр", Registry.FEES),
    SignIn("cashier", Role.CASHIER, "Кассир Динара"),
    SignIn("cashier-2", Role.CASHIER, "Кассир Руслан"),
    SignIn("integrity-officer", Role.INTEGRITY_OFFICER, "Комплаенс-офицер Жанна"),
    SignIn("licensing-officer", Role.LICENSING_OFFICER, "Лицензиялау қызметкері Әсел"),
    SignIn("licensing-officer-2", Role.LICENSING_OFFICER, "Лицензиялау қызметкері Бекзат"),
    SignIn("ecology-officer", Role.LICENSING_OFFICER, "Лицензиялау қызметкері Динара"),
    SignIn("ecology-officer-2", Role.LICENSING_OFFICER, "Лицензиялау қызметкері Тимур"),
    SignIn("reviewer", Role.REVIEWER, "Қараушы Асқар"),
    SignIn("citizen", Role.CITIZEN, ""),
    SignIn("auditor", Role.AUDITOR, "Аудитор Сәуле"),
    SignIn("receiving-officer", Role.RECEIVING_OFFICER, "Қызметкер Айдос"),
    SignIn("receiving-officer-2", Role.RECEIVING_OFFICER, "Прокурор Дина"),
    SignIn("custodian", Role.CUSTODIAN, "Сақтаушы Меруерт"),
    SignIn("operator", Role.OPERATOR, "Оператор Гүлжан"),
    SignIn("administrator", Role.ADMINISTRATOR, "Әкімші Ерлан"),
    SignIn("official", Role.OFFICIAL, ""),
)
"""The last one is opened last, so that it tells that everything else is there."""
KEEPERS_OF_DECLARATIONS = ("registrar-declarations", "registrar-declarations-2")
"""Those who take declarations in on paper, key them in, and decide about what was not filed."""
