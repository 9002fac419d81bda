"""What a person sends as a document of an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.declarations.actions.attaching import Given
from adaldyq.measures.declarations.actions.paper_documents import Brought
from adaldyq.measures.declarations.domain.questions import MOST_ROWS
from adaldyq.measures.declarations.queries.attachments import DocumentFact, title_of
from adaldyq.measures.declarations.queries.document_files import DOCUMENT
from adaldyq.ui.uploads import UploadField


class DocumentForm(forms.Form):
    """A document of an entry: a file, or why there is none. Sent twice, it adds one."""

    form_key = KeyField()
    document = forms.ChoiceField(label=gettext_lazy("Which document"), widget=forms.RadioSelect)
    file = UploadField(label=gettext_lazy("File"), kinds=DOCUMENT.kinds, largest=DOCUMENT.largest, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Or why there is none"),
        help_text=gettext_lazy("In your words. Leave it empty when you add a file."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, documents: Sequence[DocumentFact], data: Mapping[str, Any] | None, files: Any = None) -> None:
        """Offer the documents that belong to the entry; the only one is chosen."""
        names = [(one.name, title_of(one)) for one in documents]
        super().__init__(data, files, initial={"document": names[0][0]} if names else {})
        field = self.fields["document"]
        if isinstance(field, forms.ChoiceField):
            field.choices = names

    def given(self) -> Given:
        """What was sent."""
        sent, value = self.cleaned_data["file"], self.cleaned_data
        name, content = (sent[0].name, bytes(sent[0].read())) if sent else ("", b"")
        return Given(value["document"], name, content, value["reason"].strip())


class PaperDocumentForm(forms.Form):
    """A document that was brought with a paper: at which entry, and a file, or why there is none."""

    form_key = KeyField()
    document = forms.ChoiceField(label=gettext_lazy("Which document"), widget=forms.RadioSelect)
    entry = forms.IntegerField(
        label=gettext_lazy("Number of the entry on the paper"),
        min_value=1,
        max_value=MOST_ROWS,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    file = UploadField(label=gettext_lazy("Scan"), kinds=DOCUMENT.kinds, largest=DOCUMENT.largest, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Or why there is none"),
        help_text=gettext_lazy("As the paper says it. Leave it empty when you add a scan."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self, documents: Sequence[tuple[DocumentFact, str]], data: Mapping[str, Any] | None, files: Any = None
    ) -> None:
        """Offer the documents of the country.

        Args:
            documents: each with the title of the section that it belongs to.
        """
        super().__init__(data, files)
        field = self.fields["document"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(f"{one.section}.{one.name}", f"{title}: {title_of(one)}") for one, title in documents]

    def brought(self) -> Brought:
        """What was sent."""
        value, sent = self.cleaned_data, self.cleaned_data["file"]
        section, _dot, document = value["document"].partition(".")
        name, content = (sent[0].name, bytes(sent[0].read())) if sent else ("", b"")
        return Brought(section, value["entry"], document, name, content, value["reason"].strip())
