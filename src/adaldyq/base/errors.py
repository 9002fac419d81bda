"""What can go wrong, as a code with parameters; whoever shows it makes the sentence."""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal that a person can do something about.

    Attributes:
        code: stable name of the error; its sentence lives in `kernel.problems`.
        field: name of the field that is wrong, if one is.
        parameters: values for the sentence, such as a file name or a limit.
        logged: whether the log was told of it.
    """

    logged = False

    def __init__(self, code: str, *, field: str | None = None, **parameters: object) -> None:
        self.code = code
        self.field = field
        self.parameters: Mapping[str, object] = parameters
        facts = ", ".join(f"{name}={value}" for name, value in parameters.items())
        super().__init__(f"{code} ({facts})" if facts else code)


class NotAllowed(DomainError):
    """The actor may not do this here."""

    def __init__(self, act: str) -> None:
        super().__init__("not-allowed", act=act)


class Conflict(DomainError):
    """Somebody else changed the record first, or its state does not permit the act."""

    def __init__(self, act: str, state: str) -> None:
        super().__init__("conflict", act=act, state=state)
