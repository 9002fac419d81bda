"""What a report asks. Only one question must be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.choosing import BodyField
from adaldyq.kernel.problems import sentence
from adaldyq.measures.reports.actions.composing import OTHER
from adaldyq.measures.reports.adapters.arrival import SealedFile
from adaldyq.measures.reports.models.keys import AGENCY, BOTH, PROSECUTOR
from adaldyq.measures.reports.queries.houses import is_same_house
from adaldyq.measures.reports.queries.named import offices_named
from adaldyq.measures.reports.queries.offices import called, receiving
from adaldyq.measures.reports.queries.routing import has_custodians, route
from adaldyq.sealing.phrases import holds_phrase
from adaldyq.ui.uploads import FilesInput

__all__ = ["OTHER"]  # the topic when none was chosen

NEITHER = "neither"
SAY_WHETHER = _(
    "The list does not have the body that you typed. Say whether it is about one of these offices: the report must not go to whom it is about."
)
LONGEST, LONG, SHORT = 20_000, 2_000, 300
short = MaxLengthValidator(SHORT)
PHRASE_WITHIN = _(
    "This text holds the phrase of a receipt. Take it out: whoever knows the phrase can read and answer in your name."
)
PHRASE_OVER_ANSWERS = _(
    "These answers together hold the phrase of a receipt. Take it out: whoever knows the phrase can read and answer in your name."
)
NAMED_OFFICE = _(
    "Your answers name an office that receives reports. Say whether the report is about it or about somebody there: it must not go to whom it is about."
)
KEPT_FROM = _(
    "You wrote a name that somebody has who receives reports. Whoever is called so does not get this one, and never sees it; others who receive reports do."
)
TOLD = ("what", "about_words", "when", "who", "amount", "identity")
"""Answers in own words, in the order in which they are read."""
TOO_LONG = _(
    "At most %(most)s characters fit here, and there are %(count)s. Your text stays as it is: shorten it a little."
)


def checked(text: str) -> str:
    """A text that is no phrase of a receipt.

    Raises:
        ValidationError: it holds one.
    """
    if holds_phrase(text):
        raise ValidationError(PHRASE_WITHIN, code="phrase")
    return text


class SealedFilesField(forms.Field):
    """Files that were sealed as they arrived; cleaned, a list of where they lie and what opens them."""

    widget = FilesInput

    def clean(self, value: Any) -> list[SealedFile]:
        """The files; none when none was chosen."""
        sent: Sequence[UploadedFile[Any]] = value or []
        return [found for one in sent if (found := getattr(one, "sealed", None)) is not None]


def text_field(label: Any, most: int, hint: Any = "", rows: int = 0) -> forms.CharField:
    """A question with a text for its answer, which may be left empty; nothing of it is kept by the browser."""
    attributes = attributes_of_text(most)
    widget = forms.Textarea({**attributes, "rows": rows}) if rows else forms.TextInput(attributes)
    return forms.CharField(
        label=label, max_length=most, required=False, help_text=hint, widget=widget, validators=[checked_quietly]
    )


def attributes_of_text(most: int) -> dict[str, object]:
    """What a control for a text says to the browser: to keep nothing, and how long the text may be.

    Nor does its spelling go anywhere to be looked at: some browsers send what is typed to their maker for that.

    Args:
        most: characters of the longest text. Scripts that seal it look at it, since no server can.
    """
    return {"autocomplete": "off", "spellcheck": "false", "data-longest": most}


def checked_quietly(text: str) -> None:
    """Refuse a text with a phrase of a receipt, as a validator."""
    checked(text)


def name_field() -> forms.CharField:
    """The question who the reporter is."""
    return text_field(
        _("Your name and how to reach you"),
        LONG,
        _(
            "Only if you want to give them. They are sealed apart: who reads the report does not see them. A custodian may open them for a reason that is recorded, and you are told here when and why."
        ),
        rows=3,
    )


class AboutField(BodyField):
    """The state body that a report is about; an office that receives reports is found by what people call it, too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.find = lambda text: called(text, timezone.localdate())


