"""What the sample country's bodies, posts, companies, banks, streets and cars are called, and what things cost.

Salaries are a month's pay in tenge in 2020; prices are of 2020 too and grow by `GROWTH` and `PAY`. All
figures are illustrative.
"""

from __future__ import annotations

from typing import NamedTuple

YEARS = (2020, 2021, 2022, 2023, 2024)
PAY = (1.0, 1.12, 1.31, 1.52, 1.68)
"""Pay of each declared year, of 2020's."""
OLDEST_PRICE = 1995
GROWTH = (
    *(0.03, 0.03, 0.035, 0.04, 0.045, 0.055, 0.07, 0.09, 0.13, 0.19, 0.27, 0.42, 0.62, 0.55, 0.48, 0.5),
    *(0.52, 0.56, 0.62, 0.68, 0.72, 0.73, 0.76, 0.82, 0.91, 1.0, 1.24, 1.5, 1.58, 1.63, 1.7),
)
"""Price of real estate in each year from 1995 on, of 2020's."""


class Spelt(NamedTuple):
    """A text in the three languages."""

    kk: str
    ru: str
    en: str


class BodyFact(NamedTuple):
    """A body, or one of each region when its name holds a gap for the region."""

    kind: str
    level: str
    name: Spelt


class PostFact(NamedTuple):
    """A kind of post.

    Attributes:
        kinds: kinds of bodies that have it.
        category: in the pack's list.
        title: in three languages.
        pay: a month's, in thousands of tenge.
        weight: how common it is among the posts of such a body.
        declares: whether the holder's declaration is public.
        powers: any of h (heads the body), l (licences), i (inspects), p (procures).
    """

    kinds: str
    category: str
    title: Spelt
    pay: int
    weight: float
    declares: bool
    powers: str = ""


NATIONAL = tuple(
    BodyFact(kind, "national", Spelt(*names.split(" | ")))
    for kind, names in (
        ("ministry", "Қаржы министрлігі | Министерство финансов | Ministry of Finance"),
        ("ministry", "Денсаулық сақтау министрлігі | Министерство здравоохранения | Ministry of Health"),
        ("ministry", "Оқу-ағарту министрлігі | Министерство просвещения | Ministry of Education"),
        ("ministry", "Көлік министрлігі | Министерство транспорта | Ministry of Transport"),
        ("ministry", "Энергетика министрлігі | Министерство энергетики | Ministry of Energy"),
        ("ministry", "Ауыл шаруашылығы министрлігі | Министерство сельского хозяйства | Ministry of Agriculture"),
        ("ministry", "Әділет министрлігі | Министерство юстиции | Ministry of Justice"),
        ("ministry", "Экология министрлігі | Министерство экологии | Ministry of Ecology"),
        (
            "agency",
            "Мемлекеттік қызмет істері агенттігі | Агентство по делам государственной службы | Civil Service Agency",
        ),
        ("agency", "Бәсекелестікті қорғау агенттігі | Агентство по защите конкуренции | Competition Agency"),
        ("committee", "Мемлекеттік кірістер комитеті | Комитет государственных доходов | State Revenue Committee"),
        ("committee", "Құрылыс істері комитеті | Комитет по делам строительства | Construction Committee"),
        ("committee", "Медициналық бақылау комитеті | Комитет медицинского контроля | Medical Control Committee"),
        ("committee", "Автомобиль жолдары комитеті | Комитет автомобильных дорог | Roads Committee"),
        ("court", "Жоғарғы сот | Верховный суд | Supreme Court"),
        ("quasi_state", "«Ұлттық жолдар» АҚ | АО «Национальные дороги» | National Roads JSC"),
        (
            "quasi_state",
            "«Мемлекеттік зейнетақы қоры» АҚ | АО «Государственный пенсионный фонд» | State Pension Fund JSC",
        ),
    )
)
PENSIONS = len(NATIONAL) - 1
REGIONAL = tuple(
    BodyFact(kind, level, Spelt(*names.split(" | ")))
    for kind, level, names in (
        ("akimat", "regional", "{} әкімдігі | Акимат: {} | Akimat of {}"),
        (
            "department",
            "regional",
            "{}: мемлекеттік кірістер департаменті | Департамент государственных доходов: {} | Department of State Revenue, {}",
        ),
        (
            "department",
            "regional",
            "{}: санитариялық-эпидемиологиялық бақылау департаменті | Департамент санитарно-эпидемиологического контроля: {} | Sanitary Control Department, {}",
        ),
        (
            "department",
            "regional",
            "{}: мемлекеттік сатып алу басқармасы | Управление государственных закупок: {} | Public Procurement Office, {}",
        ),
        (
            "department",
            "regional",
            "{}: сәулет және құрылыс басқармасы | Управление архитектуры и строительства: {} | Architecture and Construction Office, {}",
        ),
        ("department", "regional", "{}: білім басқармасы | Управление образования: {} | Education Office, {}"),
        ("police", "regional", "{}: полиция департаменті | Департамент полиции: {} | Police Department, {}"),
        ("court", "regional", "{}: облыстық сот | Областной суд: {} | Regional Court, {}"),
        ("akimat", "city", "{}: орталық қала әкімдігі | Акимат центрального города: {} | Central City Akimat, {}"),
        (
            "akimat",
            "district",
            "{}: солтүстік аудан әкімдігі | Акимат северного района: {} | Northern District Akimat, {}",
        ),
        ("akimat", "district", "{}: оңтүстік аудан әкімдігі | Акимат южного района: {} | Southern District Akimat, {}"),
        (
            "quasi_state",
            "regional",
            "{}: әлеуметтік-кәсіпкерлік корпорация | Социально-предпринимательская корпорация: {} | Social and Enterprise Corporation, {}",
        ),
    )
)

