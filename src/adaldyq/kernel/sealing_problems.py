"""Sentences of the errors of sealed reports: phrases of receipts, keys and envelopes."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "phrase-length": _("A phrase has %(needed)s words, and %(count)s were typed. Write all of them, in their order."),
    "phrase-word-unknown": _("Word %(place)s, “%(word)s”, is not in the list of words. Compare it with your note."),
    "phrase-word-unknown-but-near": _(
        "Word %(place)s, “%(word)s”, is not in the list of words. Perhaps it is “%(meant)s”?"
    ),
    "phrase-words-unknown": _(
        "These words are not in the list of words: %(words)s. In brackets stands what was perhaps meant. Compare them with your note."
    ),
    "phrase-check": _(
        "All words are in the list, but together they are no phrase: one is another than you were given, or two have changed places."
    ),
    "mailbox-damaged": _("The mailbox of this report cannot be opened with this phrase."),
    "envelope-damaged": _("This is no sealed file of a report, or it was damaged on the way. Send it again."),
    "envelope-not-opened": _("This key does not open the file, or the file was cut off or changed."),
    "recipient-invalid": _("“%(value)s” is not a public key. A public key begins with age1."),
    "key-invalid": _("This is not a secret key. A secret key begins with AGE-SECRET-KEY-1."),
    "secret-key-sent": _(
        "This is the secret half of a key. Nothing was kept, but it passed through the network: make a new pair, and type its public half, which begins with age1."
    ),
    "key-known": _("This key is published already. Make a new pair."),
    "unit-open-already": _("This body receives reports already, or another one does in this place."),
    "no-such-report": _(
        "No report has this phrase. Compare each word with your note; a report that was closed long ago is erased."
    ),
    "page-too-old": _("This page was open for too long. What you typed stands below; files must be chosen again."),
    "page-used": _("A report was sent from this page already. Open the form anew to send another one."),
    "page-sent-other": _(
        "Another report was sent from this form already, so this text was not taken yet. It is kept on this page: send it again, "
        "and it is a report of its own with a phrase of its own."
    ),
    "work-not-done": _("The short calculation of your device was not done, or too long ago. Send it again."),
    "message-too-long": _("The message is larger than %(most)s kB. Send it in parts, or as a file."),
    "keys-changed": _(
        "The officers' keys have changed since you opened this page. Nothing was taken yet; send it again."
    ),
    "sealed-file-too-large": _("A file is larger than %(most)s MB. Send a smaller one, or parts of it."),
    "storage-full": _("There is no room for this file at the moment. Send the report without it, and the file later."),
    "too-many-files": _("Send at most %(most)s files at once."),
    "too-many-messages": _("This report has %(most)s messages, and takes no more. Write a new report."),
    "reopened-already": _("You have said once that it is not resolved. It was looked at again."),
    "closed-by-you": _(
        "You have closed this report before, and its reporter says that it is not resolved. Another officer decides now."
    ),
    "closed-by-them": _("They have closed this report before. Choose another officer."),
    "aside-not-new": _("Report %(value)s was acknowledged or set aside meanwhile. Nothing was done; choose again."),
    "aside-objected": _("The reporter of %(value)s has said that it is a report. It is not set aside again."),
    "aside-protected": _("The reporter of %(value)s has asked for protection. It is a report."),
    "aside-too-often": _("Report %(value)s was set aside twice and came back. It is not set aside again."),
    "aside-own": _("You have set %(value)s aside yourself. Another officer must look at it."),
    "aside-not-waiting": _("Report %(value)s is not set aside any more. Nothing was done; choose again."),
    "aside-too-many": _("Choose at most %(most)s at once."),
    "report-term-not-running": _(
        "The term for telling the reporter what was done does not run, has passed, or was made longer already."
    ),
    "proof-malformed": _(
        "This is not a proof of a report, or it was damaged. Take it once more from the page of the report."
    ),
    "proof-to-come": _("Nothing of this report stands in the ledger yet. Come back tomorrow."),
    "rewrap-malformed": _("This is not a file of keys sealed anew. Choose what adaldyq reports rewrap wrote."),
    "rewrap-is-order": _(
        "This is the order. Seal the keys anew with adaldyq reports rewrap, and choose what it wrote."
    ),
    "rewrap-other-report": _("These are keys of other reports. Take the order of this page, and seal its key anew."),
    "rewrap-keys-changed": _(
        "The readers have changed since the order was taken, or the key itself, or it was for another body. Nothing is lost: seal the key anew on this page, or with a new order."
    ),
    "no-such-unit": _("This body does not receive reports, or the report may be about it."),
    "barred-already": _("They are kept out already."),
    "nobody-left": _(
        "Then nobody would be left who may read this report and has a key: whoever works, or lately worked, in an office that is kept out, or has family there, is kept out too. Nothing was done."
    ),
    "case-without-reports": _("A case is asked for because of one or several reports of one office."),
    "case-too-early": _("Acknowledge the report first, then ask for a case."),
    "case-asked-already": _("A case was asked for already because of one of these reports."),
    "case-not-open": _("No case is open by this request, so no money came back by it."),
    "case-number-missing": _("A number of at most %(most)s letters and figures must stand here."),
    "money-told-already": _("The payment “%(value)s” was taken in before."),
    "money-not-positive": _("The amount must be more than nothing."),
    "money-other-currency": _(
        "“%(value)s” is not the currency of the country, in which money that came back is counted."
    ),
    "day-to-come": _("%(value)s is still to come."),
    "answers-columns": _("The first line must name these columns, in this order: %(columns)s."),
    "answers-line": _("Line %(line)s: “%(column)s” cannot be read. What stood before this line was taken in."),
    "answers-request": _("Line %(line)s: there is no request “%(value)s”. What stood before this line was taken in."),
    "answers-order": _(
        "Line %(line)s: the request “%(value)s” stands otherwise, so this step cannot follow. What stood before this line was taken in."
    ),
    "reward-lapsed": _("The reward of order %(value)s was to be fetched by %(day)s, and has lapsed."),
    "reward-term-runs": _("This reward may still be fetched."),
    "reward-case-runs": _("A reward is proposed when a judgment or decision of the report's case is in force."),
    "reward-proposed-already": _("A reward was proposed for this report already."),
    "reward-refusal-proposed": _("It is proposed that no reward is given. Decide that, or give it back."),
    "reward-grant-proposed": _("It is proposed that a reward is given. Decide that, or give it back."),
    "tie-itself": _("A report is not tied to itself. Choose another one."),
    "tie-made": _("These two are tied already. Say first that they are not about the same, then tie them otherwise."),
    "tie-none": _("These two are not tied."),
    "tie-unseen": _("You see no report “%(value)s”."),
    "protection-none": _("This report has no protection file, or it is closed. Open one first."),
    "protection-open": _("This report has a protection file already."),
    "protection-no-consent": _(
        "The reporter has not let the employer be asked, who would then learn of the report. Ask the reporter first."
    ),
    "protection-no-act": _("No act of retaliation is noted yet. Note what the employer is to give a reason for."),
    "protection-reason-not-shown": _(
        "The employer has shown no other reason, and it is for the employer to show one. Choose what else came of it."
    ),
    "protection-relief-waits": _("Interim relief waits for a decision. Note that first."),
    "protection-no-relief": _("No interim relief waits for a decision."),
    "report-kept": _(
        "The report stays: a step is open, something was added to it, or its term of keeping has not passed."
    ),
    "draw-seed-to-come": _("The seed is not known yet: a witness of the ledger has still to sign."),
    "report-closed": _("The report is closed. Only the reporter can open it again."),
    "no-such-officer": _("This officer does not receive for the unit, or must not read this report."),
    "file-needs-script": _("“%(name)s” is too large to be opened here. Open this page in a browser with scripts."),
    "passphrase-short": _(
        "A passphrase needs at least %(least)s characters. Several words that belong to no text are best."
    ),
    "passphrases-differ": _("The two passphrases differ. Nothing was written."),
    "passphrase-wrong": _("This passphrase does not open the key, or the file of the key was changed."),
    "kit-malformed": _("This is not a report that was saved as a file, or it was damaged. Ask for the file once more."),
    "kit-other-office": _("This file is for an office that does not receive reports here."),
    "kit-keys-unknown": _(
        "This file is sealed to keys that nobody here has had. It may come from a false form: tell its sender, if you can, to take the form anew."
    ),
    "taken-in-already": _("This file was taken in already."),
    "clean-unknown": _(
        "This kind of file is not known here. PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP and pictures can be cleaned."
    ),
    "clean-old": _("This is an old form of office file. Save it as DOCX, XLSX or PPTX first."),
    "clean-locked": _("The file is locked with a password. Save it without one first."),
    "clean-damaged": _("The file is damaged, or not what it says that it is."),
    "clean-too-large": _("It is larger than %(most)s million bytes or points."),
    "no-custodian": _(
        "Nobody at the office that gets this report can keep a name apart. Leave this empty; later you can write to the officers with your phrase."
    ),
    "basis-missing": _("Say in a few words on which decision or request it rests."),
    "identity-malformed": _("This is not a file of a name that is kept apart. Take it from the page of that name."),
    "phrase-not-first": _(
        "The message holds the phrase of a receipt, but does not begin with it. Begin with all its words in their order, then write what you want to add."
    ),
    "phrase-again": _(
        "After the phrase with which it begins, the message holds what looks like a phrase once more. Send it again with the phrase at its beginning only: officers would read it."
    ),
    "door-not-signed": _("The call is not signed with the secret of this door, or not as it should be."),
    "door-too-old": _("The call is older than five minutes, or its clock is wrong. Sign it anew."),
    "door-malformed": _("“%(name)s” is missing, or is not of the form that this door takes."),
    "door-too-large": _("The call is too large for this door."),
    "door-file-large": _("It is larger than %(most)s MB."),
    "door-file-gone": _("The messenger does not hand it out."),
    "door-file-later": _("The file cannot be fetched now. Bring the message again later."),
    "door-too-often": _("More than %(most)s messages came from you within the hour. Wait an hour."),
    "door-answer-not-sent": _("The sender could not be answered. Bring the message again."),
    "mail-too-large": _("The e-mail is larger than %(most)s MB. Send it in parts, or its files on the pages."),
    "mail-malformed": _("This is no e-mail, or it names no sender."),
    "mail-says-nothing": _(
        "No words and no files were found in your e-mail, so nothing was taken. Send it once more as plain text, or use the pages."
    ),
    "nobody-impartial": _(
        "No office is left that may have it: those whose officers could read it are the ones that you named, or stand above or beneath them. Leave the body or the tick out, and an office that you then do not name may get it; or turn to somebody outside of them, such as a court or the ombudsman."
    ),
    "nobody-to-seal-to": _("No officer has a key to whom this could be sealed. Nothing was taken."),
}
