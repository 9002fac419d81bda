"""Turns error codes into sentences, for pages, problem documents and the shell alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils.translation import get_language, gettext, ngettext

from adaldyq.base.errors import DomainError
from adaldyq.base.words import Counted, Translation, worded
from adaldyq.base.words import gettext_noop as _
from adaldyq.countries import problems as country_packs
from adaldyq.countries.loader import load
from adaldyq.kernel import (
    account_problems,
    backup_problems,
    filing_problems,
    obligation_problems,
    paper_problems,
    payment_problems,
    permit_problems,
    provider_problems,
    registry_problems,
    review_problems,
    sealing_problems,
    sending_problems,
    service_problems,
    signature_problems,
    statement_problems,
    street_problems,
)
from adaldyq.ledger import wording as ledger
from adaldyq.ui.formats.values import day, number

IN_FORCE = Translation(gettext, ngettext)
"""Into the language of whoever asks."""

SENTENCES: Mapping[str, str | Counted] = {
    "not-allowed": _("You are not allowed to do this: %(act)s."),
    "conflict": _("Somebody else has changed this record, or its state does not permit the act. Open it again."),
    "unknown-currency": _("“%(value)s” is not a currency code. Use three capital letters, such as KZT."),
    "currencies-differ": _("Amounts in different currencies cannot be added: %(value)s."),
    "not-an-amount": _("“%(value)s” is not an amount. Write digits, such as 1250000.50."),
    "amount-out-of-range": _("The amount %(value)s is out of range. It must be below ten trillion."),
    "day-out-of-range": _("%(value)s lies beyond the calendar. Give an earlier day or a shorter term."),
    "no-rate": _("No rate of %(value)s is known for %(day)s. Give a later day, or add the rate to the country pack."),
    "no-such-term": _("The country pack states no deadline “%(value)s”. Add it to the pack's deadlines.csv."),
    "no-snapshot": _("There is no snapshot in %(file)s: it has no manifest.json."),
    "bad-manifest": _("%(file)s is not a manifest of a snapshot: %(problem)s. Make the snapshot again."),
    "unknown-table": _(
        "%(file)s names the table or a column of “%(table)s” that this version does not know. Make the snapshot again."
    ),
    "snapshot-closed": _(
        "No key that is here opens the snapshot in %(file)s. Put snapshots-key back into the data folder, or set "
        "ADALDYQ_SNAPSHOTS_KEY; or take a new snapshot: `adaldyq verify --country`."
    ),
    "snapshot-file-missing": _("%(file)s is missing. Make the snapshot again, or import the collection again."),
    "snapshot-changed": _(
        "%(file)s has changed since its hash was taken, so nothing was verified. "
        "Make the snapshot again, or import the collection again."
    ),
    "snapshot-column-missing": _(
        "%(file)s lacks the column “%(column)s” that its manifest names, so nothing was verified. "
        "Make the snapshot again, or import the collection again."
    ),
    "snapshot-column-differs": _(
        "%(file)s: the column “%(column)s” is of the type %(found)s and must be of the type %(wanted)s, so nothing was "
        "verified. Make the snapshot again, or import the collection again."
    ),
    "disk-full": _("There is no room left on the disk of %(file)s. Free some and try again; what was there is intact."),
    "no-such-dataset": _("There is no dataset “%(value)s”. There are: %(known)s. Import it with `adaldyq import`."),
    "folder-holds-other-files": _(
        "The folder %(file)s holds other files, such as %(value)s, and would be replaced as a whole. "
        "Name a new folder, or an empty one."
    ),
    "run-under-way": _("Another run is under way. Wait for it to end, then try again."),
    "bad-rule-file": _("%(file)s, line %(line)s: %(problem)s. Correct the rule file and try again."),
    "unreadable-table": _(
        "The file of the table “%(table)s” cannot be read: %(problem)s. "
        "Make the snapshot again, or import the collection again."
    ),
    "finding-in-work": _("Another analyst works on this finding, so it cannot be decided here. Take it over first."),
    "appeal-missing": _("Write why the decision should fall, and what shows it."),
    "reason-missing": _("Write the reason: what you looked at and what follows from it."),
    "reason-too-long": _("The reason has %(length)s characters. Keep it to %(limit)s."),
    "no-such-explanation": _("One of the explanations does not belong to this rule. Open the finding again."),
    "explanations-left": _(
        "Before a person is asked to explain, every innocent explanation must be ruled out. Still to do: %(left)s."
    ),
    "snapshot-gone": _("The files of this snapshot are no longer kept. Its hash, the findings and their rows remain."),
    "run-already-requested": _("This run has been asked for already and waits for its turn."),
    "nothing-verified": _("The country has not been verified yet. Run `adaldyq verify` first."),
    "runs-already": _(
        "Adaldyq runs on this data folder already. End it there with Ctrl-C, or choose another folder with "
        "ADALDYQ_DATA_DIR."
    ),
    "port-taken": _("%(value)s is taken by another program. Choose another port: `%(command)s --port %(free)s`."),
    "server-did-not-start": _("The server did not start. What it said stands above; mend that and run again."),
    "server-slow": _(
        "The pages did not open within %(seconds)s seconds. The machine may be busy with something else; run again."
    ),
    "server-ended": _("The server or the worker ended by itself. What it said stands above; run again."),
    "nothing-imported": _(
        "There is no declaration in %(file)s, so nothing was imported and what was there is intact. "
        "Check that the source and the path belong together."
    ),
    "nothing-readable": _(
        "%(place)s: %(problem)s. No declaration could be read, so nothing was imported and what was there is intact. "
        "Everything that could not be read (%(count)s) is in %(file)s. Mend the file and import again."
    ),
    "bad-dataset-name": _(
        "“%(value)s” cannot be the name of a dataset. Use Latin letters, digits and hyphens; "
        "“country” stands for the country’s own registers."
    ),
    "bad-row": _("A row does not fit the table “%(table)s”: %(problem)s. Nothing was imported."),
    "source-missing": _("There is nothing at %(file)s. Check the path."),
    "source-empty": _(
        "The folder %(file)s holds no file %(wanted)s. Point at the folder that holds the source's files."
    ),
    "source-broken": _("%(file)s, line %(line)s: %(problem)s. Nothing was imported, and what was there is intact."),
    "source-damaged": _(
        "%(place)s: %(problem)s. Nothing was imported, and what was there is intact. Everything that could not be "
        "read (%(count)s) is in %(file)s. Mend the file and import again, or import what can be read with --partial."
    ),
    "too-many-people": _("The sample country can have from 1 to %(most)s people, not %(value)s."),
    "seed-out-of-range": _("The seed is a whole number from 0 to %(most)s, not %(value)s."),
    "load-under-way": _("The sample country is being loaded already. Wait for it to end, then try again."),
    "registers-not-empty": _(
        "The registers hold records that are not of the sample country, so it was not loaded. "
        "Choose an empty data folder with ADALDYQ_DATA_DIR, or an empty database."
    ),
    "sample-of-another-country": _(
        "The sample country is one of the pack “%(value)s”, and this installation's is “%(country)s”. "
        "Start with `adaldyq run --no-demo`, or with ADALDYQ_COUNTRY left out."
    ),
    "another-sample-country": _(
        "A sample country with seed %(seed)s and %(people)s people is in the registers already. "
        "Ask for that one, or choose an empty data folder with ADALDYQ_DATA_DIR."
    ),
    "no-rules": _("There is no rule in %(file)s. Rules are files FOLDER/NAME.sql in it; check the path."),
    "no-truth": _("There is no truth of a sample country in %(file)s. Make the sample country first."),
    **country_packs.SENTENCES,
    **ledger.SENTENCES,
    **registry_problems.SENTENCES,
    **service_problems.SENTENCES,
    **account_problems.SENTENCES,
    **backup_problems.SENTENCES,
    **filing_problems.SENTENCES,
    **obligation_problems.SENTENCES,
    **paper_problems.SENTENCES,
    **payment_problems.SENTENCES,
    **permit_problems.SENTENCES,
    **provider_problems.SENTENCES,
    **statement_problems.SENTENCES,
    **review_problems.SENTENCES,
    **sealing_problems.SENTENCES,
    **sending_problems.SENTENCES,
    **signature_problems.SENTENCES,
    **street_problems.SENTENCES,
}


def sentence(error: DomainError) -> str:
    """The sentence of an error, in the language in force."""
    known = SENTENCES.get(error.code)
    return str(error) if known is None else worded(known, told(error.parameters), IN_FORCE)


def told(parameters: Mapping[str, object]) -> Mapping[str, object]:
    """Parameters as a person reads them: numbers, days and identifier schemes as the language in force has them."""
    readable = {name: readable_value(value) for name, value in parameters.items()}
    if "scheme" in parameters:
        readable["scheme"] = scheme_title(str(parameters["scheme"]))
    if "schemes" in parameters:
        readable["schemes"] = ", ".join(map(scheme_title, str(parameters["schemes"]).split()))
    return readable


def readable_value(value: object) -> object:
    """A number with its thousands parted, a day in the form of the language; all else as it is."""
    if isinstance(value, Decimal):
        return number(value) if value == value.to_integral_value() else f"{value:f}"
    return day(value) if isinstance(value, date) and not isinstance(value, datetime) else value


def scheme_title(code: str) -> str:
    """What an identifier scheme of the country is called; its code when the country has none of that name."""
    scheme = load(settings.COUNTRY).schemes.get(code)
    return scheme.titles.get(get_language() or "", code) if scheme else code
