"""Sentences of the errors of permits."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "permit-not-drawn": _("Nobody is drawn for its step now, so there is nothing to give back. The next draw has it."),
    "permit-redrawn-before": _(
        "You have given it back to the draw once. If it has to be drawn again, another officer gives it back."
    ),
    "licence-number-shape": _(
        "“%(value)s” is no number of a licence here. Write it with Latin letters, figures and hyphens, at most 24 of them."
    ),
    "licence-number-ours": _(
        "“%(value)s” looks like a number that this register gives by itself. Write the letters of the source before it."
    ),
    "licence-number-taken": _("The register has a licence %(value)s already, and it does not come from this source."),
    "licence-differs": _(
        "%(value)s was taken over before, and the source said something else of it then. It is changed by acts only: suspend, "
        "restore or revoke it on its page."
    ),
    "licence-holder-two": _(
        "“%(value)s” is the number of a company and of a person. Write the id of the one who holds it, from its page."
    ),
    "licence-ahead": _("It was issued on %(day)s, which has not come yet. Check the day."),
    "licence-state-ahead": _("It was suspended or revoked on %(day)s, which has not come yet. Check the day."),
    "licence-holder-other": _(
        "The registers call whoever has this number otherwise than “%(value)s”. Check the number, or write the name as the register has it."
    ),
    "licence-holder-gone": _(
        "Its holder was struck off or died on %(day)s, so nobody holds it. Say how the licence ended, or check the number."
    ),
    "licence-days": _("It ends on %(until)s, before it begins on %(since)s. Check both days."),
    "permit-somebody-left": _("An officer of the body may have it, so no other body is named. The next draw has it."),
    "permit-nobody-there": _(
        "No officer of that body may have it either, or it has none with room for more. Choose another body."
    ),
    "permit-too-few-there": _(
        "So few officers of that body may have it that to name the body would be to choose the person. Choose another body."
    ),
    "permit-nobody-left": _("The draw would find no other officer for it, so it stays with whoever has it."),
    "permit-nothing-owed": _("The applicant owes nothing now: it is not paused, and no fee is to be paid."),
    "permit-reminded": _("The applicant was reminded today already. Once a day is enough."),
    "permit-no-return": _("At the step where it is now it cannot be returned."),
    "permit-other-entry": _(
        "It is for another permit, or an older version of it, so these defects are not its own. Return it alone."
    ),
    "permit-law-missing": _(
        "Only a law brings a permit in: name the act in every language, its number, its day, and the article."
    ),
    "permit-law-later": _("The act is younger than the first day on which the permit is needed. Check both days."),
    "permit-untranslated": _("Write it in every language, each at most %(limit)s characters long."),
    "permit-activity": _(
        "“%(value)s” is no code of an activity. Write two to six digits without dots, as the classifier has them."
    ),
    "permit-number-range": _("The number lies outside what can be: from 0 to %(most)s."),
    "permit-catalogue-number": _("“%(value)s” is no number of the catalogue. Write it as L-001."),
    "permit-number-taken": _("The catalogue has an entry %(value)s already. Choose another number."),
    "permit-body-unknown": _(
        "The register of state bodies has no “%(value)s”, which issues %(number)s. Register the body first."
    ),
    "permit-ended": _("%(value)s has ended and is changed no more. A new entry needs a law."),
    "permit-version-day": _("Choose a day after %(day)s, from which on it says what it says now."),
    "permit-under-review": _("%(value)s is under review and is not changed meanwhile. Wait for the decision."),
    "permit-act-missing": _("Name the act and its number, so that everybody can look it up."),
    "permit-act-ahead": _("The act has a day that has not come yet. Check it."),
    "permit-term-short": _(
        "Bodies have at least until %(day)s, counted in working days. Choose that day or a later one."
    ),
    "permit-day-of-rest": _("That day is one of rest. Choose a working day, such as %(day)s."),
    "permit-nothing-to-review": _("There is nothing of this kind in force that is not under review already."),
    "permit-justified-late": _("The last day was %(day)s. What was not justified by then falls."),
    "permit-not-yet": _("Choose a day from that of the act up to today: a decision holds from a day that has come."),
    "permit-unlawful": _("No law asks for it, so it cannot stay. Abolish it, or take it out."),
    "permit-needless": _("It is not needed, so it cannot stay as it is. Abolish it, or make a notification of it."),
    "permit-not-assessed": _("Say first whether it is lawful and needed, and what it costs."),
    "permit-lighter-missing": _("Say what it asks for then."),
    "permit-not-lighter": _("It may not ask for more than before (%(was)s), and something must become less."),
    "procedure-not-json": _("This is no JSON. Check brackets, commas and quotes."),
    "procedure-too-large": _("The procedure is longer than %(limit)s characters."),
    "procedure-shape": _(
        "It has not the shape of a procedure at %(place)s; mistakes of this kind: %(count)s. See the schema."
    ),
    "procedure-untranslated": _("%(step)s has no name in the language “%(language)s”."),
    "procedure-twice": _("%(step)s stands there twice."),
    "procedure-unknown-step": _("%(step)s leads to “%(value)s”, which is not there."),
    "procedure-unknown-participant": _("%(step)s names “%(value)s”, who is not among the participants."),
    "procedure-unknown-answer": _("%(step)s lets silence mean “%(value)s”, which is none of its answers."),
    "procedure-unreachable": _("Nothing leads to %(step)s."),
    "procedure-loop": _("It goes round in a circle at %(step)s: %(way)s."),
    "procedure-no-deadline": _("%(step)s has no deadline. Say within how many working days it is taken."),
    "procedure-no-appeal": _("Nobody hears an appeal against %(step)s. Name another body."),
    "procedure-own-appeal": _("An appeal against %(step)s goes to %(value)s, who is no other body."),
    "procedure-both-keys": _("%(value)s both verifies and decides. Give one of the two to somebody else."),
    "procedure-no-verifier": _("Somebody decides, and nobody verifies before."),
    "procedure-late-return": _(
        "%(step)s returns an application. Only the first step does, so that all that is missing stands in one notice."
    ),
    "procedure-applicant-decides": _("%(value)s is an applicant, and holds a key of the state."),
    "procedure-key-passed-by": _(
        "%(step)s leads to “%(value)s” before somebody has verified and then somebody else decided. Every way must."
    ),
    "procedure-refused-without-key": _("%(step)s refuses (“%(value)s”) and holds not the key to decide."),
    "procedure-appeal-steps": _("%(step)s is a step of %(value)s, who hears appeals and takes no steps."),
    "procedure-applicant-grants": _("At %(step)s applicants would grant themselves what they ask for."),
    "procedure-silence-verifies": _("%(step)s would be verified by silence. Let somebody verify it."),
    "procedure-silence-refuses": _(
        "Silence at %(step)s would return or refuse the application without saying what is wrong. Let it stand for another answer."
    ),
    "procedure-appeal-within": _("%(value)s belongs to the body that decides. Name another body for appeals."),
    "procedure-of-another": _("It is the procedure of %(value)s, not of %(number)s."),
    "procedure-too-long": _("Officials would take %(days)s working days, and the catalogue gives them %(limit)s."),
    "permit-kind-by-review": _("Only a review makes a notification of a permit, and only a law makes a permit."),
    "procedure-unknown-body": _("The register of state bodies has no “%(value)s”. Write its official name."),
    "permit-not-begun": _("%(value)s is needed from %(day)s on. Apply then."),
    "permit-before-round": _("Choose a day from %(day)s on, when the review began: nothing ends in the past."),
    "permit-abolished": _("%(value)s is needed no longer: it ended on %(day)s. You need not apply; begin your work."),
    "permit-no-procedure": _("%(value)s has no procedure yet, so nobody can apply here. Ask its body."),
    "permit-not-renewable": _(
        "%(value)s cannot be renewed: only a licence that is valid now, has an end and is renewed by law can."
    ),
    "permit-suspended": _(
        "Whoever applies has the licence %(value)s for the same, and it is suspended. No other is given meanwhile: put right "
        "what it was suspended for, and ask its body to let it be valid again. Its page says the ground."
    ),
    "permit-suspended-grant": _(
        "Whoever applies has the licence %(value)s for the same, and it is suspended, so no other is given. Refuse with the requirement "
        "that is not met, or grant once that licence is valid again."
    ),
    "permit-no-outcome": _(
        "Its procedure leads from there neither to a step nor to a permit, so the appeal cannot be granted here. Tell whoever "
        "keeps the procedure."
    ),
    "permit-renewed": _("The renewal of %(value)s was asked for already. See your applications."),
    "permit-renewal-late": _("The last day to ask for the renewal of %(value)s was %(day)s. Apply for a new one."),
    "permit-term-over": _("The term of %(value)s ended on %(day)s, so there is nothing to hand over."),
    "permit-successor": _(
        "%(value)s has a renewal, %(other)s, that is still to begin. Wait until it has begun, then transfer that one."
    ),
    "permit-not-returned": _("%(value)s was not returned to you. Begin a new application."),
    "permit-sent-again": _("%(value)s was sent again as %(other)s. Wait for what is decided about that."),
    "permit-applicant-gone": _("The register of companies has no such company, or it is closed. Choose another."),
    "permit-applicant-missing": _("Say who applies."),
    "permit-incomplete": _("Something is not answered yet. Answer every subject of the list, then send."),
    "permit-draft-outdated": _(
        "What %(value)s asks for has changed since you began. Begin a new application; nothing was sent."
    ),
    "permit-conflict": _(
        "You must not deal with this: you or your family gain from it, act for whoever does, or wrote it. Another officer does; "
        "what you were drawn for is drawn anew within the hour."
    ),
    "permit-both-keys": _("You verified it, so another officer decides."),
    "permit-both-bodies": _(
        "You have a part in this application for another body, so another officer takes this step."
    ),
    "permit-transfer-alone": _("You proposed it, so another officer transfers it."),
    "permit-ground-missing": _(
        "Name at least one requirement of the catalogue that is not met, and say how. Nothing else refuses an application."
    ),
    "permit-ground-unknown": _("The catalogue has no such requirement or document for this permit."),
    "permit-ground-words": _("Say of each that you name what is wrong with it."),
    "permit-defect-missing": _("Name everything that is missing, all of it in this one notice."),
    "permit-defect-late": _(
        "The first notice did not name this. All defects stand in one notice, so that nobody is sent back twice."
    ),
    "permit-cause-unlisted": _("“%(value)s” is none of the causes for which days stop."),
    "permit-fee-unpaid": _("The fee is neither paid nor waived yet. The licence is issued as soon as it is."),
    "permit-day-moved": _("A holiday was declared within the term of %(value)s, which now ends on %(day)s."),
    "permit-silent": _(
        "The last day to decide about %(value)s was %(day)s. It counts as granted, since nobody decided in time."
    ),
    "permit-step-silent": _(
        "The last day of this step was %(day)s. Silence has answered it, and the application goes on by itself."
    ),
    "permit-days-stand": _("The applicant takes a step now, and until then no day counts. There is nothing to stop."),
    "permit-appeal-late": _("The last day to appeal here was %(day)s. A court may still hear you."),
    "secret-digest-wrong": _("“%(value)s” is no SHA-256 of 64 digits and letters a to f, or stands there already."),
    "secret-wrong": _("This is not the secret whose hash was handed in. Check that you copied the whole line."),
    "licence-token-wrong": _("This is no licence of this state, or it was altered. Scan the code again."),
    "licence-keys-wrong": _("%(file)s holds no keys of licences. Put the file back from a backup."),
    "licence-list-wrong": _("This is no list of states of licences that one of the keys signed. Fetch it anew."),
    "licences-unreadable": _(
        "%(file)s cannot be read as licences of Chicago: %(problem)s. Fetch it again; it is a compressed CSV file."
    ),
}
