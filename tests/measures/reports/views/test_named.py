"""Offices and officers that a report names anywhere, and who gets it then."""

from __future__ import annotations

import pytest
from django.utils import timezone

from adaldyq.kernel.models import Account, PersonName
from adaldyq.measures.reports.models import Bar, Report
from adaldyq.measures.reports.queries.barring import readers_of
from adaldyq.measures.reports.queries.named import officers_named, offices_named, tag_of, told_to_scripts
from tests import factories
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import Script


def test_who_names_an_office_is_asked_and_a_named_officer_gets_nothing(agency: Officer, reporter: Reporter) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what="They take money", who="head of the Anti-corruption agency")
    assert reporter.status == 422
    assert "Your answers name an office" in page
    sent = {"what": "Антикор берёт взятки", "about_receiver": "agency"}
    reporter.report(**sent)
    assert Report.objects.get().unit == other.unit
    reporter.report("I told it to the Антикор, in vain", about_receiver="neither")
    assert Report.objects.filter(unit=agency.unit).count() == 1
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    reporter.report("It was them", who="взяла Айгуль Садыковой сестра")
    assert Report.objects.filter(unit=agency.unit).count() == 1


@pytest.mark.parametrize(
    "who",
    [
        "А. Садыкова взяла",
        "Садыковой А.М. дали",
        "A.M. Sadykova",
        "взяла Айгуль Садыкова",
        "Cадыкoвa A.",
        "Сады кова Айгуль",
        "С а д ы к о в а А.",
        "СадыковаАйгуль",
        "Садыкова АМ",
        "дали садыковой а.",
    ],
)
def test_an_officer_is_known_by_the_family_name_with_an_initial(agency: Officer, reporter: Reporter, who: str) -> None:
    officer(unit("prosecutor"), "nurlan")
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    reporter.report("They take money", who=who)
    assert not Report.objects.filter(unit=agency.unit).exists()
    assert Bar.objects.filter(account=agency.account).exists()
    reporter.report("They take money", who="взяла Айгуль Ахметова")
    assert Report.objects.filter(unit=agency.unit).count() == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Агентство РК по борьбе с коррупцией молчит", ["agency"]),
        ("Агентству Республики Казахстан по борьбе с коррупцией сообщили", ["agency"]),
        ("the anticorruption agency took it", ["agency"]),
        ("Анти-кор берёт", ["agency"]),
        ("Aнтикop и А н т и к о р", ["agency"]),
        ("АНТИК0Р", ["agency"]),
        ("Антикором куплено", ["agency"]),
        ("антиквар обманул", []),
        ("an antique shop", []),
        ("Антикор берёт взятки, Генпрокуратура не реагирует", ["agency", "prosecutor"]),
        ("сотрудники Антикоррупционной службы", ["agency"]),
        ("в Антикоррупционную службу", ["agency"]),
        ("Анти-коррупционной службой требуются", ["agency"]),
        ("Агентства РК по противодействию коррупции", ["agency"]),
        ("Агентству Республики Казахстан по противодействию коррупции", ["agency"]),
        ("Жемқорлыққа қарсы агенттігінің қызметкері", ["agency"]),
        ("жемкорлыкка карсы агенттиктериндеги адам", ["agency"]),
        ("Антикорлардың бәрі", ["agency"]),
        ("Генеральной прокуратуры", ["prosecutor"]),
        ("Генеральному прокурору", ["prosecutor"]),
        ("прокурор района взял", ["prosecutor"]),
        ("в районной прокуратуре", ["prosecutor"]),
        ("прокуроры области", ["prosecutor"]),
        ("аудан прокуроры ақша сұрады", ["prosecutor"]),
        ("прокурорға бердім", ["prosecutor"]),
        ("the prosecutor's office", ["prosecutor"]),
        ("антикоррупционщики берут", ["agency"]),
        ("антикоррупционщику дали", ["agency"]),
        ("с антикоррупционным департаментом", ["agency"]),
        ("жемқорлыққа қарсы департаменттің бастығы", ["agency"]),
        ("взяли напрокат", []),
        ("антикоррупционная политика", []),
        ("служба доставки", []),
    ],
)
def test_an_office_is_known_however_its_name_is_parted_or_declined(
    agency: Officer, text: str, named: list[str]
) -> None:
    unit("prosecutor")
    assert offices_named(text, timezone.localdate()) == named


