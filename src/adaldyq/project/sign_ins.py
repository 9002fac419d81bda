"""Who may sign in to the sample country, for the sign-in page."""

from __future__ import annotations

from adaldyq.demo.sign_ins import SIGN_INS, SignIn
from adaldyq.kernel.roles import Role


def of_sample_country() -> list[tuple[str, object]]:
    """Names and roles of the sample country's accounts; none when another country is in the database."""
    from adaldyq.demo import load  # noqa: PLC0415  # settings may not import models while they are being read

    if not load.is_loaded():
        return []
    later = [SignIn(name, Role.CITIZEN, "") for name in load.later_sign_ins()]
    return [(one.username, one.title) for one in (*SIGN_INS, *later)]
