"""The sign-in form."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignInForm(AuthenticationForm):
    """Name and password; a refusal does not tell which of them was wrong."""

    error_messages = {
        "invalid_login": _("The name or the password is not right. Capital and small letters differ."),
        "inactive": _("This sign-in is closed."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["username"], self.fields["password"]
        name.label, password.label = _("Sign-in name"), pgettext_lazy("sign-in", "Password")
        name.error_messages["required"] = _("Write your sign-in name.")
        password.error_messages["required"] = _("Write your password.")
        name.widget.attrs.update(spellcheck="false")
        name.widget.attrs.pop("autofocus", None)
