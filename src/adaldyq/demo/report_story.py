"""Who receives reports in the sample country: an agency and a prosecutor's office, each with an officer who has a key.

The agency has a custodian too, who keeps the names of those who gave them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from adaldyq.base.private_files import write_private
from adaldyq.demo.filing_story import BY
from adaldyq.kernel import naming
from adaldyq.kernel.actions.bodies import open_body
from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Body, Territory
from adaldyq.measures.reports.actions.keys import add_key, open_unit
from adaldyq.measures.reports.queries.queue import units_of_officer
from adaldyq.sealing.envelopes import new_identity

SINCE = date(2019, 7, 1)
OFFICES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "receiving-officer": (
        "agency",
        {
            "kk": "Сыбайлас жемқорлыққа қарсы агенттік",
            "ru": "Агентство по противодействию коррупции",
            "en": "Anti-corruption agency",
        },
    ),
    "receiving-officer-2": (
        "prosecutor",
        {"kk": "Бас прокуратура", "ru": "Генеральная прокуратура", "en": "Prosecutor General's Office"},
    ),
}
"""By sign-in: as what the body receives, and its names."""
KEEPERS = {"custodian": "receiving-officer"}
"""By sign-in: whose reporters' names a custodian keeps."""


def open_office(username: str, at: datetime) -> Any:
    """The unit that an officer receives for; its body is opened with it."""
    kind, names = OFFICES[username]
    pack = naming.pack()
    country = Territory.objects.get(parent=None)
    facts = {"level": "national", "kind": "agency"}
    origin = Provenance("the sample country", pack.day_of(at))
    name = names[pack.languages[0]]
    body = Body.objects.filter(name=name).first() or open_body(
        name=name, names=names, territory=country, facts=facts, opened=SINCE, origin=origin, by=BY, at=at
    )
    return open_unit(body=body, kind=kind, by=BY, at=at)


def office_of(username: str, at: datetime) -> Any:
    """The unit of a sign-in: opened with its officer, and there already for its custodian; none for everybody else."""
    if username in OFFICES:
        return open_office(username, at)
    if username not in KEEPERS:
        return None
    officer = Account.objects.get(username=KEEPERS[username])
    return units_of_officer(actor_of(officer), naming.pack().day_of(at))[0]


def publish_key(account: Account, unit: Any, at: datetime) -> None:
    """Give an officer a key; its secret half lies in the data folder, as on the officer's own computer."""
    secret, public = new_identity()
    place = key_file(account.username)
    place.parent.mkdir(parents=True, exist_ok=True)
    write_private(place, f"# {public}\n{secret}\n")
    add_key(unit=unit, public=public, locked=b"", by=actor_of(account), at=at)


def key_file(username: str) -> Path:
    """Where the secret half of an officer of the sample country lies."""
    return Path(settings.DATA_DIR) / "demo" / f"{username}.key"