class ReportForm(forms.Form):
    """What happened, and what is known of it.

    Attributes:
        carried_files: names of files that the page carries since an earlier try; they may name an office too.
    """

    carried_files: Sequence[str] = ()

    what = text_field(
        _("What happened?"),
        LONGEST,
        _("In your own words, in any language. This is the only question that you must answer."),
        rows=8,
    )
    topic = forms.ChoiceField(label=_("What is it about?"), required=False, widget=forms.RadioSelect)
    about = AboutField(
        label=_("Which state body?"),
        required=False,
        keeps_words=True,
        help_text=_(
            "A part of the name is enough. The body never gets the report; it decides who else does. If it is not in the list you may keep what you typed: it is sealed with the rest, and does not decide who gets the report."
        ),
    )
    about_receiver = forms.ChoiceField(
        label=_("Is it about one of the offices that receive reports, or somebody there?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "That office then never gets it; the other one does. Choose it also when you name somebody who works there."
        ),
    )
    place = forms.ChoiceField(label=_("In which region?"), required=False)
    when = text_field(_("When?"), SHORT, _("As well as you know it. For example, in March, or every Friday"))
    who = text_field(_("Who took part?"), LONG, _("Names, posts, or what they look like"), rows=3)
    amount = text_field(_("How much money, or what else?"), SHORT)
    identity = name_field()
    enclosures = SealedFilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "Photos, documents, recordings: up to 10 files, 50 MB together. A photo may hold the place and the device that took it; whoever gets the file sees them."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the topics and regions of the country, and ask for a name only where somebody keeps it apart."""
        super().__init__(*args, **options)
        self.fields["what"].required = True
        if not has_custodians(timezone.localdate()):
            del self.fields["identity"]
        topics = naming.pack().codes["report_topic"]
        for name, choices in (
            ("topic", [(code, naming.spoken(names, code)) for code, names in topics.items()]),
            ("place", [("", "—"), *naming.regions()]),
            ("about_receiver", offices_to_choose()),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_topic(self) -> str:
        """The topic; another when none was chosen."""
        return str(self.cleaned_data["topic"] or OTHER)

    def clean(self) -> dict[str, Any]:
        """The answers, with the reporter's own words for a body that the list has not, as `about_words`."""
        cleaned = super().clean() or self.cleaned_data
        field = self.fields["about"]
        words = field.kept_words(self["about"].data) if isinstance(field, BodyField) else ""
        cleaned["about_words"] = words
        if words and not cleaned.get("about_receiver") and "about_receiver" not in self.errors:
            self.add_error("about_receiver", ValidationError(SAY_WHETHER, code="required"))
        try:
            short(words)
            checked(words)
        except ValidationError as wrong:
            self.add_error("about", wrong)
        self.check_phrase_over_answers(cleaned)
        self.check_named_office(cleaned)
        self.check_that_somebody_may_have_it(cleaned)
        return cleaned

    def check_named_office(self, cleaned: Mapping[str, Any]) -> None:
        """Ask whether it is about an office that the answers name, which would otherwise get it."""
        if cleaned.get("about_receiver") or "about_receiver" in self.errors:
            return
        files = [*self.carried_files, *(one.name for one in cleaned.get("enclosures") or ())]
        told = " \n".join([*(str(cleaned.get(name) or "") for name in TOLD if name != "identity"), *files])
        day, about = timezone.localdate(), cleaned.get("about")
        named = (receiving(day)[kind] for kind in offices_named(told, day))
        if any(about is None or not is_same_house(one, about) for one in named):
            self.add_error("about_receiver", ValidationError(NAMED_OFFICE, code="required"))

    def check_phrase_over_answers(self, cleaned: Mapping[str, Any]) -> None:
        """Refuse a phrase of which a part stands in one answer and the rest in those after it."""
        told = [str(cleaned.get(name) or "") for name in TOLD]
        if not any(map(holds_phrase, told)) and holds_phrase(" ".join(told)):
            self.add_error(None, ValidationError(PHRASE_OVER_ANSWERS, code="phrase"))

    def check_that_somebody_may_have_it(self, cleaned: Mapping[str, Any]) -> None:
        """Say at once that every office is named, while the answers that name them can be changed."""
        about, named = cleaned.get("about"), office_in(cleaned.get("about_receiver"))
        if not about and not named:
            return
        try:
            route(about, timezone.localdate(), about_office=named)
        except DomainError as refused:
            if refused.code == "nobody-impartial":
                self.add_error("about" if about else "about_receiver", sentence(refused))


