"""No procedure is published in which a way to a permit passes by who verifies, or by who decides."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from adaldyq.base.errors import DomainError
from adaldyq.countries.permits import PermitKind
from adaldyq.kernel.problems import sentence
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.domain.linting import lint
from adaldyq.measures.permits.domain.procedures import checked
from adaldyq.measures.permits.models import PermitProcedure
from adaldyq.project.cli.permits import lint as lint_command
from tests.factories import BY
from tests.measures.permits.entries import AT, entry, spoken
from tests.measures.permits.test_procedures import LANGUAGES, Content, content, step


def round_the_verifier(of: Content) -> None:
    step(of, "completeness")["answers"].append({"id": "quick", "names": spoken("Quick"), "to": "decide"})


def granted_without_keys(of: Content) -> None:
    step(of, "completeness")["answers"].append({"id": "at_once", "names": spoken("At once"), "to": "granted"})


def decided_before_verified(of: Content) -> None:
    of["start"] = "decide"
    step(of, "decide")["answers"][0]["to"] = "completeness"
    for answer in step(of, "verify")["answers"]:
        answer["to"] = "granted"


def verified_by_silence(of: Content) -> None:
    step(of, "verify")["silence"] = "meets"


def applicant_grants(of: Content) -> None:
    of["participants"].append({"id": "me", "names": spoken("Applicant"), "side": "applicant"})
    answers = [{"id": "take", "names": spoken("Take it"), "to": "granted"}]
    of["steps"].append({"id": "last", "names": spoken("Last"), "by": "me", "days": 5, "answers": answers})
    step(of, "decide")["answers"][0]["to"] = "last"


def appeal_takes_a_step(of: Content) -> None:
    step(of, "completeness")["by"] = "appeal"


def refused_by_one(of: Content) -> None:
    step(of, "verify")["answers"][1]["to"] = "refused"


def silence_returns(of: Content) -> None:
    first = step(of, "completeness")
    first["silence"] = next(one["id"] for one in first["answers"] if one["to"] == "returned")


def silence_refuses(of: Content) -> None:
    step(of, "decide")["silence"] = "refuse"


def answer_twice(of: Content) -> None:
    step(of, "verify")["answers"][1]["id"] = "meets"


WRONG: list[tuple[Callable[[Content], None], str]] = [
    (round_the_verifier, "procedure-key-passed-by"),
    (granted_without_keys, "procedure-key-passed-by"),
    (decided_before_verified, "procedure-key-passed-by"),
    (verified_by_silence, "procedure-silence-verifies"),
    (applicant_grants, "procedure-applicant-grants"),
    (appeal_takes_a_step, "procedure-appeal-steps"),
    (refused_by_one, "procedure-refused-without-key"),
    (silence_returns, "procedure-silence-refuses"),
    (silence_refuses, "procedure-silence-refuses"),
    (answer_twice, "procedure-twice"),
]


@pytest.mark.parametrize(("spoil", "code"), WRONG)
def test_the_linter_follows_every_way(spoil: Callable[[Content], None], code: str, tmp_path: Path) -> None:
    broken = content()
    spoil(broken)
    found = next(one for one in lint(checked(broken), LANGUAGES) if one.code == code)
    file = tmp_path / "p.json"
    file.write_text(json.dumps(broken), encoding="utf-8")
    told = CliRunner().invoke(lint_command, [str(file)])
    assert (told.exit_code, "%" in sentence(found)) == (1, False)


def noted_at_once() -> Content:
    """A procedure in which one official notes what they are told."""
    notes = content()
    notes["start"], notes["participants"] = "receive", [notes["participants"][0], notes["participants"][-1]]
    answers = [{"id": "note", "names": spoken("Note it"), "to": "noted"}]
    received: Content = {"id": "receive", "names": spoken("Receive"), "by": "clerk", "days": 1, "appeal": "appeal"}
    notes["steps"], notes["ends"] = (
        [received | {"answers": answers}],
        [{"id": "noted", "names": spoken("Noted"), "outcome": "noted"}],
    )
    return notes


@pytest.mark.django_db
def test_one_official_alone_notes_a_notification_and_issues_no_licence(tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    for number, status in (("L-001", 1), ("N-001", 0)):  # a licence and a notification of the pack
        file.write_text(json.dumps({**noted_at_once(), "permit": number}), encoding="utf-8")
        assert CliRunner().invoke(lint_command, [str(file)]).exit_code == status, number
    with pytest.raises(DomainError, match="procedure-key-passed-by"):
        publish_procedure(entry=entry(), procedure=checked(noted_at_once()), by=BY, at=AT)
    notification = entry("L-009", kind=PermitKind.NOTIFICATION)
    publish_procedure(entry=notification, procedure=checked({**noted_at_once(), "permit": "L-009"}), by=BY, at=AT)
    assert PermitProcedure.objects.get().entry == notification


@pytest.mark.django_db
def test_the_body_that_decides_hears_no_appeals() -> None:
    of, within = entry(), content()
    within["participants"][-1]["body"] = of.body.name
    with pytest.raises(DomainError, match="procedure-appeal-within"):
        publish_procedure(entry=of, procedure=checked(within), by=BY, at=AT)
    assert not PermitProcedure.objects.exists()
