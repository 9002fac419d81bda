"""Sentences for what can go wrong in the base registries, by error code."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted, ngettext_lazy
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "no-such-register": _("There is no register “%(value)s”. There are: %(known)s."),
    "no-such-record": _("The register “%(register)s” has no record %(value)s. Check the id; it may have been merged."),
    "origin-missing": _("Write the source: the register or document that says so."),
    "value-missing": _("This must not be empty."),
    "text-too-long": _("This has %(length)s characters. Keep it to %(limit)s."),
    "not-a-day": _("“%(value)s” is not a day. Write it as 2026-03-27."),
    "not-a-number": _("“%(value)s” is not a number."),
    "number-out-of-range": _("%(value)s has too many digits, or lies beyond what can be kept."),
    "future-day": _("%(value)s has not come yet."),
    "ends-before-it-begins": _("The last day, %(until)s, is before the first, %(since)s."),
    "ended-already": _("This has ended already. Open the record again to see how it stands."),
    "begins-before-the-present": _(
        "What the register holds now began on %(since)s, so this cannot begin on that day or before. "
        "If the register is wrong, it takes a correction."
    ),
    "period-overlaps": _(
        "The register has another entry from %(since)s to %(until)s, which shares a day with this one."
    ),
    "unknown-sex": _("“%(value)s” is not one of f, m and empty."),
    "unknown-scheme": _("There is no kind of number “%(value)s” here. There are: %(known)s."),
    "bad-identifier": _("“%(value)s” cannot be a number of the kind %(scheme)s: its digits do not check."),
    "identifier-taken": _("Somebody has this number of the kind %(scheme)s already. Look it up before you go on."),
    "unknown-tie": _("“%(value)s” is not a family tie. There are: %(known)s."),
    "tie-to-oneself": _("Nobody is their own relative."),
    "unknown-code": _("“%(value)s” is not in the country’s list. There are: %(known)s."),
    "closed-already": _("It was closed on %(day)s."),
    "still-has-bodies": _("Other bodies belong to it. Close them first, or move them."),
    "not-among-the-living": _("The person died on %(day)s."),
    "company-there-already": _("A company with the number %(value)s is in the register already."),
    "unknown-kind": _("“%(value)s” is not a kind of ownership. There are: %(known)s."),
    "owner-of-itself": _("A company cannot own itself."),
    "share-out-of-range": _("A share is above 0 and at most 100 percent, not %(value)s."),
    "shares-above-the-whole": _(
        "Direct owners hold %(held)s percent already, so that another %(share)s would be more than the whole. "
        "End a share first."
    ),
    "register-not-kept": _(
        "This record belongs to the registry “%(registry)s”. You do not keep it, or not for this body or place. "
        "Ask a registrar who does, or an administrator for the role."
    ),
    "owner-dead-or-closed": _("The owner died or was struck off on %(day)s, before the right begins."),
    "price-below-zero": _("A price is not below zero. Leave it empty when nothing was paid."),
    "unknown-object-kind": _("“%(value)s” is not a kind of object. There are: %(known)s."),
    "unknown-basis": _("“%(value)s” is not a way to acquire real estate. There are: %(known)s."),
    "area-out-of-range": _("An area is above 0 square metres, not %(value)s."),
    "rights-above-the-whole": _(
        "Others hold %(held)s percent of it in that time, so that another %(share)s would be more than the whole. "
        "End or transfer one of their rights first."
    ),
    "more-than-the-share": _("The owner holds %(held)s percent, and no more than that can pass."),
    "passes-to-oneself": _("It belongs to this owner already."),
    "vehicle-has-an-owner": _("The vehicle %(value)s has an owner in that time. Let it pass from that owner."),
    "built-when": _("A vehicle of that day was not built in %(value)s."),
    "field-not-changeable": _("The fact “%(name)s” of the register %(register)s is not changed in this way."),
    "not-yes-or-no": _("“%(value)s” is neither 1 nor 0."),
    "not-utf-8": _("This is not text in UTF-8."),
    "line-unreadable": _("The line is nested too deep, or holds a number with too many digits."),
    "json-name-twice": _("The name “%(value)s” stands twice in one object, so it is not clear which value counts."),
    "line-not-json": _(
        "The line is no JSON from its character %(place)s on. Look at the quotes, commas and brackets there."
    ),
    "array-not-json": _(
        "From this line on the file is no JSON, or one value is too long. Look at the quotes, commas and brackets there."
    ),
    "line-too-long": _("The line has more than %(limit)s bytes."),
    "value-too-long": _(
        "A value of the line has more than %(limit)s characters. Perhaps a quote is opened and not closed."
    ),
    "wrong-number-of-columns": ngettext_lazy(
        "The line has %(found)s column, the first line names %(wanted)s.",
        "The line has %(found)s columns, the first line names %(wanted)s.",
        "found",
    ),
    "file-without-columns": _("The file %(file)s is empty: its first line must name the columns."),
    "unknown-columns": _(
        "%(file)s has columns that are unknown or stand there twice: %(unknown)s. There may be: %(known)s."
    ),
    "bad-territory-code": _("“%(value)s” cannot be a code: capital Latin letters, digits and hyphens, at most 12."),
    "territory-there-already": _("There is a territory with the code %(value)s already."),
    "unknown-level": _("“%(value)s” is not a level of territories. There are: %(known)s."),
    "territory-within-itself": _("A territory cannot be merged into itself, or into one that lies in it."),
    "split-into-two": _("Name two or more territories that follow. Make them first."),
    "still-has-territories": _("Other territories lie in it. Change what they belong to first."),
    "still-has-companies": _("Companies are registered in it. Say which of those that follow takes them."),
    "still-has-land": _("Real estate lies in it. Say which of those that follow takes it."),
    "still-has-residences": _("People are registered to live in it. Say which of those that follow takes them."),
    "places-nothing": _("“%(value)s” names nothing that lies in this territory."),
    "not-a-follower": _("“%(value)s” is not one of the territories that follow."),
    "bad-placing": _("Line %(line)s does not say who takes it. Write a number or code, a blank, and the territory."),
    "not-a-statement": _("This is not a statement of BODS 0.4: it needs a recordId, a recordType and recordDetails."),
    "older-statement": _(
        "This is a statement of BODS before version 0.4. Convert the file to 0.4; its publisher may have it so."
    ),
    "party-unspecified": _("The statement does not say who it is: %(reason)s."),
    "not-an-entity": _("This is not an entity of FollowTheMoney: it needs an id, a schema and properties."),
    "key-missing": _("The row has neither a key nor a number, so that it could not be found again."),
    "keys-disagree": _("The key belongs to one record, the number to another."),
    "no-such-erasure": _("No erasure “%(value)s” was asked for."),
    "refers-to-nothing": _("No record is known here by “%(value)s”. Import the register that it is in first."),
    "twice-in-the-file": _("The file says two things of this record. Keep the one that holds."),
    "older-than-the-register": _("The register says otherwise since %(day)s, and this row is not newer."),
    "differs-from-the-register": _("The register says otherwise. A dated row is ended, never changed."),
    "one-owner": _("Name exactly one owner."),
    "database-refused": _("The database refused the row: %(problem)s."),
    "bad-source-name": _("“%(value)s” cannot name a source: at most 60 letters a–z, digits and hyphens."),
    "in-dispute-already": _("You have asked for a correction of this already, and it has not been answered yet."),
    "term-passed": _("The term ended on %(day)s."),
    "no-such-step": _("There is no such step. Open the page again."),
    "not-mergeable": _("Records of “%(value)s” are not merged. Those of these are: %(known)s."),
    "merge-with-itself": _("These are the same record."),
    "merged-already": _("This record was merged already, or a merge of it is proposed."),
    "nothing-changed": _("The register holds exactly this already."),
    "record-would-contradict-itself": _(
        "With this the record would contradict itself. Check the days against each other."
    ),
    "erasure-names-the-person": _(
        "Write this without the name or a number of the person: it stays when the records are gone."
    ),
    "erasure-proposed-already": _("It has been asked already to erase this person. Look among the erasures."),
    "erasure-of-the-living": _("The register does not say that the person died, so no term of keeping has passed."),
    "erasure-term-runs": _("The law keeps the entries about this person until %(until)s."),
    "erasure-entry-lasts": _(
        "The person still has entries that last in the register “%(register)s” (%(count)s). End or transfer them first."
    ),
    "erasure-heads-company": _("The person heads companies (%(count)s). Record another head first."),
    "erasure-in-office": _("The person has an official role in force. It must be withdrawn first."),
    "erasure-held-elsewhere": _("Records of other rooms depend on those of this person (%(kinds)s). End those first."),
    "erasure-needed-elsewhere": _(
        "An institution still needs records of this person, so they cannot be erased now. Try again later."
    ),
    "erasure-declaration-kept": _("The declaration for %(year)s is kept by law until %(until)s."),
    "erasure-declaration-unfiled": _(
        "The declaration for %(year)s is due and not filed. The duty to file it is kept by law until %(until)s."
    ),
    "erasure-named-by-others": _(
        "Somebody else’s declaration for %(year)s names the person, and is kept by law until %(until)s."
    ),
}
