"""Forms of accounts, and how a refusal of an act comes back in them."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.choosing import BodyField, ColleagueField, TerritoryField
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.titles import REGISTRY_TITLES, ROLE_TITLES
from adaldyq.ui.forms import DayField

Choices = Sequence[tuple[str, object]]


class PrincipalForm(forms.Form):
    """For whom one acts."""

    principal = forms.ChoiceField(label=_("Act for"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: object, choices: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["principal"].choices = [("", _("Myself")), *choices]  # type: ignore[attr-defined]  # a choice field


class MandateForm(forms.Form):
    """Who may act for whom, and when."""

    company = forms.ChoiceField(label=_("For whom"), required=False)
    number = forms.CharField(
        label=_("Number of the representative"), help_text=_("Their individual identification number."), max_length=40
    )
    valid_from = DayField(label=_("First day"), required=False, help_text=_("Today when left empty."))
    valid_to = DayField(label=_("Last day"), required=False, help_text=_("Until withdrawn when left empty."))

    def __init__(self, *args: object, choices: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["company"].choices = [("", _("Myself")), *choices]  # type: ignore[attr-defined]  # a choice field


class AbsenceForm(forms.Form):
    """When one is away, and who stands in."""

    body = forms.ChoiceField(label=_("Body"))
    valid_from = DayField(label=_("First day"))
    valid_to = DayField(label=_("Last day"))

    def __init__(self, *args: object, choices: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.fields["body"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["deputy"] = ColleagueField(
            bodies=[body for body, _name in choices],
            label=_("Deputy"),
            help_text=_("A colleague of the body: a part of the name, or the sign-in name."),
        )
        self.order_fields(["body", "deputy"])


class OpenForm(forms.Form):
    """A new account of staff."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=100,
        help_text=_("Small letters, digits, points and hyphens."),
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9.-]*$", _("Use small Latin letters, digits, points and hyphens."))
        ],
    )
    name = forms.CharField(label=_("Name of the person"), max_length=200)


class GrantForm(forms.Form):
    """A role, perhaps for a body or a territory."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(one.value, ROLE_TITLES[one]) for one in Role if one != Role.PUBLIC]
    )
    registry = forms.ChoiceField(
        label=_("Registry"),
        choices=[("", _("every registry")), *((one.value, REGISTRY_TITLES[one]) for one in Registry)],
        required=False,
        help_text=_("Which a registrar keeps; for other roles it says nothing."),
    )
    body = BodyField(
        label=_("Body"),
        required=False,
        help_text=_("Beginnings of words of its name, or its number. Everywhere when left empty."),
    )
    territory = TerritoryField(
        label=_("Territory"), required=False, help_text=_("A part of its name. Everywhere when left empty.")
    )


class NewPasswordForm(forms.Form):
    """A password set by a recovery link."""

    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least twelve characters."),
    )
    again = forms.CharField(
        label=_("New password, again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: object, account: Account, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.account = account

    def clean_password(self) -> str:
        """The password, when it is strong enough.

        Raises:
            ValidationError: what is weak about it.
        """
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean_again(self) -> str:
        """The same password.

        Raises:
            ValidationError: it differs.
        """
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("password") not in {None, again}:
            raise ValidationError(_("The two passwords differ."))
        return again
