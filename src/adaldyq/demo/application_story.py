"""Applications and licences of the sample country, in every state that one meets; the sample citizen's company has some of its own.

Officers of two ministries deal with them, drawn by the secrets of two offices. What is done lies in the weeks before the country is
loaded; one application of the citizen's still waits for the hourly draw and for its fee.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.deadlines.actions import fall
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.models import Account, Body, Company
from adaldyq.measures.permits.actions import appealing, applying, drawing, handling, licensing, transferring
from adaldyq.measures.permits.actions.licensing import Order
from adaldyq.measures.permits.actions.templating import write_template
from adaldyq.measures.permits.domain.applying import REQUIREMENT, Cited, Said
from adaldyq.measures.permits.queries import applications, catalogue
from adaldyq.measures.permits.queries.held import to_bring
from adaldyq.measures.permits.queries.licences import licence_of, proposal_of

BY, CLOCK = system("demo"), system("clock")
CITIZEN = "citizen"
ONE_DAY = timedelta(1)
EMISSIONS, WATER, NOTIFICATION, MEDICAL, EDUCATION = "P-001", "P-002", "N-001", "L-001", "L-003"
PLACES = ("Алматы, Абай даңғылы 52", "Шымкент, Тәуке хан даңғылы 7", "Қарағанды, Бұқар жырау даңғылы 31")
MET = "Талап орындалған: құжаттар мен үй-жай дайын, жауапты қызметкер тағайындалған."
NOT_MET = "Жобада шығарындылардың есебі жоқ, сондықтан бұл талап орындалмаған."
MISSING = "Жобаның соңғы екі беті жоқ."
PAPER = "Жобаның көшірмесі. Үлгі елдің құжаты, шын емес."
BY_NIGHT, FIRST_AT_NIGHT = 5, 16
"""Applications that officers decide from nine in the evening on, by the clock of Astana; of five one officer has three."""
OTHERS = 8
"""Companies, beside the citizen's, that apply; in a small country some apply twice."""


def tell_applications(at: datetime) -> None:
    """Tell the story, unless it was told, or its people are not there."""
    citizen = Account.objects.filter(username=CITIZEN).first()
    own = Company.objects.filter(head=citizen.person_id, closed_date=None).order_by("pk").first() if citizen else None
    others = (
        Company.objects.filter(closed_date=None).exclude(head=None).exclude(pk=own.pk if own else "").order_by("pk")
    )
    entry = catalogue.entry(EMISSIONS)
    if citizen is None or own is None or entry is None or applications.applications().exists():
        return
    listed = list(others[:OTHERS])
    companies = [listed[place % len(listed)] for place in range(OTHERS)] if len(listed) > 1 else []
    offices = list(Body.objects.filter(level="national", closed_date=None).exclude(pk=entry.body_id).order_by("pk")[:2])
    if companies and len(offices) == len({1, 2}):
        Story(actor_of(citizen), own, companies, offices, at).tell()


