"""The procedure that whoever keeps the catalogue publishes."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.idempotency import KeyField
from adaldyq.kernel.problems import sentence
from adaldyq.measures.permits.domain.procedures import MOST_CHARACTERS, Procedure, read


class ProcedureForm(forms.Form):
    """The text of a procedure, in JSON."""

    form_key = KeyField()
    text = forms.CharField(
        label=_("The procedure, in JSON"),
        max_length=MOST_CHARACTERS,
        help_text=_(
            "As the schema describes it. It is looked through before it is published, and everything wrong is said."
        ),
        widget=forms.Textarea({"rows": 20, "spellcheck": "false"}),
    )

    def clean_text(self) -> Procedure:
        """The procedure, which has its shape.

        Raises:
            ValidationError: it has not.
        """
        try:
            return read(self.cleaned_data["text"])
        except DomainError as refused:
            raise ValidationError(sentence(refused), code=refused.code) from None
