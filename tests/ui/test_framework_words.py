"""Whatever Django and allauth can say to a user, they say in Kazakh and in Russian."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.conf import settings
from django.contrib.humanize.templatetags.humanize import naturaltime, ordinal
from django.utils import formats, translation
from django.utils.timesince import timesince

from tools import framework_words


@pytest.mark.parametrize("language", framework_words.LANGUAGES)
def test_nothing_that_a_user_can_see_is_untranslated(language: str) -> None:
    assert framework_words.untranslated(language) == set(), "run tools/framework_words.py --write and translate"


@pytest.mark.parametrize("language", framework_words.LANGUAGES)
def test_nothing_is_kept_that_nobody_says(language: str) -> None:
    kept = {framework_words.sentence(entry) for entry in framework_words.ours(language)}
    assert kept <= framework_words.wanted(language)


def test_a_sentence_that_is_missing_is_found() -> None:
    """The computation sees what Django says: it knows of sentences that its Kazakh catalogue lacks."""
    wanted = {one.text for one in framework_words.wanted("kk")}
    assert "That page contains no results" in wanted  # core
    assert "The two password fields didn’t match." in wanted  # auth
    assert "Incorrect code." in wanted  # allauth
    assert "Afrikaans" not in wanted
    assert "Django Documentation" not in wanted


def test_every_installed_app_with_a_catalogue_is_looked_at() -> None:
    from django.apps import apps  # noqa: PLC0415  # the settings must be there

    with_words = {
        config.name
        for config in apps.get_app_configs()
        if not config.name.startswith("adaldyq.")
        and any((Path(config.path) / "locale").glob("*/LC_MESSAGES/django.po"))
    }
    assert with_words <= set(framework_words.ROOMS)


def test_the_frameworks_speak_kazakh() -> None:
    class Form(forms.Form):
        answer = forms.JSONField()
        place = forms.UUIDField()

    with translation.override("kk"):
        assert Form({"answer": "{", "place": "x"}).errors == {
            "answer": ["Дұрыс JSON енгізіңіз."],
            "place": ["Дұрыс UUID енгізіңіз."],
        }
        assert str(DefaultMFAAdapter().error_messages["incorrect_code"]) == "Код дұрыс емес."
        assert str(DefaultAccountAdapter.error_messages["incorrect_password"]) == "Құпиясөз дұрыс емес."
        now = datetime(2026, 1, 31, tzinfo=UTC)
        assert timesince(now - timedelta(days=40), now) == "1\u00a0ай, 1\u00a0апта"
        assert ordinal(6) == "6-шы"
        assert ordinal(3) == "3-ші"


def test_relative_times_are_whole_kazakh_phrases() -> None:
    from django.utils import timezone  # noqa: PLC0415  # beside its use

    with translation.override("kk"):
        now = timezone.now()
        assert naturaltime(now - timedelta(hours=3, minutes=1)) == "3\u00a0сағат бұрын"
        assert naturaltime(now + timedelta(days=2, minutes=1)) == "2\u00a0күннен кейін"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_language_has_formats_of_its_own(language: str) -> None:
    """What we show must be what the forms take back."""
    day = datetime(2025, 9, 5, 14, 7, tzinfo=UTC)
    with translation.override(language):
        for name in (
            "SHORT_DATE_FORMAT",
            "SHORT_DATETIME_FORMAT",
            "MONTH_DAY_FORMAT",
            "YEAR_MONTH_FORMAT",
            "TIME_FORMAT",
        ):
            assert formats.date_format(day, name)
        field = forms.DateField(input_formats=formats.get_format("DATE_INPUT_FORMATS"))
        assert field.clean(formats.date_format(day, "SHORT_DATE_FORMAT")) == day.date()
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
        assert formats.get_format("DECIMAL_SEPARATOR") == ("." if language == "en" else ",")


def test_kazakh_months_stand_in_small_letters() -> None:
    day = datetime(2025, 9, 5, tzinfo=UTC)
    with translation.override("kk"):
        assert formats.date_format(day, "DATE_FORMAT") == "2025 жылғы 5 қыркүйек"
        assert formats.date_format(day, "YEAR_MONTH_FORMAT") == "2025 жылғы қыркүйек"


def test_the_catalogue_stands_below_every_room() -> None:
    assert settings.INSTALLED_APPS[-1] == "adaldyq.ui.framework"
