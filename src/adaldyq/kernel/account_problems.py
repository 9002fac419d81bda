"""Sentences of the errors of accounts, roles, mandates and absences."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "no-codes-in-production": _(
        "This server is for others: it has ADALDYQ_HTTPS=1, or names in ADALDYQ_HOSTS. No second factor is printed here. "
        "Look at the sample country on a machine of your own, with `adaldyq run`."
    ),
    "no-sample-sign-in": _(
        "There is no sign-in “%(value)s” of a sample country in this database, so it has no code that may be printed."
    ),
    "no-sample-country": _("There is no sample country in this database, so its e-ID was not started."),
    "roles-apart": _(
        "The roles %(first)s and %(second)s must be with different people. Withdraw one before giving the other."
    ),
    "acts-apart": _("You have done the other part of this yourself. Somebody else must do this one."),
    "two-persons-needed": _("The role %(role)s takes two administrators: propose it, and another confirms."),
    "keeps-no-registry": _("Only a registrar keeps a registry. Leave the registry out, or give the role of registrar."),
    "role-needs-body": _("This role holds for a body only. Choose which."),
    "not-to-oneself": _("Nobody decides about their own account. Ask another administrator."),
    "name-taken": _("There is an account with the sign-in name “%(value)s” already. Choose another."),
    "not-proven": _("The sign-in name, the password or the code is wrong, or there is no code for this account."),
    "no-such-account": _("There is no account with the sign-in name “%(value)s”."),
    "recovery-link-over": _("This link has been used, or its hour is over. Ask your administrators for a new one."),
    "mandate-to-oneself": _("You act for yourself already. Name somebody else."),
    "mandate-in-the-past": _("A mandate cannot begin before today."),
    "mandate-days-wrong": _("The last day is before the first. Check the days."),
    "mandate-number-misformed": _(
        "“%(value)s” is not a number that a person is given here (%(schemes)s). Check its digits."
    ),
    "mandates-too-many": _("You have asked %(most)s people within a day. Ask others tomorrow."),
    "absence-days-wrong": _(
        "An absence begins today or later, ends on its first day or later, and lasts at most %(limit)s days."
    ),
    "deputy-is-oneself": _("Nobody is their own deputy. Choose somebody else."),
    "deputy-not-of-the-body": _("The deputy must have a role in the same body. Choose somebody who has one."),
    "nothing-to-stand-in-for": _("There is no role in this body that a deputy could take over."),
    "no-scope": _("A token must open something. Choose at least one scope."),
    "token-life-wrong": _("A token lasts from a moment after now to at most %(limit)s days. Choose another last day."),
    "token-requests-wrong": _("A token may send from 1 to %(limit)s requests a minute."),
    "grace-out-of-range": _("The old secret may live on from 0 to %(limit)s days."),
    "secret-replaced": _(
        "This secret has given way to a newer one, and renews nothing. Use the newer one, or ask the administrators."
    ),
    "no-such-token": _("There is no token with the id “%(value)s”."),
    "no-such-scope": _("“%(value)s” is not a scope. There are: %(known)s."),
}
