"""An e-mail as a mail server brings it (RFC 5322, MIME): its words and files, and whether a person wrote it.

Of its head only the subject is read on; where an answer goes stays in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parseaddr
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import PurePosixPath

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.doors import texts

LARGEST, MOST_FILES, LONGEST = 25_000_000, 10, 20_000
HEARD, OVERLAP = 100_000, 200
"""Letters of a text in which names are looked for, which takes seconds; how far what goes on begins before the end of a message,
so that no name is cut in two."""
PROGRAMS = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|bounces?)(?:[+=.-].*)?@", re.IGNORECASE)
UNASKED = frozenset({"bulk", "junk", "list", "auto_reply"})
BY_PROGRAMS = ("list-id", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-failed-recipients")
REPLY = re.compile(r"^(?:\s*(?:re|fwd?|отв|ответ)\s*:)+\s*", re.IGNORECASE)
HEADS = re.compile(
    r"^(?:[ \t*]*(?:From|Sent|Date|To|Cc|Subject|От|Отправлено|Дата|Кому|Копия|Тема|Кімнен|Жіберілді|Күні|Кімге|Көшірмесі|Тақырыбы)"
    r"[ \t*]*:[^\n]*(?:\n|$)){2,}",
    re.IGNORECASE | re.MULTILINE,
)
"""The head of a quoted message, as Outlook and its kind write it into the text."""
DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the parser of the standard library makes of some damaged lines and parts."""
SILENT = frozenset({"script", "style", "head", "title"})
LINES = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "blockquote"})


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of an e-mail, in memory."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail.

    Attributes:
        id: of the message; a digest of it when the sender gave none.
        sender: where an answer goes; in memory only.
        text: subject and words, without what is quoted of an older message.
        files: what is attached.
        beyond: how a text goes on that is longer than a message, as far as names are looked for; all of it is a file too.
    """

    id: str
    sender: str
    text: str
    files: Sequence[Attached]
    beyond: str = ""


def read(content: bytes, own: str) -> Mail | None:
    """The e-mail that a person wrote; none for what a program sent: bounces, automatic answers, lists, our own.

    Args:
        own: the address that our own e-mail comes from.

    Raises:
        DomainError: `mail-too-large`, `mail-malformed`, `too-many-files`.
    """
    if not (sender := sender_of(content, own)):
        return None
    if len(content) > LARGEST:
        raise DomainError("mail-too-large", most=LARGEST // 1_000_000)
    try:
        return parsed(content, sender, parseaddr(own)[1])
    except DAMAGE:
        raise DomainError("mail-malformed") from None


def parsed(content: bytes, sender: str, own: str) -> Mail | None:
    """What an e-mail says; none when it is empty and has no parts, so that there is nothing that could be lost.

    Args:
        own: our address.

    Raises:
        DomainError: `too-many-files`; `mail-says-nothing` when no words were found in what it has; as `texts.split` for a text
            that does not fit.
    """
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    spoken = list(spoken_in(message))
    files = list(attached(message, spoken))
    if len(files) > MOST_FILES:
        raise DomainError("too-many-files", most=MOST_FILES)
    text = together(head(message, "subject"), without_heads(words_of(spoken), own))
    if not text and not files:
        if message.is_multipart() or payload(message).strip():
            raise DomainError("mail-says-nothing")
        return None
    if len(text) > LONGEST:  # a message holds so much; all of it comes as a file
        files.append(Attached("message.txt", "text/plain", told_in(text).encode("utf-8", "replace")))
    beyond = text[LONGEST - OVERLAP : HEARD] if len(text) > LONGEST else ""
    return Mail(head(message, "message-id") or sha256(content).hexdigest(), sender, text[:LONGEST], files, beyond)


def sender_of(content: bytes, own: str) -> str:
    """Where an answer to an e-mail goes; empty when a program sent it.

    Raises:
        DomainError: `mail-malformed` when it says of nobody that they sent it.
    """
    try:
        message = BytesHeaderParser(EmailMessage, policy=policy.default).parsebytes(content)
        sender = address_of(message, "reply-to") or address_of(message, "from")
        by_program = is_by_program(message)
    except DAMAGE:
        raise DomainError("mail-malformed") from None
    if by_program or (sender and sender.casefold() == parseaddr(own)[1].casefold()):
        return ""
    if not sender:
        raise DomainError("mail-malformed")
    return sender


def head(message: EmailMessage, name: str) -> str:
    """A line of the head; empty when it is not there, or cannot be read."""
    try:
        return str(message.get(name, "")).strip()
    except DAMAGE:
        return ""


def address_of(message: EmailMessage, name: str) -> str:
    """The address in a line of the head; empty when it holds none."""
    found = parseaddr(head(message, name))[1]
    return found if found.count("@") == 1 and not re.search(r"[\s<>,;]", found) else ""


def is_by_program(message: EmailMessage) -> bool:
    """Whether a program sent it (RFC 3834): an answer could be answered for ever."""
    return (
        head(message, "auto-submitted").casefold() not in {"", "no"}
        or head(message, "precedence").casefold() in UNASKED
        or head(message, "return-path") == "<>"
        or any(name in message for name in BY_PROGRAMS)
        or message.get_content_type() == "multipart/report"
        or bool(PROGRAMS.match(address_of(message, "from")))
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """A part that holds words, and the words, read once however deep it lies."""

    part: MIMEPart
    words: str


def spoken_in(part: MIMEPart) -> Iterator[Spoken]:
    """The parts that hold the words, in their order: some programs begin a new one behind each picture.

    Of several forms of the same words it is the plain one, or another when that is blank (RFC 2046, 5.1.4).
    """
    if part.get_content_type() == "multipart/alternative" and part.is_multipart():
        forms = [list(spoken_in(one)) for one in part.iter_parts()]
        forms.sort(key=lambda form: any(one.part.get_content_subtype() == "html" for one in form))
        yield from next((form for form in forms if any(one.words for one in form)), ())
    elif part.is_multipart() and part.get_content_type() != "message/rfc822":
        for one in part.iter_parts():
            if not holds_words(one) or not one.get_filename():  # a file of text, though it is shown within
                yield from spoken_in(one)
    elif holds_words(part):
        yield Spoken(part, words_in(part))


def holds_words(part: MIMEPart) -> bool:
    """Whether a part is text to be read, and not a file."""
    return part.get_content_type() in {"text/plain", "text/html"} and not part.is_attachment()


def words_of(spoken: Iterable[Spoken]) -> str:
    """The words of the parts that hold them, without quoted lines."""
    return "\n\n".join(one.words for one in spoken if one.words)


def words_in(part: MIMEPart) -> str:
    """The words of a part."""
    plain = decoded(part)
    if part.get_content_subtype() == "html":
        plain = without_tags(plain)
    return "\n".join(line for line in plain.splitlines() if not line.lstrip().startswith(">")).strip()


def without_heads(words: str, own: str) -> str:
    """Words without the heads that some programs put above a message of ours that they quote: they name the sender.

    What is quoted below stays, for there may be answers in it.
    """
    return HEADS.sub(lambda found: "\n" if own.casefold() in found.group().casefold() else found.group(), words).strip()


def told_in(text: str) -> str:
    """What a text says without a phrase, which belongs in no file: officers would read it.

    Raises:
        DomainError: as `texts.split`.
    """
    found = texts.split(text)
    return text if found is None else texts.without_phrase(found[1], doubtful=True)


def decoded(part: MIMEPart) -> str:
    """The text of a part; letters that cannot be read become signs that say so."""
    content = payload(part)
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def payload(part: MIMEPart) -> bytes:
    """The bytes of a part."""
    if part.get_content_type() == "message/rfc822":
        return b"".join(bytes(one) for one in part.iter_parts())
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def together(subject: str, words: str) -> str:
    """Subject and words as one text; the words first when they begin with a phrase, whose report they are added to."""
    subject = REPLY.sub("", subject)
    if not subject or begins_with_phrase(words):
        return words
    return f"{subject}\n\n{words}".strip()


def begins_with_phrase(words: str) -> bool:
    """Whether words begin with a phrase, also with one that is mistyped."""
    try:
        return texts.split(words) is not None
    except DomainError as refused:
        return refused.code != "phrase-not-first"


def attached(message: EmailMessage, spoken: Sequence[Spoken]) -> Iterator[Attached]:
    """The files: all parts but those of the words, and other forms of the same words."""
    read = {id(one.part) for one in spoken}  # a message may have tens of thousands
    for part in parts(message):
        if id(part) in read or (holds_words(part) and not part.get_filename()):
            continue
        content = payload(part)
        if content:
            yield Attached(name_of(part), part.get_content_type(), content)


def parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no others, but for messages that were attached: these stay whole."""
    if not message.is_multipart() or message.get_content_type() == "message/rfc822":
        yield message
        return
    for one in message.iter_parts():
        if isinstance(one, EmailMessage):
            yield from parts(one)


def name_of(part: EmailMessage) -> str:
    """The name of a file, without the folders of the sender's computer."""
    given = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    plain = "".join(one for one in given if one.isprintable())[-200:]
    return plain or f"file.{part.get_content_subtype()}"


class Words(HTMLParser):
    """Gathers the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or what is not shown."""
        self.silent += tag in SILENT
        if tag in LINES:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what is not shown."""
        if tag in SILENT and self.silent:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self.silent:
            self.found.append(data)


def without_tags(page: str) -> str:
    """The words of an e-mail that is written as a page."""
    words = Words()
    words.feed(page)
    words.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(words.found)).strip()
