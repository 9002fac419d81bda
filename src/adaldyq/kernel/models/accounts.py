"""Who may sign in, and in which roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.duties import duties
from adaldyq.kernel.fields import opaque_key, period_in_order
from adaldyq.kernel.models.held import Held
from adaldyq.kernel.roles import Registry, Role


class Account(AbstractBaseUser):
    """A sign-in. What it may do comes from its role grants only; there is no superuser."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = ("id", "username", "name", "person_id", "password", "last_login", "is_active", "is_sample")

    id = opaque_key()
    username = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    person = models.ForeignKey("kernel.Person", models.PROTECT, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(
        default=False, help_text="Whether it belongs to a sample country, so that anybody may know how to sign in."
    )

    USERNAME_FIELD = "username"
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    def __str__(self) -> str:
        return self.username

    acting_for: str = ""
    """Whom the account acts for in this request, as `company:ID` or `person:ID`; empty when for itself."""
    acting_name: str = ""
    """What that company or person is called."""

    @property
    def roles(self) -> frozenset[Role]:
        """Roles in force on the country's today; one of its own while acting for a company or another person."""
        if self.acting_for:
            return frozenset({Role.ENTREPRENEUR if self.acting_for.startswith("company:") else Role.REPRESENTATIVE})
        return frozenset(one.role for one in self.held)

    @property
    def seen_as(self) -> frozenset[str]:
        """The roles, and of each that is held for a registry `role:registry`; what navigation asks.

        A role that is held for no registry in particular is held for each.
        """
        kept = {one for one in self.held if one.role in self.roles}
        every = {one.role for one in kept if not one.registry}
        bound = {f"{one.role}:{one.registry}" for one in kept if one.registry}
        return frozenset({*self.roles, *bound, *(f"{role}:{registry}" for role in every for registry in Registry)})

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Where each role holds today: the account's own grants, and those of whom it is the deputy."""
        return held_from(HELD(self.pk, timezone.localdate()), self.pk)


class GrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants, narrowed by day."""

    def on(self, day: date) -> GrantQuerySet:
        """Those in force on `day`."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, withdrawn_at__isnull=True
        )

    def reaching(self, account: Account | str, day: date) -> GrantQuerySet:
        """Those in force on `day` that are the account's, or for the same body of one whose deputy it is that day."""
        return self.on(day).filter(Q(account=account) | as_deputy(account, day))


def as_deputy(account: Account | str, day: date) -> Q:
    """Condition on grants: they are for the same body, and of somebody whose deputy an account is on a day."""
    deputy = Q(
        account__absences__deputy=account,
        account__absences__valid_from__lte=day,
        account__absences__valid_to__gte=day,
        account__absences__ended_at__isnull=True,
        account__absences__body=F("body"),
    )
    return deputy & ~Q(role__in=duties().not_delegated)


def held_on(account: str, day: date) -> models.QuerySet[RoleGrant, tuple[str, str | None, str | None, str, str]]:
    """Role, body, territory, owner and registry of the grants that reach an account on a day, each once.

    Two look-ups by index: one condition with "or" would read the grants of everybody.
    """
    grants = RoleGrant.objects.on(day).values_list("role", "body_id", "territory_id", "account_id", "registry")
    return grants.filter(account=account).union(grants.filter(as_deputy(account, day)))


GrantManager = models.Manager.from_queryset(GrantQuerySet)


class RoleGrant(models.Model):
    """A role given to an account, for a body or a territory or at large, from a day to a day."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = (
            "id",
            "account_id",
            "role",
            "registry",
            "body_id",
            "territory_id",
            "valid_from",
            "valid_to",
            "withdrawn_at",
        )

    id = opaque_key()
    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role if role != Role.PUBLIC])
    registry = models.CharField(
        max_length=20,
        blank=True,
        choices=[(one.value, one.value) for one in Registry],
        help_text="Registry that a registrar keeps; empty for every one.",
    )
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, blank=True)
    territory = models.ForeignKey("kernel.Territory", models.PROTECT, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="When it was withdrawn, at once.")

    objects: ClassVar[GrantManager[RoleGrant]] = GrantManager()

    class Meta:
        constraints = [period_in_order("role_grant")]

    def __str__(self) -> str:
        return f"{self.account_id} as {self.role}"


Grant = tuple[str, str | None, str | None, str, str]
"""Role, body, territory, owner and registry."""


def held_from(grants: Iterable[Grant], account: str) -> tuple[Held, ...]:
    """Where roles are held by an account that these grants reach."""
    return tuple(
        Held(Role(role), body or "", territory or "", "" if owner == account else owner, registry)
        for role, body, territory, owner, registry in grants
    )


HELD = Compiled(held_on, str, date)
"""What `held_on` finds; asked on every page."""
