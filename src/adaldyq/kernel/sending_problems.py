"""Sentences of the errors of files of declarations."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted, ngettext_lazy
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "file-not-an-object": _("Write it as fields with their values, as the published schema says."),
    "file-not-a-list": _("Write it as a list of entries, as the published schema says."),
    "file-no-such-field": _("There is no such field. Look at the published schema."),
    "file-section-missing": _("The section is missing. If there is nothing to declare in it, send it without entries."),
    "file-too-many-rows": ngettext_lazy(
        "The section has %(count)s entry; at most %(limit)s are taken.",
        "The section has %(count)s entries; at most %(limit)s are taken.",
        "count",
    ),
    "file-too-many-documents": ngettext_lazy(
        "The declaration has %(count)s document; at most %(limit)s are taken.",
        "The declaration has %(count)s documents; at most %(limit)s are taken.",
        "count",
    ),
    "archive-broken": _("“%(name)s” cannot be unpacked: it is cut off or damaged. Make the ZIP anew."),
    "archive-too-many": ngettext_lazy(
        "The ZIP holds %(count)s file; at most %(limit)s are taken at once. Divide it.",
        "The ZIP holds %(count)s files; at most %(limit)s are taken at once. Divide it.",
        "count",
    ),
    "archive-too-large": _("Unpacked, the ZIP holds more than %(largest)s MB. Divide it."),
    "archive-encrypted": _("The ZIP is locked with a password. Make it without one; it travels encrypted."),
    "archive-path": _("“%(name)s” is no plain path within the ZIP. Give the file another name and make the ZIP anew."),
    "archive-name-twice": _("The ZIP holds two files called “%(name)s”. Give one another name."),
    "archive-no-declarations": _("The ZIP holds no file of declarations: put one in JSON or XML beside the documents."),
    "archive-many-declarations": _(
        "The ZIP holds more than one file in JSON or XML. Leave only that of the declarations."
    ),
    "file-not-a-row": _("Write the number of the entry as a whole number, from 1."),
    "document-no-such-entry": ngettext_lazy(
        "There is no such entry: the section has %(count)s.",
        "There is no such entry: the section has %(count)s.",
        "count",
    ),
    "document-not-of-entry": _("No document of this name belongs to the entry. Those that do: %(known)s."),
    "document-no-such-file": _("“%(name)s” is not in the archive. Send a ZIP that holds it, or send the file before."),
    "document-no-such-upload": _(
        "You have sent no such document, or it was sent more than a day ago, or belongs to another declaration. Send it anew."
    ),
    "document-used-twice": _("Another entry has this document already. Send it once more for this one."),
    "file-not-a-text": _("Write it as a text."),
    "file-not-a-year": _("Write the year as a whole number, such as 2019."),
    "file-not-a-day": _("Write the day as year-month-day, such as 2019-03-27."),
    "file-not-yes-or-no": _("Write true or false."),
    "file-not-a-decimal": _("Write the number as a text of digits with a point, such as 1250000.50."),
    "file-nothing-owed": _(
        "You have no declaration of this form and year to file for “%(value)s”. Check the number, the form and the year."
    ),
    "file-not-authorised": _(
        "“%(value)s” has not let you act for them. They give you a mandate on the page “Mandates”."
    ),
    "file-program-not-authorised": _(
        "“%(value)s” has not let your institution file for them. They give a mandate to somebody of its payroll, on the "
        "page “Mandates”."
    ),
    "file-person-dead": _("The register says that this person died on %(day)s. Check the number."),
    "file-filed-already": _(
        "This declaration for %(year)s has been filed. To amend it, name in “amends” the number of the one in force."
    ),
    "file-signed-by-person": _(
        "They filed and signed this declaration for %(year)s themselves. Only they amend it: ask them to."
    ),
    "file-not-newest": _("What “amends” names is not the declaration in force. Look up its number."),
    "file-twice": _("The file holds another declaration of the same person, form and year before this one."),
    "file-reference-twice": _("The file holds another declaration under the same reference before this one."),
    "sent-file-empty": _("The file holds no declaration."),
    "file-too-many": ngettext_lazy(
        "The file holds %(count)s declaration; at most %(limit)s are taken at once. Divide it.",
        "The file holds %(count)s declarations; at most %(limit)s are taken at once. Divide it.",
        "count",
    ),
    "sent-file-kind-unknown": _(
        "This is neither JSON, XML nor ZIP. Choose a file that is written as a published schema says."
    ),
    "file-xml-broken": _("The XML cannot be read from line %(line)s on. The file may be cut off. Write it anew."),
    "file-xml-declares": _(
        "The XML declares a document type or entities. Leave the line that begins with <!DOCTYPE out."
    ),
    "file-xml-namespace": _("The first element must be “declarations” of the namespace %(namespace)s."),
    "file-json-broken": _(
        "The JSON cannot be read from character %(place)s on. The file may be cut off. Write it anew."
    ),
}