OFFICES = "ministry agency committee akimat department"
POSTS = tuple(
    PostFact(kinds, category, Spelt(*title.split(" | ")), pay, weight, declares, powers)
    for kinds, category, title, pay, weight, declares, powers in (
        ("ministry", "political", "Министр | Министр | Minister", 1400, 0, True, "hp"),
        ("agency committee", "corps_a", "Төраға | Председатель | Chair", 1000, 0, True, "hlp"),
        ("akimat", "political", "Әкім | Аким | Akim", 1000, 0, True, "hp"),
        ("department", "corps_b", "Басшы | Руководитель | Head", 620, 0, True, "hlip"),
        (
            "police",
            "law_enforcement",
            "Департамент бастығы | Начальник департамента | Chief of Police",
            750,
            0,
            True,
            "h",
        ),
        ("court", "judge", "Сот төрағасы | Председатель суда | President of the Court", 1100, 0, True, "h"),
        (
            "quasi_state",
            "quasi_state",
            "Басқарма төрағасы | Председатель правления | Chief Executive",
            1500,
            0,
            True,
            "hp",
        ),
        ("ministry agency", "political", "Вице-министр | Вице-министр | Vice-Minister", 1100, 0.3, True, "p"),
        ("akimat", "political", "Әкімнің орынбасары | Заместитель акима | Deputy Akim", 750, 1, True, "p"),
        (OFFICES, "corps_b", "Басқарма басшысы | Руководитель управления | Head of Division", 480, 2, True, "lp"),
        (OFFICES, "corps_b", "Бөлім басшысы | Руководитель отдела | Head of Unit", 400, 3, True, "p"),
        ("department committee", "corps_b", "Бас инспектор | Главный инспектор | Chief Inspector", 340, 3, True, "i"),
        (
            "department committee agency",
            "corps_b",
            "Лицензиялау бөлімінің басшысы | Руководитель отдела лицензирования | Head of Licensing",
            420,
            1.5,
            True,
            "l",
        ),
        ("police", "law_enforcement", "Бөлім бастығы | Начальник отдела | Head of Department", 470, 2, True, "i"),
        ("police", "law_enforcement", "Аға тергеуші | Старший следователь | Senior Investigator", 390, 3, True, ""),
        ("court", "judge", "Судья | Судья | Judge", 850, 4, True, ""),
        ("quasi_state", "quasi_state", "Директор | Директор | Director", 900, 1, True, "p"),
        (
            "quasi_state",
            "quasi_state",
            "Сатып алу басқармасының басшысы | Руководитель управления закупок | Head of Procurement",
            650,
            1.5,
            True,
            "p",
        ),
        (OFFICES, "corps_b", "Бас маман | Главный специалист | Chief Specialist", 250, 4, False, ""),
        (OFFICES, "corps_b", "Жетекші маман | Ведущий специалист | Leading Specialist", 200, 4, False, ""),
        (
            "police",
            "law_enforcement",
            "Учаскелік инспектор | Участковый инспектор | District Officer",
            280,
            5,
            False,
            "",
        ),
        ("court", "corps_b", "Сот хатшысы | Секретарь судебного заседания | Court Clerk", 190, 4, False, ""),
        ("quasi_state", "quasi_state", "Маман | Специалист | Specialist", 280, 5, False, ""),
    )
)
COMPANY_WORDS = (
    "Адал",
    "Айбын",
    "Ақжол",
    "Ақниет",
    "Алатау",
    "Алтын",
    "Арна",
    "Арыс",
    "Атамекен",
    "Байтерек",
    "Береке",
    "Бірлік",
    "Болашақ",
    "Дала",
    "Дархан",
    "Жайық",
    "Жетісу",
    "Жұлдыз",
    "Кемел",
    "Көктем",
    "Құлагер",
    "Мерей",
    "Нұрлы",
    "Отау",
    "Самал",
    "Самұрық",
    "Сапа",
    "Сарыарқа",
    "Сенім",
    "Тұлпар",
    "Шаңырақ",
    "Шығыс",
    "Ырыс",
    "Іскер",
)
COMPANY_TRADES = (
    ("Құрылыс", "41201"), ("Жол", "42111"), ("Сауда", "47190"), ("Медицина", "46460"), ("Логистика", "52299"),
    ("Агро", "01111"), ("Консалтинг", "70220"), ("Сервис", "81210"), ("Тамақ", "56290"), ("Софт", "62011"),
)  # fmt: skip
BANKS = (("Дала Банк", 125), ("Алатау Банкі", 601), ("Бірлік Банк", 722), ("Сарыарқа Банк", 886), ("Жинақ Банк", 926))
FOREIGN_BANKS = (
    ("Gulf Commercial Bank", "AE", "USD"),
    ("Bosphorus Bank", "TR", "EUR"),
    ("Zürichsee Privatbank", "CH", "CHF"),
)
STREETS = (
    "Абай",
    "Бөгенбай батыр",
    "Достық",
    "Желтоқсан",
    "Кенесары",
    "Қабанбай батыр",
    "Мәңгілік ел",
    "Наурыз",
    "Республика",
    "Сәтбаев",
    "Тәуелсіздік",
    "Төле би",
    "Шоқан Уәлиханов",
    "Ыбырай Алтынсарин",
    "Жастар",
    "Тың",
)
CARS = (
    ("Lada Granta", 3.0), ("Chevrolet Cobalt", 5.2), ("Hyundai Accent", 6.6), ("Kia Rio", 6.9), ("Kia Sportage", 11.5),
    ("Hyundai Tucson", 12.0), ("Toyota Camry", 14.5), ("Toyota Land Cruiser Prado", 27.0), ("Lexus LX", 55.0),
    ("GAZ Next", 9.0),
)  # fmt: skip
CAR_WEIGHTS = (20, 22, 18, 12, 9, 7, 7, 3, 0.6, 1.4)
LAND_KINDS = ("apartment", "house", "land", "garage", "commercial", "other")
LAND_AREAS = ((35, 95), (80, 220), (600, 1500), (18, 30), (40, 180), (20, 60))
LAND_PRICES = (1.0, 0.75, 0.02, 0.35, 1.3, 0.4)
"""Price of a square metre of each kind, of an apartment's."""
METRE = 230_000
"""Tenge for a square metre of an apartment in 2020; dearer in the two great cities."""
DEAR_REGIONS, DEAR = ("KZ-71", "KZ-75"), 1.8
BASES = ("purchase", "gift", "inheritance", "privatisation", "construction")
VALUABLES = (
    ("jewellery", "Алтын әшекейлер"), ("art", "Кескіндеме"), ("collection", "Монеталар жинағы"), ("rights", "Кітапқа авторлық құқық"),
    ("arms", "Аңшы мылтығы"),
)  # fmt: skip
EXPENSES = (
    ("education", "Баланың университеттегі оқуы"), ("health", "Емделу"), ("travel", "Отбасылық саяхат"),
    ("interest", "Несие бойынша сыйақы"), ("lease", "Пәтер жалдау"),
)  # fmt: skip
ISSUERS = (("«Ұлттық энергия» АҚ", "share"), ("Қаржы министрлігі", "bond"), ("«Тұрақты табыс» қоры", "fund"))
ISINS = ("KZ1C00008002", "KZK200000810", "KZPF00000827")
"""Numbers of the securities of each issuer, of the form of ISO 6166; invented."""
CRYPTO = (("BTC", 0.02), ("ETH", 0.5), ("USDT", 2500.0))
CRYPTO_PLATFORMS = ("Astana Digital Exchange", "Жеке әмиян")
OUTSIDE = (("Экономика университеті", "Доцент"), ("Заң академиясы", "Дәріскер"), ("Спорт федерациясы", "Кеңес мүшесі"))
SOURCE = "Sample country"
