"""Files are taken by kind, size and number, and each refusal names its file."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from adaldyq.ui.formats.values import size
from adaldyq.ui.uploads import UploadField


class Form(forms.Form):
    papers = UploadField(label="Papers", kinds=("pdf", "JPG"), largest=2_000_000, most=2)


class OneForm(forms.Form):
    paper = UploadField(label="Paper", kinds=("pdf",), largest=1500, required=False)


def file(name: str, octets: int = 10) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x" * octets)


def sent(*files: SimpleUploadedFile) -> Form:
    return Form({}, MultiValueDict({"papers": list(files)}))


def test_files_of_the_right_kind_are_taken_in_order() -> None:
    form = sent(file("а.pdf"), file("b.JPG"))
    assert form.is_valid()
    assert [one.name for one in form.cleaned_data["papers"]] == ["а.pdf", "b.JPG"]


def test_each_refusal_names_its_file() -> None:
    form = sent(file("photo.exe"), file("large.pdf", 2_000_001))
    with translation.override("en"):
        assert form.errors["papers"] == [
            "“photo.exe” is not of a kind that is accepted: PDF, JPG.",
            "“large.pdf” is larger than 2\u00a0MB.",
        ]
    with translation.override("kk"):
        assert "«empty.pdf» файлы бос." in str(sent(file("empty.pdf", 0)).errors["papers"])


def test_too_many_files_and_none_are_refused() -> None:
    with translation.override("en"):
        assert sent(*(file(f"{number}.pdf") for number in range(3))).errors["papers"] == ["Choose at most 2 files."]
        assert "required" in str(sent().errors["papers"])


def test_one_file_that_nobody_must_send_is_a_list_too() -> None:
    form = OneForm({}, MultiValueDict())
    assert form.is_valid()
    assert form.cleaned_data["paper"] == []
    form = OneForm({}, MultiValueDict({"paper": [file("a.pdf")]}))
    assert form.is_valid()
    assert len(form.cleaned_data["paper"]) == 1


def test_the_control_offers_the_kinds_and_the_hint_says_the_limits() -> None:
    with translation.override("en"):
        text = (
            engines["django"]
            .from_string("{% field f.papers %}{% field g.paper %}")
            .render({"f": Form(), "g": OneForm()})
        )
    assert 'accept=".pdf,.jpg"' in text
    assert " multiple" in text
    assert "PDF, JPG; up to 2 files, each up to 2\u00a0MB." in text
    assert "PDF; up to 2\u00a0kB." in text
    assert 'aria-describedby="id_papers-hint"' in text


def test_sizes_are_written_in_the_unit_that_fits() -> None:
    with translation.override("ru"):
        assert [size(octets) for octets in (1, 999_999, 1_000_000, 2_500_000)] == [
            "1\u00a0КБ",
            "1\u202f000\u00a0КБ",
            "1\u00a0МБ",
            "2,5\u00a0МБ",
        ]
