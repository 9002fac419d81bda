"""`adaldyq reports alike`: which reports have the same words, worked out on an officer's own computer."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.project.cli.output import console
from adaldyq.project.cli.passphrases import asked_once

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(
    "alike",
    help=_(
        "Compare the words of reports that you took from their pages, and list pairs that are alike.\n\n"
        "BUNDLES are opened with the key in KEY, in memory; nothing is written or sent. What you find you record on the page “Reports about the same”."
    ),
)
@click.argument("bundles", nargs=-1, required=True, type=FILE)
@click.option("--key", required=True, type=FILE, help=_("File with your key."))
@click.option(
    "--least",
    type=click.IntRange(1, 100),
    default=25,
    show_default=True,
    help=_("Of a hundred parts of the texts, how many both must have."),
)
def alike(bundles: tuple[Path, ...], key: Path, least: int) -> None:
    """Compare reports.

    Raises:
        DomainError: `envelope-not-opened`, `envelope-damaged` or `passphrase-wrong`.
    """
    from adaldyq.measures.reports.domain.likeness import alike as found_alike  # noqa: PLC0415  # a command reads in what it needs only
    from adaldyq.sealing import lockers  # noqa: PLC0415  # as above

    secret = lockers.unlock(key.read_text(encoding="utf-8"), asked_once())
    pairs = found_alike({one.name: words_of(one, secret) for one in bundles}, least)
    for pair in pairs:
        click.echo(f"{pair.percent:>3} %  {pair.one}  {pair.other}")
    console.print(
        ngettext("%(count)s pair is alike.", "%(count)s pairs are alike.", len(pairs)) % {"count": len(pairs)}
    )


def words_of(bundle: Path, secret: str) -> str:
    """All that the reporter wrote in a bundle."""
    from adaldyq.measures.reports.adapters.bundles import open_bundle  # noqa: PLC0415  # as above

    opened = [one.letter for one in open_bundle(bundle, secret, None) if one.side == "reporter" and one.letter]
    return "\n".join(" ".join([one.text, *one.answers.values()]) for one in opened)
