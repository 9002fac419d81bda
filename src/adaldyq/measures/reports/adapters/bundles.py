"""A report as one file: its envelopes, and a list of them. `adaldyq reports open` opens it with the officer's key."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, cast

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters import letters, store
from adaldyq.measures.reports.adapters.arrival import SealedFile
from adaldyq.sealing import envelopes

WRAP, LIST = "key.age", "list.json"


def bundle(report: Any, wrap: Any, messages: Iterable[Any]) -> IO[bytes]:
    """The envelopes of a report in a ZIP file; nothing in it is in the open but days and sides."""
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115  # the answer closes it
    listed = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as pack:
        pack.writestr(WRAP, bytes(wrap.wrapped))
        for message in messages:
            name = f"message-{message.place:03}.age"
            pack.writestr(name, bytes(message.sealed))
            listed.append({"name": name, "side": message.side, "date": message.sent_date.isoformat()})
            for one in message.enclosures.all():
                pack.write(store.path_of(one.stored), f"files/{PurePath(one.stored).name}.age")
        pack.writestr(LIST, json.dumps({"report": report.pk, "messages": listed}))
    file.seek(0)
    return file


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """A message of a bundle, in the open, and where its files were written.

    Attributes:
        letter: none when it cannot be opened.
        lost: names of files of which the letter tells, and which are not there or do not open.
    """

    side: str
    date: str
    letter: letters.Letter | None
    files: Sequence[Path] = ()
    lost: Sequence[str] = ()


def open_bundle(file: Path, secret: str, folder: Path | None) -> list[OpenedMessage]:
    """Open a bundle on the officer's own computer; files are written into a folder, or stay sealed without one.

    Raises:
        DomainError: `envelope-damaged` when it is no bundle; `envelope-not-opened` when the key is not one of its readers'.
    """
    try:
        with zipfile.ZipFile(file) as pack:
            key = envelopes.unwrap(pack.read(WRAP), secret)
            told = json.loads(pack.read(LIST))["messages"]
            return [opened(pack, one, key, folder) for one in told]
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise DomainError("envelope-damaged") from None


def opened(pack: zipfile.ZipFile, told: Mapping[str, str], key: str, folder: Path | None) -> OpenedMessage:
    """One message of a bundle. One that does not open, or names a file that does not, keeps nobody from the others."""
    try:
        letter = letters.open_letter(pack.read(told["name"]), key)
    except DomainError:
        return OpenedMessage(told["side"], told["date"], None)
    files, lost = [], []
    for one in letter.files if folder is not None else ():
        try:
            files.append(file_of(pack, one, cast("Path", folder)))
        except (DomainError, KeyError):
            lost.append(one.name)
    return OpenedMessage(told["side"], told["date"], letter, files, lost)


def file_of(pack: zipfile.ZipFile, sealed_file: SealedFile, folder: Path) -> Path:
    """A file of a message, opened into a folder.

    Raises:
        DomainError: it does not open.
        KeyError: it is not there.
    """
    target = free_name(folder, sealed_file.name)
    with pack.open(f"files/{PurePath(sealed_file.stored).name}.age") as sealed:
        envelopes.open_file(cast("BinaryIO", sealed), target, [sealed_file.key])
    return target


def free_name(folder: Path, name: str) -> Path:
    """A file that is not there yet, named as the reporter named it, whatever stands in that name."""
    harmless = "".join(one if one.isalnum() or one in " .-_()" else "_" for one in PurePath(name).name).strip(". ")
    target, number = folder / (harmless or "file"), 1
    while target.exists():
        number += 1
        target = folder / f"{Path(harmless or 'file').stem}-{number}{Path(harmless).suffix}"
    return target