def offices() -> list[tuple[str, str]]:
    """The offices that receive reports, by what they are."""
    found = receiving(timezone.localdate()).items()
    return [(kind, naming.spoken(body.names, body.name)) for kind, body in found]


def offices_to_choose() -> list[tuple[str, Any]]:
    """Answers to the question which of the offices a report is about; whom it names together must not be parted by it."""
    found = offices()
    return [*found, *([(BOTH, _("both of them"))] if len(found) > 1 else []), (NEITHER, _("none of them"))]


def office_in(answer: object) -> str:
    """Which office an answer says that the report is about, or both; empty for none."""
    return str(answer) if answer in {AGENCY, PROSECUTOR, BOTH} else ""


ABOUT_IN_THE_OPEN = _(
    "Only the name of the body, or a part of it, and nobody's name: what you type here goes to the server in the open, to be looked up, also if you keep it as you typed it. The body never gets the report; it decides who else does."
)
OPEN = ("topic", "about", "about_receiver", "place")
"""Questions whose answers stand in the open, so that a report finds its way."""


class OpenForm(ReportForm):
    """What a script tells of a report before it seals the rest."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ask nothing else."""
        super().__init__(*args, **options)
        for name in [one for one in self.fields if one not in OPEN]:
            del self.fields[name]
        self.fields["about"].help_text = ABOUT_IN_THE_OPEN


class PhraseForm(forms.Form):
    """The phrase of a receipt."""

    phrase = forms.CharField(
        label=_("Phrase of the receipt"),
        max_length=400,
        help_text=_("All words in their order. Capitals, commas and letters that your keyboard lacks do not matter."),
        widget=forms.Textarea(
            {"rows": 3, "autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
        ),
    )


class AddForm(forms.Form):
    """Something more that the reporter writes."""

    text = text_field(_("Your message"), LONGEST, rows=6)
    enclosures = SealedFilesField(label=_("Files"), required=False, help_text=_("Up to 10 files, 50 MB together."))
    retaliation = forms.BooleanField(
        label=_("I am made to suffer for the report, or fear it. Open a protection file."),
        required=False,
        help_text=_("Write what was done, when and by whom: a dismissal, a transfer, a threat, a suit."),
    )
    may_ask = forms.BooleanField(
        label=_("You may ask my employer for the reason."),
        required=False,
        help_text=_("The employer then learns that you reported. You can say so later."),
    )
    about_receiver = forms.ChoiceField(
        label=_("Is it about one of the offices that receive reports, or somebody there?"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the offices."""
        super().__init__(*args, **options)
        field = self.fields["about_receiver"]
        if isinstance(field, forms.ChoiceField):
            field.choices = offices_to_choose()

    def clean(self) -> dict[str, Any]:
        """A text or a file must be there.

        Raises:
            ValidationError: neither is.
        """
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("text") and not cleaned.get("enclosures"):
            self.add_error("text", ValidationError(_("Write a message or choose a file."), code="empty"))
        files = [one.name for one in cleaned.get("enclosures") or ()]
        told = " \n".join([str(cleaned.get("text") or ""), *files])
        if not self.errors and not cleaned.get("about_receiver") and offices_named(told, timezone.localdate()):
            self.add_error("about_receiver", ValidationError(NAMED_OFFICE, code="required"))
        return cleaned


class NameForm(forms.Form):
    """Who the reporter is, said later."""

    identity = name_field()

    def __init__(self, *args: Any) -> None:
        """Ask for it: a form with nothing in it is none."""
        super().__init__(*args)
        self.fields["identity"].required = True
