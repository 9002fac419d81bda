"""The sentences of what can be wrong with a country pack."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str] = {
    "no-such-pack": _("There is no country pack “%(value)s”. There are: %(known)s. A path to a folder will do too."),
    "no-such-value": _(
        "The country pack states no “%(value)s” for %(day)s. Add it to the pack, or ask for a later day."
    ),
    "pack-file-missing": _("%(file)s is missing. Add the file; an empty list still needs the line of columns."),
    "pack-not-utf-8": _("%(file)s, line %(line)s: this is no text in UTF-8. Save the file as UTF-8."),
    "pack-not-yaml": _(
        "%(file)s, line %(line)s: this is no YAML. Look at the indentation, brackets, quotes and colons of this line "
        "and of the one before it."
    ),
    "pack-not-json": _(
        "%(file)s, line %(line)s: this is no JSON. Look at the brackets, commas and quotes of this line and of the one "
        "before it."
    ),
    "pack-bad-quotes": _(
        "%(file)s, line %(line)s: quotes are not closed, or stand inside a value. Put quotes around the whole value, "
        "and write each quote inside it twice."
    ),
    "pack-column-missing": _("%(file)s, line %(line)s: the column “%(value)s” is missing. Add it to the first line."),
    "pack-unknown-field": _(
        "%(file)s, line %(line)s: nobody knows the column “%(value)s”. Take it out; there are: %(known)s."
    ),
    "pack-bad-row": _(
        "%(file)s, line %(line)s: the line has not %(wanted)s values. Add or take out commas, or put quotes around text."
    ),
    "pack-field-missing": _("%(file)s, line %(line)s: “%(value)s” is missing. Write it."),
    "pack-field-unexpected": _(
        "%(file)s, line %(line)s: nobody knows “%(value)s”. Check its spelling, or take it out."
    ),
    "pack-bad-value": _(
        "%(file)s, line %(line)s: “%(what)s” is “%(value)s”, which cannot stand here. "
        "docs/reference/country-packs.md says what can."
    ),
    "pack-not-a-text": _("%(file)s, line %(line)s: “%(what)s” is “%(value)s”, which is no text. Put quotes around it."),
    "pack-looks-otherwise": _("%(file)s, line %(line)s: “%(what)s” is “%(value)s”. Write it like %(wanted)s."),
    "pack-not-whole": _("%(file)s, line %(line)s: “%(what)s” is “%(value)s”. Write a whole number."),
    "pack-too-small": _("%(file)s, line %(line)s: “%(what)s” is %(value)s. Write %(limit)s or more."),
    "pack-too-little": _("%(file)s, line %(line)s: “%(what)s” is %(value)s. Write more than %(limit)s."),
    "pack-too-large": _("%(file)s, line %(line)s: “%(what)s” is %(value)s. Write %(limit)s or less."),
    "pack-too-many": _("%(file)s, line %(line)s: “%(what)s” lists too many. Leave at most %(limit)s."),
    "pack-not-true-or-false": _("%(file)s, line %(line)s: “%(what)s” is “%(value)s”. Write true or false."),
    "pack-not-a-list": _(
        "%(file)s, line %(line)s: “%(what)s” is “%(value)s”, which is no list. Write values in square brackets."
    ),
    "pack-not-parts": _(
        "%(file)s, line %(line)s: “%(what)s” is “%(value)s”. Write its parts below it, each as a name, a colon and a value."
    ),
    "pack-bad-pattern": _(
        "%(file)s, line %(line)s: “%(what)s” is no regular expression from its character %(place)s on. Correct it there."
    ),
    "pack-endless-pattern": _(
        "%(file)s, line %(line)s: “%(what)s” could search for ages: its character %(place)s repeats a group that itself "
        "repeats something or offers a choice. Write the group out, or give it one length."
    ),
    "pack-phases-overlap": _(
        "%(file)s, line %(line)s: “%(value)s” is brought in again before it was let go. "
        "Correct the years, or take one out."
    ),
    "pack-no-source": _(
        "%(file)s, line %(line)s: “%(value)s” has no source. Name the law or publication, or write illustrative."
    ),
    "pack-not-a-number": _(
        "%(file)s, line %(line)s: “%(what)s” is “%(value)s”, which is no number that can stand here. "
        "Write digits with a decimal point."
    ),
    "pack-not-a-day": _("%(file)s, line %(line)s: “%(what)s” is “%(value)s”. Write a day as 2025-03-21."),
    "pack-not-one-of": _("%(file)s, line %(line)s: “%(what)s” is “%(value)s”. It can be: %(known)s."),
    "pack-not-a-currency": _(
        "%(file)s, line %(line)s: “%(value)s” is no other currency. Use three capital letters, and not the country's own."
    ),
    "pack-not-a-language": _(
        "%(file)s, line %(line)s: “%(value)s” is no code of a language. Use BCP 47, such as kk; for an invented "
        "language one from qaa to qtz."
    ),
    "pack-twice": _("%(file)s, line %(line)s: “%(value)s” is stated twice. Take one out."),
    "pack-parent-unknown": _(
        "%(file)s, line %(line)s: “%(value)s” lies in “%(parent)s”, which no line above states. Put the parent first."
    ),
    "pack-not-one-root": _(
        "%(file)s, line %(line)s: “%(value)s”: the country %(country)s, and only it, lies in nothing. "
        "Correct code or parent."
    ),
    "pack-worked-anyway": _(
        "%(file)s, line %(line)s: %(value)s is worked anyway. Take the line out, or correct the day."
    ),
    "pack-rests-anyway": _(
        "%(file)s, line %(line)s: %(value)s is a day of rest anyway. Take the line out, or correct the day."
    ),
    "pack-name-required": _(
        "%(file)s, line %(line)s: “%(value)s” is not stated. Add it; docs/reference/country-packs.md says what it is for."
    ),
    "pack-year-missing": _("%(file)s, line %(line)s: the year %(value)s before it has no value. Add one."),
    "pack-untranslated": _("%(file)s, line %(line)s: there is no name in the language “%(value)s”. Add it."),
    "pack-no-such-language": _(
        "%(file)s, line %(line)s: the pack has no language “%(value)s”. Take the name out, or add the language."
    ),
    "pack-no-such-zone": _("%(file)s, line %(line)s: there is no time zone “%(value)s”. Use one such as Asia/Almaty."),
    "pack-wrong-places": _(
        "%(file)s, line %(line)s: ISO 4217 gives %(value)s %(places)s places after the decimal mark. Write that."
    ),
    "pack-half-a-day": _(
        "%(file)s, line %(line)s: a day inside a number of “%(value)s” needs the groups year, month and day; "
        "a group century needs the list of centuries, and the list needs the group. Add what is missing."
    ),
    "pack-weights": _(
        "%(file)s, line %(line)s: the checksum “weighted” of “%(value)s” needs weights, and no other has any. "
        "Add them or take them out."
    ),
    "pack-example": _(
        "%(file)s, line %(line)s: “%(value)s” should be %(wanted)s as “%(scheme)s”, and is not. Correct the number or "
        "the description of the scheme."
    ),
    "pack-released-before": _(
        "%(file)s, line %(line)s: “%(value)s” is let go before it was brought in. Correct the year or the day."
    ),
    "pack-not-borders": _(
        "%(file)s, line %(line)s: this is no GeoJSON with features whose property iso is the territory's code. "
        "Export the borders again."
    ),
    "pack-no-border": _("%(file)s, line %(line)s: the territory “%(value)s” has no border. Add a feature for it."),
    "pack-border-of-nothing": _(
        "%(file)s, line %(line)s: “%(value)s” is no territory right below the country. Correct the code, or take it out."
    ),
    "pack-bad-ring": _(
        "%(file)s, line %(line)s: a ring of “%(value)s” is not closed, too short, or off the earth. "
        "Write points as [longitude, latitude], the last as the first."
    ),
    "pack-bad-words": _(
        "%(file)s, line %(line)s: this is no catalogue of sentences. Compile django.po beside it again with msgfmt."
    ),
}
