"""What somebody tells at a door, made into a report that is sealed. It is in the open in memory only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from adaldyq.kernel.models import Body
from adaldyq.measures.reports.actions.filing import Enclosed, Filing
from adaldyq.measures.reports.adapters import identities, letters
from adaldyq.measures.reports.adapters.arrival import SealedFile
from adaldyq.measures.reports.queries.named import officers_named
from adaldyq.measures.reports.queries.routing import place_of, route
from adaldyq.sealing import envelopes, receipts

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells.

    Attributes:
        text: in their own words.
        channel: on which way it came.
        answers: to the questions that are sealed, by the name of the question.
        topic: a code of the pack's list.
        about: body that it is about.
        about_office: which of the offices that receive reports it is about, as for `route`.
        place: code of a territory.
        name: who they are, if they said so.
        files: sealed as they came.
        language: in which they write or speak.
        beyond: how the text goes on in a file; it is looked through for names, and sealed as that file.
    """

    text: str
    channel: str
    answers: Mapping[str, str] = field(default_factory=dict)
    topic: str = OTHER
    about: Body | None = None
    about_office: str = ""
    place: str = ""
    name: str = ""
    files: Sequence[SealedFile] = ()
    language: str = ""
    beyond: str = ""

    @property
    def in_own_words(self) -> str:
        """All that the teller wrote themselves but their name, with the names of files."""
        return " \n".join([self.text, self.beyond, *self.answers.values(), *(one.name for one in self.files)])


def sealed_filing(told: Told, secret: bytes, day: date) -> Filing:
    """The report of what was told, sealed to the officers who may read it; whoever is named in it gets no key.

    Args:
        secret: of the receipt.

    Raises:
        DomainError: `nobody-to-seal-to`; `no-custodian` when a name was given and nobody keeps it.
    """
    named = officers_named(told.in_own_words, day)
    goes = route(told.about, day, about_office=told.about_office, without=named)
    own_secret, own = envelopes.new_identity()
    mailbox_secret, mailbox = envelopes.new_identity()
    letter = letters.Letter(letters.REPORT, told.text, told.answers, told.files, told.language)
    return Filing(
        unit=goes.unit,
        topic=told.topic,
        channel=told.channel,
        recipient=own,
        wrapped=envelopes.wrap(own_secret, goes.recipients),
        lookup=receipts.lookup(secret),
        mailbox=mailbox,
        locked_mailbox=receipts.lock(secret, mailbox_secret),
        sealed=letters.seal(letter, [own, mailbox]),
        about=told.about,
        about_office=told.about_office,
        named=named,
        sealed_to=goes.recipients,
        territory=place_of(told.place),
        enclosed=[Enclosed(one.stored, one.size) for one in told.files],
        identity=identities.seal(told.name, goes.custodians) if told.name else None,
    )
