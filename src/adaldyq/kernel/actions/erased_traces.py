"""What is left of an erased person beside their rows: ids in texts, former values, keys of sources, the ledger."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from adaldyq.base.ids import ALPHABET, LENGTH
from adaldyq.kernel.erasing import Erasing
from adaldyq.kernel.models import FormerValue, SourceKey
from adaldyq.kernel.registry import REGISTERS
from adaldyq.kernel.search import rewrite
from adaldyq.ledger import actions as ledger
from adaldyq.ledger import journal
from adaldyq.ledger.models import Leaf

IDS = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
TOGETHER = 500
ROOM_OF_LEDGER = "ledger"  # its lines are forgotten, and never changed


def erase_traces(erasing: Erasing) -> None:
    """Erase what leads back to the people. It reads every text of the database once, and takes as long as that."""
    for name, register in REGISTERS.items():
        keys = erasing.removed.get(register.model, set())
        FormerValue.objects.filter(register=name, record_id__in=keys).delete()
        SourceKey.objects.filter(register=name, record_id__in=keys).delete()
    forget_lines(erasing)
    for model in apps.get_models():
        if model._meta.app_label != ROOM_OF_LEDGER and model._meta.managed and not model._meta.proxy:
            replace_ids(model, erasing)


def forget_lines(erasing: Erasing) -> None:
    """Destroy salt and payload of every line that names the people, one of their records, or an account of theirs."""
    gone = erasing.ids | erasing.lines | {key for keys in erasing.removed.values() for key in keys}
    found: list[int] = []
    for key, subject, holder, payload in (
        Leaf.objects.filter(salt__isnull=False)
        .values_list("pk", "subject", "holder", "payload")
        .iterator(chunk_size=2000)
    ):
        if subject in gone or holder in erasing.ids or not gone.isdisjoint(IDS.findall(payload or "")):
            found.append(key)
    for start in range(0, len(found), TOGETHER):
        ledger.forget(Q(pk__in=found[start : start + TOGETHER]))


def replace_ids(model: type[models.Model], erasing: Erasing) -> None:
    """Let the stand-in take the place of the people's ids wherever a text or JSON of a table holds one."""
    columns = list(columns_with_ids(model))
    if not columns:
        return
    casts = {f"text_{name}": Cast(name, TextField()) for name in columns}
    condition = Q()
    for one in erasing.ids:
        for name in casts:
            condition |= Q(**{f"{name}__contains": one})
    rows = model._default_manager.annotate(**casts).filter(condition)
    for key, *values in rows.values_list("pk", *columns):
        changed = {
            name: replaced(value, erasing) for name, value in zip(columns, values, strict=True) if value is not None
        }
        model._default_manager.filter(pk=key).update(**changed)


def columns_with_ids(model: type[models.Model]) -> Iterator[str]:
    """Columns of a table that may hold an id and are neither a key nor made by the database."""
    for one in model._meta.concrete_fields:
        if one.primary_key or one.is_relation or isinstance(one, models.GeneratedField) or one.choices:
            continue
        long_enough = getattr(one, "max_length", None) is None or (one.max_length or 0) >= LENGTH
        if isinstance(one, models.JSONField) or (isinstance(one, models.CharField | models.TextField) and long_enough):
            yield one.name


def replaced(value: Any, erasing: Erasing) -> Any:
    """A value with the stand-in instead of the ids."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    for one in erasing.ids:
        text = text.replace(one, erasing.stand_in)
    return text if isinstance(value, str) else json.loads(text)


def overwrite_later() -> None:
    """On SQLite, let nothing of what was removed stay in the files of the database once this is committed.

    Removed rows are overwritten as they go, since every connection asks for that. What remains is the index of the
    search, which is written anew, and the journal beside the database, which is emptied at once, or by the worker when
    somebody reads from it just now. PostgreSQL does the like by itself when it vacuums.
    """
    if connection.vendor == "sqlite":
        rewrite()
        journal.empty_later()
        transaction.on_commit(journal.empty_waiting, robust=True)
