"""Opens a backup, holds its parts against their hashes, and says whether it fits here."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.naming import pack
from adaldyq.kernel.steps import known_steps
from adaldyq.kernel.uploads import store
from adaldyq.project import env
from adaldyq.project.backups import databases
from adaldyq.project.backups.archive import nothing, walk
from adaldyq.project.backups.manifest import Manifest
from adaldyq.project.backups.sealing import is_sealed, unseal
from adaldyq.project.backups.taking import Told, told_apart

OPENED = "opened.tar"


def opened(file: Path, key: Path | None, work: Path) -> Path:
    """The archive itself: the file, or what it was decrypted to.

    Raises:
        DomainError: `source-missing`, `backup-key-needed`, `backup-key-wrong`, `backup-cut-short`.
    """
    if not file.is_file():
        raise DomainError("source-missing", file=str(file))
    if not is_sealed(file):
        return file
    target = work / OPENED
    unseal(file, key, target)
    return target


def check(archive: Path, place: str, told: Told) -> Manifest:
    """Read a whole backup and hold every part against its hash; nothing is taken out.

    Args:
        place: what the operator calls it.

    Raises:
        DomainError: as `archive.walk`.
    """
    return walk(archive, place, lambda done, total: told("check", done, total), nothing)


def require_fitting(found: Manifest, place: str) -> None:
    """Hold a backup to be one that this program and this installation can take in.

    Raises:
        DomainError: `backup-newer`, `backup-of-another-country`, `backup-brings-its-pack`, `backup-of-another-engine`, or as `require_keys`.
    """
    known = known_steps()
    if any((app, name) not in known for app, names in found.migrations.items() for name in names):
        raise DomainError("backup-newer", file=place, version=found.version)
    if found.country != pack().code:
        code = "backup-brings-its-pack" if found.pack_inside else "backup-of-another-country"
        raise DomainError(code, file=place, value=found.country, country=pack().code)
    if found.engine != databases.engine():
        raise DomainError("backup-of-another-engine", file=place, value=found.engine, engine=databases.engine())
    require_keys(found, place)


def require_keys(found: Manifest, place: str) -> None:
    """Hold the keys that the backup does not bring to be given here, and none to be given that would hide those it has.

    Raises:
        DomainError: `backup-files-key-outside`, `backup-secret-key-outside`.
    """
    given = {str(key.to_public()) for key in store.opening_keys()} if settings.FILES_KEY else set()
    if (settings.FILES_KEY or not found.files_key_inside) and not set(found.files_keys) <= given:
        raise DomainError("backup-files-key-outside", file=place, keys=", ".join(sorted(set(found.files_keys) - given)))
    secret = env.given_secret_key()
    if (secret or not found.secret_key_inside) and told_apart(secret) != found.secret_key:
        raise DomainError("backup-secret-key-outside", file=place)
