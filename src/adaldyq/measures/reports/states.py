"""Lives of the records of this measure."""

from __future__ import annotations

from adaldyq.base.states import Transition, TransitionTable

RECEIVED, SET_ASIDE, ACKNOWLEDGED, CLOSED, ERASED = "received", "set_aside", "acknowledged", "closed", "erased"
OPEN = (RECEIVED, ACKNOWLEDGED)

REPORT = TransitionTable(
    "report",
    RECEIVED,
    (
        Transition(RECEIVED, "acknowledge", ACKNOWLEDGED, "receiving_officer", "report_feedback"),
        Transition(RECEIVED, "set-aside", SET_ASIDE, "receiving_officer", "report_second_look"),
        Transition(SET_ASIDE, "agree", CLOSED, "receiving_officer"),
        Transition(SET_ASIDE, "put-back", RECEIVED),
        Transition(CLOSED, "put-back", RECEIVED),
        Transition(RECEIVED, "refer", RECEIVED, "receiving_officer", "report_acknowledgement"),
        Transition(ACKNOWLEDGED, "refer", RECEIVED, "receiving_officer", "report_acknowledgement"),
        Transition(RECEIVED, "move", RECEIVED, "", "report_acknowledgement"),
        Transition(ACKNOWLEDGED, "move", RECEIVED, "", "report_acknowledgement"),
        Transition(ACKNOWLEDGED, "close", CLOSED, "receiving_officer"),
        Transition(CLOSED, "reopen", ACKNOWLEDGED, "", "report_feedback"),
        Transition(CLOSED, "erase", ERASED),
    ),
)
"""A report: an officer acknowledges it, tells the reporter what was done and closes it, or gives it to another unit,
which has to acknowledge it too; it moves there by itself when its reporter names all who could read it. What is no report one officer sets aside and another one closes; officers, the reporter and the clock
put it back. The reporter may say once that it is not resolved. When its term of keeping has
passed, what it says is destroyed; that there was one stays, for the counts."""

OPENED, TAKEN, ASKED, ANSWERED, PRESUMED = "opened", "taken", "asked", "answered", "presumed"
OFFICER = "receiving_officer"

PROTECTION = TransitionTable(
    "protection_file",
    OPENED,
    (
        Transition(OPENED, "take", TAKEN, OFFICER),
        Transition(TAKEN, "ask", ASKED, OFFICER, "employer_reason"),
        Transition(ASKED, "presume", PRESUMED),
        Transition(ASKED, "answer", ANSWERED, OFFICER),
        Transition(PRESUMED, "answer", ANSWERED, OFFICER),
        *(Transition(state, "close", CLOSED, OFFICER) for state in (TAKEN, ASKED, ANSWERED, PRESUMED)),
        Transition(CLOSED, "reopen", OPENED, "", "protection_start"),
    ),
)
"""A protection file: whoever suffers for a report is taken to suffer because of it, until the employer shows another
reason (Directive (EU) 2019/1937, art. 21 (5); United Nations Convention against Corruption, art. 33). An employer who
is silent when the term has passed has shown none."""

PENDING, GRANTED, REFUSED = "pending", "granted", "refused"

RELIEF = TransitionTable(
    "interim_relief",
    PENDING,
    (Transition(PENDING, "grant", GRANTED, OFFICER), Transition(PENDING, "refuse", REFUSED, OFFICER)),
)
"""Interim relief, until the file is decided (Directive (EU) 2019/1937, art. 21 (6))."""

WAITING, ON_FILE, ENDED, DECLINED = "waiting", "on_file", "ended", "declined"

CASE_REQUEST = TransitionTable(
    "case_request",
    WAITING,
    (
        Transition(WAITING, "open", ON_FILE),
        Transition(WAITING, "decline", DECLINED),
        Transition(ON_FILE, "end", ENDED),
    ),
)
"""A case that an office asks for because of reports. Only the register of cases answers; it ends when a judgment or
decision is in force."""

PROPOSED, RETURNED, PAID, LAPSED, KEEPER = "proposed", "returned", "paid", "lapsed", "custodian"

REWARD = TransitionTable(
    "reward",
    PROPOSED,
    (
        Transition(PROPOSED, "grant", GRANTED, KEEPER),
        Transition(PROPOSED, "refuse", REFUSED, KEEPER),
        Transition(PROPOSED, "return", RETURNED, KEEPER),
        Transition(RETURNED, "propose", PROPOSED, OFFICER),
        Transition(GRANTED, "pay", PAID),
        Transition(GRANTED, "lapse", LAPSED),
        Transition(LAPSED, "pay", PAID),
    ),
)
"""A reward that the law gives: an officer proposes it or its refusal, a custodian who reads no report decides, and whoever
pays says that it was paid. What nobody fetched in time lapses; that it was paid in time may still be told afterwards."""

ACTIVE, RETIRED = "active", "retired"

OFFICER_KEY = TransitionTable("officer_key", ACTIVE, (Transition(ACTIVE, "retire", RETIRED),))
"""A key of an officer: it reads new reports until it is retired, and never again after that."""
