"""Forms of reports that come as files: the one that is filled in without network, and the one that takes its file in."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.reports.adapters.scripts import sha256, source
from adaldyq.measures.reports.forms.filing import KEPT_FROM, SHORT, ReportForm, text_field
from adaldyq.measures.reports.forms.said import said_of_forms
from adaldyq.measures.reports.queries.kits import Office, keys_of_people, offices
from adaldyq.measures.reports.queries.named import told_to_scripts
from adaldyq.sealing import phrases

LARGEST_IN_KIT = 90_000_000  # with its padding the file stays below what the server takes
WITH_ADDRESSES = re.compile(r"@font-face\{[^}]*\}|url\([^)]*\)")


class KitForm(ReportForm):
    """A report as a file asks for it: the body in words, since it has no register with it, and who shall get the report."""

    unit = forms.ChoiceField(
        label=_("Who shall get it?"),
        widget=forms.RadioSelect,
        help_text=_(
            "Nobody here can see that it is about one of them: choose the office that has nothing to do with it."
        ),
    )
    not_about = forms.BooleanField(
        label=_("The report is not about the office that I chose, nor about anybody there"),
        required=False,
    )
    field_order = (
        "what",
        "unit",
        "not_about",
        "topic",
        "about",
        "place",
        "when",
        "who",
        "amount",
        "identity",
        "enclosures",
    )

    def __init__(self, units: Sequence[Office]) -> None:
        """Offer the units, and tell of each which one to choose instead."""
        super().__init__()
        del self.fields["about_receiver"]
        self.fields["about"] = text_field(_("Which state body?"), SHORT, _("It is sealed with the rest."))
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.unit, one.name) for one in units]
            field.help_text = " ".join([str(field.help_text), *said_of_offices(units)])
        self.order_fields(self.field_order)


def said_of_offices(units: Sequence[Office]) -> list[str]:
    """Which office to choose when a report is about one of them, its head or anybody there."""
    found = []
    for one in units:
        other = next((each.name for each in units if each.kind != one.kind), "")
        names = {"office": one.name, "other": other}
        if other:
            found.append(gettext("If it is about “%(office)s”, its head or anybody there, choose “%(other)s”.") % names)
        else:
            found.append(
                gettext(
                    "If it is about “%(office)s”, its head or anybody there, do not use this form: turn to somebody outside of it, such as a court or the ombudsman."
                )
                % names
            )
    return found


class TakeInForm(forms.Form):
    """A report that was brought as a file."""

    form_key = KeyField()
    file = forms.FileField(
        label=_("File with the report"), help_text=_("It is what the form saved on the reporter's computer, sealed.")
    )


def kit(language: str, day: date) -> bytes:
    """The form as one file, in a language; empty when no office has an officer with a key.

    It is the same for everybody, so that its digest can be published.
    """
    script, style = source("reports/kit.js"), style_of_kit()
    with translation.override(language):
        found = offices(day)
        if not found:
            return b""
        context = {
            "form": KitForm(found),
            "offices": found,
            "keys": {one.unit: keys_of(one) for one in found},
            "named": named_in_kit(day),
            "lists": [source(f"reports/words-{one}.txt") for one in phrases.LANGUAGES],
            "said": said_in_kit(),
            "kept_from": KEPT_FROM,
            "script": mark_safe(script),  # noqa: S308  # our own, as it was built
            "style": mark_safe(style),  # noqa: S308  # the same
            "policy": policy(script, style),
            "language": language,
            "is_from_right": translation.get_language_bidi(),
        }
        return render_to_string("reports/kit.html", context).encode()


def keys_of(office: Office) -> Mapping[str, object]:
    """What the script of the form has of an office: what it is, and its keys."""
    return {"kind": office.kind, "recipients": office.recipients, "custodians": office.custodians}


def named_in_kit(day: date) -> Mapping[str, object]:
    """What the script looks for before it seals, with the keys of people, which it leaves out itself."""
    told, keys = told_to_scripts(day), keys_of_people(day)
    people = [{**one, "keys": keys.get(one["tag"], [])} for one in told["people"]]
    return {**told, "people": people}


def digests_of_kits(day: date) -> Mapping[str, str]:
    """SHA-256 of the form as a file, by language; none when there is no such form."""
    made = {language: kit(language, day) for language, _name in settings.LANGUAGES}
    return {language: sha256(content) for language, content in made.items() if content}


def said_in_kit() -> Mapping[str, object]:
    """What the script of that form says: it asks nobody, and so needs no address."""
    return {
        **said_of_forms(),
        "largest": LARGEST_IN_KIT,
        "sealing": gettext("Your browser is sealing the report. This takes a moment."),
        "filesHint": gettext(
            "Up to 10 files, 90 MB together. A photo may hold the place and the device that took it; whoever gets the file sees them."
        ),
        "manyBytes": gettext("The files are larger than 90 MB together. Choose fewer."),
        "chooseOffice": gettext("Choose who shall get it."),
        "namedHere": gettext(
            "Your answers name this office. If the report is about it or about somebody there, choose another one: it must not go to whom it is about. If it is not, say so below."
        ),
        "namedAll": gettext(
            "Your answers name every office that could get it. If the report is about all of them, none may have it: turn to somebody outside of them, such as a court or the ombudsman. If it is not about the one that you chose, say so below."
        ),
        "nobodyLeft": gettext(
            "You wrote the names of all who could read it there, the name of somebody who leads that office, or names like theirs. Choose another office, or turn to somebody outside of them, such as a court or the ombudsman."
        ),
        "aboutOffice": gettext(
            "The state body that you typed is this office. Choose another one: the report must not go to whom it is about."
        ),
    }


@cache
def style_of_kit() -> str:
    """The stylesheet of the pages without what it would fetch."""
    return WITH_ADDRESSES.sub("", source("ui/adaldyq.css"))


def policy(script: str, style: str) -> str:
    """What a browser lets the file do: run its own script, wear its own style, and nothing else."""
    allowed = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (script, style)]
    return (
        f"default-src 'none'; script-src 'sha256-{allowed[0]}'; style-src 'sha256-{allowed[1]}'; "
        "form-action 'none'; base-uri 'none'"
    )