class Story:
    """Who takes part, and when it is told."""

    def __init__(
        self, citizen: Actor, own: Company, others: Sequence[Company], offices: Sequence[Body], at: datetime
    ) -> None:
        self.citizen, self.own, self.others, self.offices, self.at = citizen, own, others, offices, at

    def tell(self) -> None:
        """Everything that happened, the oldest first."""
        self.granted_and_after()
        self.refused_and_returned()
        self.silent()
        self.asked_about()
        self.citizens()
        self.waiting()
        self.suspended()

    def granted_and_after(self) -> None:
        """Licences: one is valid, one was revoked, one transferred."""
        for place, what in ((0, ""), (2, "revoke"), (3, "transfer")):
            at = self.at - (90 - place) * ONE_DAY
            one = self.decided(WATER if place else EMISSIONS, self.others[place], at)
            licence = licence_of(one.pk)
            if licence is None or one.decider is None:
                continue
            order, later, by = Order(NOT_MET, f"1{place}-Ж"), at + 40 * ONE_DAY, actor_of(one.decider)
            if what == "revoke":
                licensing.revoke_licence(licence=licence, order=order, by=by, at=later)
            elif what == "transfer":
                to = next(o for o in self.others if o.pk != licence.company_id)
                transferring.propose_transfer(licence=licence, to=to, order=order, by=by, at=later)
                if (proposal := proposal_of(licence)) is not None and one.verifier is not None:
                    second = actor_of(one.verifier)
                    transferring.transfer_licence(licence=licence, proposal=proposal.pk, by=second, at=later + ONE_DAY)

    def suspended(self) -> None:
        """A licence is suspended after all have applied, since in a small country its holder applies twice."""
        one = self.decided(WATER, self.others[1], self.at - 29 * ONE_DAY)
        licence = licence_of(one.pk)
        if licence is not None and one.decider is not None:
            order, at = Order(NOT_MET, "11-Ж"), self.at - 20 * ONE_DAY
            licensing.suspend_licence(licence=licence, order=order, by=actor_of(one.decider), at=at)

    def refused_and_returned(self) -> None:
        """One was refused, and one returned since something was missing."""
        self.decided(WATER, self.others[4], self.at - 60 * ONE_DAY, granted=False)
        one = self.drawn(self.sent(EMISSIONS, self.others[5], BY, self.at - 50 * ONE_DAY))
        defects = (Cited(REQUIREMENT, 0, MISSING),)
        if one.verifier is not None:
            self.step(one, "incomplete", one.verifier, self.at - 49 * ONE_DAY, Said(MISSING, defects=defects))
            write_template(body=one.body, title="Есеп жоқ", words=NOT_MET, by=BY, at=self.at - 49 * ONE_DAY)

    def silent(self) -> None:
        """Of one nobody said anything, so that it counts as granted."""
        one = self.sent(EMISSIONS, self.others[6], BY, self.at - 70 * ONE_DAY)
        for _turn in range(10):
            due = of_subject(one).filter(state="running", due_at__lte=self.at).order_by("due_at", "pk").first()
            if due is None:
                return
            fall(deadline=due, by=CLOCK, at=due.due_at)

    def asked_about(self) -> None:
        """What rules ask about: returned time after time, granted soon after another was revoked, decided by night."""
        for days in (45, 40):
            again = self.drawn(self.sent(EMISSIONS, self.others[5], BY, self.at - days * ONE_DAY))
            if again.verifier is not None:
                at = self.at - (days - 1) * ONE_DAY
                self.step(
                    again, "incomplete", again.verifier, at, Said(MISSING, defects=(Cited(REQUIREMENT, 0, MISSING),))
                )
        self.decided(WATER, self.others[2], self.at - 30 * ONE_DAY)
        night = (self.at - 60 * ONE_DAY).replace(day=10, hour=FIRST_AT_NIGHT, minute=0)
        for number in range(BY_NIGHT):
            self.decided(WATER, self.others[2 + number % 3], night + number * ONE_DAY / 24)

    def citizens(self) -> None:
        """The citizen's: a notification noted, one refused and appealed against, one taken back, a draft."""
        noted = self.drawn(self.sent(NOTIFICATION, self.own, self.citizen, self.at - 30 * ONE_DAY))
        if noted.verifier is not None:
            self.step(noted, "note", noted.verifier, self.at - 30 * ONE_DAY + ONE_DAY / 24, Said())
        refused = self.decided(WATER, self.own, self.at - 25 * ONE_DAY, granted=False, by=self.citizen)
        words = "Есеп жобаның төртінші бетінде тұр."
        appealing.appeal(application=refused, words=words, by=self.citizen, at=self.at - 2 * ONE_DAY)
        gone = self.sent(EMISSIONS, self.own, self.citizen, self.at - 40 * ONE_DAY)
        applying.withdraw_application(application=gone, words="", by=self.citizen, at=self.at - 39 * ONE_DAY)
        self.draft(EDUCATION, self.own, self.citizen, self.at)

    def waiting(self) -> None:
        """One stands still, one waits for the decision, and one of the citizen's for the draw and its fee."""
        paused = self.drawn(self.sent(EMISSIONS, self.others[7], BY, self.at - 4 * ONE_DAY))
        if paused.verifier is not None:
            handling.pause_application(
                application=paused, cause="applicant_owes", words=MISSING, by=actor_of(paused.verifier),
                at=self.at - 3 * ONE_DAY,
            )  # fmt: skip
        open_one = self.drawn(self.sent(WATER, self.others[0], BY, self.at - 3 * ONE_DAY))
        if open_one.verifier is not None:
            self.step(open_one, "complete", open_one.verifier, self.at - 2 * ONE_DAY, Said())
        self.sent(MEDICAL, self.own, self.citizen, self.at)

    def draft(self, number: str, company: Company, by: Actor, at: datetime) -> Any:
        """A draft whose questions are answered and whose documents are there."""
        entry = catalogue.entry(number)
        if entry is None:
            raise LookupError(number)
        one = applying.begin_application(wanted=applying.Wanted(entry, f"company:{company.pk}"), by=by, at=at)
        version = one.version
        place = PLACES[int(hashlib.sha256(company.pk.encode()).hexdigest(), 16) % len(PLACES)]
        given: dict[str, dict[str, object]] = {
            "address": {"address": place},
            "subtypes": {"subtypes": [0] if version.subtypes else []},
            "requirements": {str(each): MET for each in range(len(version.requirements))},
        }
        for part, answers in given.items():
            one = applying.answer(application=one, part=part, given=answers, by=by, at=at)
        for paper in to_bring(one, day_of(at)):
            applying.add_paper(application=one, place=paper, name="project.txt", content=PAPER.encode(), by=by, at=at)
        return one

    def sent(self, number: str, company: Company, by: Actor, at: datetime) -> Any:
        """An application that was sent."""
        return applying.send_application(application=self.draft(number, company, by, at), by=by, at=at)

    def drawn(self, one: Any) -> Any:
        """Officers are drawn by the secrets of two offices, an hour after it was sent."""
        sent_at = one.sent_at or self.at
        secrets = [hashlib.sha256(f"{one.pk} {office.pk}".encode()).hexdigest() for office in self.offices]
        for office, secret in zip(self.offices, secrets, strict=True):
            digest = hashlib.sha256(secret.encode()).hexdigest()
            drawing.commit_secrets(office=office, digests=[digest], by=BY, at=sent_at)
        made = drawing.fix_frame(body=one.body, by=BY, at=sent_at)
        for due in made.secrets.all():
            text = secrets[[office.pk for office in self.offices].index(due.body_id)]
            drawing.reveal_secret(secret=due, text=text, by=BY, at=sent_at)
        drawing.make_draw(draw=made, by=BY, at=sent_at)
        return applications.application(one.pk)

    def step(self, one: Any, answer: str, by: Account, at: datetime, said: Said) -> Any:
        """A step that an officer takes."""
        return handling.take_step(application=one, answer=answer, said=said, by=actor_of(by), at=at)

    def decided(self, number: str, company: Company, at: datetime, *, granted: bool = True, by: Actor = BY) -> Any:
        """An application that went all steps; where another body should agree, it has agreed by its silence."""
        one = self.drawn(self.sent(number, company, by, at))
        if one.verifier is None or one.decider is None:
            return one
        one = self.step(one, "complete", one.verifier, at + ONE_DAY, Said())
        for due in of_subject(one).filter(name="permit_step", state="running").exclude(action=""):
            fall(deadline=due, by=CLOCK, at=due.due_at)
        now: Any = applications.application(one.pk)
        last = at + 14 * ONE_DAY if granted else max(self.at - 3 * ONE_DAY, at)
        said = Said(MET) if granted else Said(NOT_MET, grounds=(Cited(REQUIREMENT, 0, NOT_MET),))
        now = self.step(now, "meets" if granted else "fails", now.verifier, last, Said(said.words))
        return self.step(now, "grant" if granted else "refuse", now.decider, last, said)
