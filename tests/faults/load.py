"""A load of real acts: registrars who send forms until they are acknowledged, and deadlines that fall.

Each act has a reference of its own. Whoever gets no answer sends the same form again, as a browser's owner would.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults.installation import Installation
from tests.faults.visitor import Answer, Unanswered, Visitor, company_of, is_there_already

AWAY = http.client.SERVICE_UNAVAILABLE
REGISTRARS = 3
PAUSE = 0.1


@dataclass
class Load:
    """What was sent, and what was answered.

    Attributes:
        acknowledged: company by reference, of forms whose answer told that the act is done.
        unacknowledged: references that the register held when they were sent again.
        due: companies whose deadlines are committed.
        answers: how many answers had each status; 0 for none.
        wrong: answers that must not come, whatever is killed.
    """

    installation: Installation
    visitor: Visitor
    acknowledged: dict[str, str] = field(default_factory=dict)
    unacknowledged: set[str] = field(default_factory=set)
    due: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def send_forms(self, number: int) -> None:
        """Be a registrar until told to stop; the last form is sent until it is answered."""
        count = 0
        while not self.stopping.is_set():
            count += 1
            reference = f"{number}-{count}"
            while not self.done(reference):
                time.sleep(PAUSE)

    def done(self, reference: str) -> bool:
        """Send a form once, and tell whether its act is known to be done."""
        try:
            answer = self.visitor.register(reference)
        except Unanswered:
            self.answers[0] += 1
            return False
        self.answers[answer.status] += 1
        company = company_of(answer)
        if company:
            self.acknowledged[reference] = company
        elif is_there_already(answer):
            self.unacknowledged.add(reference)
        elif not is_plain(answer):
            self.wrong.append(f"{reference}: {answer.status} {answer.headers.get('Location', '')} {answer.text[:2000]}")
            return True
        return bool(company) or reference in self.unacknowledged

    def note_deadlines(self, process: subprocess.Popen[str]) -> None:
        """Remember the deadlines that are committed."""
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n"):
                self.due.append(line.strip())


def is_plain(answer: Answer) -> bool:
    """Whether an answer says that the form should be sent again later, and nothing of what is inside."""
    return answer.status == AWAY and "Retry-After" in answer.headers and "Traceback" not in answer.text


@contextmanager
def under_load(installation: Installation) -> Iterator[Load]:
    """Let registrars and deadlines work while the body runs."""
    visitor = Visitor(installation.port)
    visitor.sign_in(installation.prepared.app)
    load = Load(installation, visitor)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.due"],
        env=installation.environment,
        cwd=installation.data,
        stdout=subprocess.PIPE,
        text=True,
    ) as deadlines:
        threads = [threading.Thread(target=load.note_deadlines, args=(deadlines,))]
        threads += [threading.Thread(target=load.send_forms, args=(number,)) for number in range(REGISTRARS)]
        for thread in threads:
            thread.start()
        try:
            yield load
        finally:
            load.stopping.set()
            deadlines.terminate()
            for thread in threads:
                thread.join()
