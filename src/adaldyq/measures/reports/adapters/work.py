"""The calculation that a script does before its report is taken."""

from __future__ import annotations

from adaldyq.kernel.work import Work

WORK = Work(b"adaldyq/report")
