"""The people of the sample country, as the e-ID knows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone

from adaldyq.kernel.models import Appointment, Company, PersonIdentifier, PersonName
from adaldyq.kernel.naming import names_of

SCHEME = "IIN"
MOST_SHOWN = 20
AGE = 18
OF_A_KIND = 5
OF_THE_COUNTRY = {"kernel", "ledger"}


class CountryIsRead:
    """Sends reads of the registers to the country's database, and writes nothing there."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """The country's database for its registers."""
        return "country" if model._meta.app_label in OF_THE_COUNTRY else None

    def db_for_write(self, model: Any, **hints: Any) -> str | None:
        """The e-ID's own database for what is its own.

        Raises:
            PermissionError: for a register of the country.
        """
        if model._meta.app_label in OF_THE_COUNTRY:
            raise PermissionError(f"the e-ID does not write {model.__name__}")
        return None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only what is its own, and only in its own database."""
        return db == "default" and app_label not in OF_THE_COUNTRY


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person to sign in as: id, number and name."""

    id: str
    number: str
    name: str


def living() -> Any:
    """Numbers of the living who are of age, with whose they are."""
    today = timezone.localdate()
    born_until = today.replace(year=today.year - AGE, day=min(today.day, 28))
    adults = PersonIdentifier.objects.filter(person__death_date=None, person__birth_date__lte=born_until)
    return adults.filter(scheme=SCHEME).order_by("value")


def suggested() -> list[Citizen]:
    """A few people to begin with: heads of companies, holders of posts, and others."""
    heads = Company.objects.filter(closed_date=None).exclude(head=None).order_by("id").values_list("head_id", flat=True)
    officials = Appointment.objects.filter(valid_to=None).order_by("id").values_list("person_id", flat=True)
    chosen = [*heads[:OF_A_KIND], *officials[:OF_A_KIND]]
    others = living().exclude(person_id__in=chosen).values_list("person_id", flat=True)
    return citizens(living().filter(person_id__in=[*chosen, *others[:OF_A_KIND]]))


def found(words: str) -> list[Citizen]:
    """People whose number begins with `words`, or whose name holds them."""
    if words.isdigit():
        return citizens(living().filter(value__startswith=words))
    names = PersonName.objects.filter(Q(text__icontains=words) | Q(text__icontains=words.title()), valid_to=None)
    return citizens(living().filter(person_id__in=names.values("person_id")))


def citizens(numbers: Any) -> list[Citizen]:
    """The first of them, with their names in the reader's language."""
    rows = list(numbers.values_list("person_id", "value")[:MOST_SHOWN])
    names = names_of([person for person, _ in rows])
    return [Citizen(person, number, names.get(person, number)) for person, number in rows]


def citizen(person: str) -> Citizen | None:
    """One person by id."""
    return next(iter(citizens(living().filter(person_id=person))), None)


class Claims(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """What the e-ID tells of somebody: an opaque subject, their number and name."""

    def get_user_sub(self, client: Any, user: AbstractBaseUser) -> str:
        """The subject: the id of the person, which tells nothing."""
        return str(user.get_username())

    def get_user_by_sub(self, client: Any, sub: str) -> AbstractBaseUser | None:
        """Whose subject it is."""
        return get_user_model().objects.filter(username=sub, is_active=True).first()

    def get_claims(
        self, purpose: Any, user: AbstractBaseUser, client: Any, scopes: Iterable[str], **more: Any
    ) -> dict[str, Any]:
        """Number and name beside the subject, when the client asked for the profile."""
        claims: dict[str, Any] = {"sub": self.get_user_sub(client, user)}
        known = citizen(user.get_username())
        if known is not None and "profile" in scopes:
            claims |= {"iin": known.number, "name": known.name}
        return claims
