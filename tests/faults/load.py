"""A load of real acts: registrars and programs who file until they are acknowledged, and deadlines that fall.

Each company has a reference of its own, and each request a key. Whoever gets no answer sends the same again with the
same key, as a browser's owner or a program would; and now and then somebody sends again what was acknowledged.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults.installation import Installation
from tests.faults.visitor import Answer, Filer, Program, Unanswered, Visitor

REGISTRARS, PROGRAMS = 2, 2
PAUSE = 0.1
ONCE_MORE = 5
"""Every fifth acknowledged request is sent once more."""


@dataclass
class Load:
    """What was sent, and what was answered.

    Attributes:
        acknowledged: company by reference, of requests whose answer told that the act is done.
        unanswered: by reference, when (seconds since 1970) a request that had stayed without answer was last sent.
        repeated: how many requests were sent once more after they had been acknowledged.
        due: companies whose deadlines are committed.
        answers: how many answers had each status; 0 for none.
        wrong: answers that must not come, whatever is killed.
        pause: seconds that each sender rests between two requests.
    """

    installation: Installation
    pause: float = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, float] = field(default_factory=dict)
    repeated: int = 0
    due: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def send(self, filer: Filer, name: str) -> None:
        """File until told to stop; the last request is sent until it is answered."""
        count = 0
        while not self.stopping.is_set():
            count += 1
            reference = f"{name}-{count}"
            key = self.key(filer)
            if key and self.filed(filer, reference, key) and count % ONCE_MORE == 0:
                self.send_once_more(filer, reference, key)
            self.stopping.wait(self.pause)

    def key(self, filer: Filer) -> str:
        """A key for the next request; none when the load ends before one is given."""
        while not self.stopping.is_set():
            try:
                return filer.key()
            except Unanswered:
                time.sleep(PAUSE)
        return ""

    def filed(self, filer: Filer, reference: str, key: str) -> bool:
        """Send a request until it is answered, and tell whether it was acknowledged."""
        lost = False
        while True:
            if lost:
                self.unanswered[reference] = time.time()
            answer = self.answer(filer, reference, key)
            lost = lost or answer is None
            company = filer.company_of(answer) if answer else None
            if company:
                self.acknowledged[reference] = company
                return True
            if answer and not answer.asks_to_come_again:
                self.wrong.append(told(reference, answer))
                return False
            time.sleep(PAUSE)

    def answer(self, filer: Filer, reference: str, key: str) -> Answer | None:
        """Send a request once; none when nobody knows what became of it."""
        try:
            answer = filer.register(reference, key)
        except Unanswered:
            self.answers[0] += 1
            return None
        self.answers[answer.status] += 1
        return answer

    def send_once_more(self, filer: Filer, reference: str, key: str) -> None:
        """Send a request that was acknowledged; where an answer comes, it is the same company."""
        answer = self.answer(filer, reference, key)
        if answer is None or answer.asks_to_come_again:
            return
        self.repeated += 1
        if filer.company_of(answer) != self.acknowledged[reference]:
            self.wrong.append(f"once more: {told(reference, answer)}")

    def note_deadlines(self, process: subprocess.Popen[str]) -> None:
        """Remember the deadlines that are committed."""
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n"):
                self.due.append(line.strip())


def told(reference: str, answer: Answer) -> str:
    """An answer, for whoever looks for its cause."""
    return f"{reference}: {answer.status} {answer.headers.get('Location', '')} {answer.text[:2000]}"


@contextmanager
def under_load(installation: Installation, pause: float = 0) -> Iterator[Load]:
    """Let registrars, programs and deadlines work while the body runs, with a pause of so many seconds in between."""
    visitor = Visitor(installation.port)
    visitor.sign_in(installation.prepared.app)
    program = Program(installation.port, installation.prepared.token)
    load = Load(installation, pause)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.due"],
        env=installation.environment,
        cwd=installation.data,
        stdout=subprocess.PIPE,
        text=True,
    ) as deadlines:
        threads = [threading.Thread(target=load.note_deadlines, args=(deadlines,))]
        for filer, number in ((visitor, REGISTRARS), (program, PROGRAMS)):
            names = [f"{type(filer).__name__} {one}" for one in range(number)]
            threads += [threading.Thread(target=load.send, args=(filer, name)) for name in names]
        for thread in threads:
            thread.start()
        try:
            yield load
        finally:
            load.stopping.set()
            deadlines.terminate()
            for thread in threads:
                thread.join()
