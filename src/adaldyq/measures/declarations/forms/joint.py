"""How the other of two who file together confirms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class ConfirmForm(forms.Form):
    """That everything is true for oneself too."""

    true = forms.BooleanField(
        label=gettext_lazy("What stands here is complete and true, and is filed for me too."),
        error_messages={"required": gettext_lazy("Confirm that it is complete and true.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
