"""Sentences of Django that our pages can show and that its Kazakh catalogue lacks or spells otherwise.

They stand here so that the tools find them; their translations are in the catalogues of this app, which
go before Django's own. Months are those of dates, which Kazakh writes in small letters.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop, ngettext, pgettext


def months() -> tuple[str, ...]:
    """Months as they stand in a date."""
    return (
        pgettext("alt. month", "January"),
        pgettext("alt. month", "February"),
        pgettext("alt. month", "March"),
        pgettext("alt. month", "April"),
        pgettext("alt. month", "May"),
        pgettext("alt. month", "June"),
        pgettext("alt. month", "July"),
        pgettext("alt. month", "August"),
        pgettext("alt. month", "September"),
        pgettext("alt. month", "October"),
        pgettext("alt. month", "November"),
        pgettext("alt. month", "December"),
    )


FIELD_ERRORS = (
    gettext_noop("Enter a valid integer."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a complete value."),
    gettext_noop("Null characters are not allowed."),
    gettext_noop("File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s."),
    gettext_noop("Value %(value)r is not a valid choice."),
    gettext_noop("“%(pk)s” is not a valid value."),
    gettext_noop("(Hidden field %(name)s) %(error)s"),
)

PASSWORD_ERRORS = (
    gettext_noop("Enter the same password as before, for verification."),
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("This password is too common."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("This password is entirely numeric."),
    gettext_noop("Your password can’t be entirely numeric."),
)


def counted(count: int) -> tuple[str, ...]:
    """Sentences that count."""
    return (
        ngettext(
            "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
            count,
        ),
        ngettext(
            "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
            "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
            count,
        ),
        ngettext(
            "Ensure that there are no more than %(max)s digit in total.",
            "Ensure that there are no more than %(max)s digits in total.",
            count,
        ),
        ngettext(
            "Ensure that there are no more than %(max)s decimal place.",
            "Ensure that there are no more than %(max)s decimal places.",
            count,
        ),
        ngettext(
            "Ensure this filename has at most %(max)d character (it has %(length)d).",
            "Ensure this filename has at most %(max)d characters (it has %(length)d).",
            count,
        ),
        ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            count,
        ),
        ngettext(
            "Your password must contain at least %(min_length)d character.",
            "Your password must contain at least %(min_length)d characters.",
            count,
        ),
    )