@pytest.mark.parametrize(
    ("name", "who", "is_named"),
    [
        ("Шарипов Шолпан", "Ш. Шарипов", True),
        ("Шарипов Шолпан", "Sh. Sharipov", True),
        ("Шарипов Шолпан", "С. Омаров, Шолпан", False),
        ("Ялунин Яков", "Ya. Yalunin", True),
        ("Өмірғалиев Қайрат", "дали Омиргалиеву К.", True),
        ("Ким Ира", "Ким взял", True),
        ("Ким Ира", "ким взял", False),
        ("Ким Ира", "И. Ким взял", True),
        ("Ким Ирина Сергеевна", "майор Ким и Кимге бердім", True),
        ("Ким Ирина Сергеевна", "дали Ирине Сергеевне", True),
        ("Ким Ирина Сергеевна", "Ирина Ахметова", False),
        ("Ли Анна", "дали Ли", True),
        ("Ли Анна", "если так, ли", False),
        ("Болат Асан", "Ақша алған адам болатын", False),
        ("Садыкова Айгуль Маратовна", "взяла Айгуль Маратовна", True),
        ("Садыкова Айгуль Маратовна", "дали Айгуль Маратовне", True),
        ("Садыкова Айгуль Маратовна", "Садыкова взяла взятку", True),
        ("Айгуль Маратовна Садыкова", "Садыкова А.М. взяла", True),
        ("Айгуль Маратовна Садыкова", "Айгуль Садыкова взяла", True),
        ("Айгуль Маратовна Садыкова", "взяла Айгуль Ахметова", False),
        ("А.М. Садыкова", "Садыкова взяла", True),
        ("А.М. Садыкова", "взяла Ахметова А.М.", False),
        ("Садыкова", "Садыковой дали", True),
        ("Садыкова А.", "Садықоваларға бердім", True),
        ("Садыкова А.", "садыкованыкінде", True),
        ("Өмірғалиев Қайрат Жәнібекұлы", "Қайрат Жәнібекұлы алды", True),
        ("Өмірғалиев Қайрат Жәнібекұлы", "Кайрат Жанибекович взял", True),
        ("Өмірғалиев Қайрат Жәнібекұлы", "Өмірғалиевтердің үйі", True),
        ("Заяц Павел Олегович", "Зайца видели", True),
        ("Петровский Лев", "дали Льву П.", True),
        ("aigul", "Айгуль взяла", False),
        ("Серікұлы Нұрлан", "майор Серікұлы ақша алды", True),
        ("Әбдіғалиұлы Нұрлан", "Н. Әбдіғалиұлы алды", True),
        ("Нұрлан Әбдіғалиұлы", "Әбдіғалиұлына бердім", True),
        ("Қуанышқызы Айгүл", "А. Қуанышқызына бердім", True),
        ("Серікұлы Нұрлан Асқарұлы", "Серікұлы алды", True),
        ("Абрамович Роман", "Абрамовичу дали", True),
        ("Өмірғалиев Қайрат Жәнібекұлы", "майор Жәнібекұлы", False),
        ("Цой Виктор", "Цоя видели", True),
        ("Цой Виктор", "с Цоем и Цою", True),
        ("Цой Виктор", "цоя видели", False),
        ("Иса Марат", "Исе дали", True),
        ("Иса Марат", "Исаға бердім", True),
        ("Хан Олег", "Ханға бердім", True),
        ("Абай Ерлан", "Абайға бердім", True),
        ("Белый Олег", "Белому передали", True),
        ("Дикий Олег", "с Диким", True),
        ("Лысый Олег", "Лысого видели", True),
        ("Белая Анна", "Белую видели", True),
        ("Белый Олег", "по белому", False),
        ("Белый Олег", "Берег", False),
    ],
)
def test_a_name_is_known_by_an_initial_of_two_letters_and_not_by_a_common_word(
    agency: Officer, name: str, who: str, is_named: bool
) -> None:
    Account.objects.filter(pk=agency.account.pk).update(name=name)
    assert (agency.account.pk in officers_named(who, timezone.localdate())) == is_named


def test_a_report_about_both_offices_goes_to_neither(agency: Officer, reporter: Reporter) -> None:
    officer(unit("prosecutor"), "nurlan")
    what = "Антикор и Генпрокуратура вместе берут взятки"
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what=what)
    assert "Your answers name an office" in page
    assert "both of them" in page
    page = reporter.post("reports-file", step="check", what=what, about_receiver="both")
    assert (reporter.status, "No office is left" in page, what in page) == (422, True, True)
    script = Script()
    assert "No office is left" in script.step("route", about_receiver="both")["errors"]["about_receiver_0"]
    head = script.sealed_report(what)
    assert script.step("send", **{**head, "about_receiver": "both"})["code"] == "nobody-impartial"
    assert not Report.objects.exists()


def test_both_offices_are_offered_only_where_there_are_two(agency: Officer, reporter: Reporter) -> None:
    assert "both of them" not in reporter.look("reports-file")


def test_what_is_added_about_both_offices_is_not_taken(agency: Officer, reporter: Reporter) -> None:
    officer(unit("prosecutor"), "nurlan")
    words = reporter.report("They take money")
    reporter.come_back(words)
    page = reporter.post("reports-return", step="add", text="Антикор и прокурор в доле", about_receiver="both")
    assert "No office is left" in page
    assert (Report.objects.get().messages.count(), Bar.objects.count()) == (1, 0)


def test_a_family_name_of_the_register_is_enough_and_a_short_one_with_its_capital(agency: Officer) -> None:
    today = timezone.localdate()
    for family, given, who, is_named in (
        ("Садыкова", "Айгуль", "дали садыковой", True),
        ("Ким", "Ира", "Киму дали", True),
        ("Ким", "Ира", "Ира взяла", False),
        ("Ким", "Ира", "ким взял", False),
        ("Болат", "Асан", "Ақша алған адам болатын", False),
        ("Болат", "Асан", "Болаттың ағасы", True),
    ):
        holder = factories.person([f"{family} {given}"])
        PersonName.objects.filter(person=holder).update(family_name=family)
        Account.objects.filter(pk=agency.account.pk).update(person=holder, name="secretary")
        assert (agency.account.pk in officers_named(who, today)) == is_named, (family, who)


def test_a_script_that_names_whom_nobody_knows_is_refused_and_an_old_list_is_given_anew(agency: Officer) -> None:
    script, today = Script(), timezone.localdate()
    assert script.step("route", left_out=["unknown"])["code"] == "envelope-damaged"
    known = told_to_scripts(today)
    assert script.step("route", named=known["version"])["recipients"]
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    fresh = script.step("route", named=known["version"])["named"]
    assert fresh["version"] != known["version"]
    assert fresh["people"] != known["people"]
    head = script.sealed_report("They take money", named=known["version"])
    assert script.step("send", **head)["code"] == "keys-changed"
    assert script.step("route", left_out=[fresh["people"][0]["tag"]])["code"] == "nobody-impartial"
    colleague = officer(agency.unit, "dana")
    mine = next(one["tag"] for one in told_to_scripts(today)["people"] if one["tag"] == tag_of(agency.account.pk))
    routed = script.step("route", left_out=[mine])
    assert len(routed["recipients"]) == 1
    assert "never sees it" in routed["facts"]["kept_from"][1]
    head = script.sealed_report("They take money", left_out=[mine])
    assert script.step("send", **head) == {"filed": True}
    found = Report.objects.get()
    assert {one.account_id for one in Bar.objects.filter(report=found)} == {agency.account.pk}
    assert [one.account_id for one in readers_of(found, agency.unit, today)] == [colleague.account.pk]
