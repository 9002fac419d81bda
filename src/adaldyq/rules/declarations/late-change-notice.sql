/*
id: declarations.late-change-notice
kind: flag
severity: low
title:
  kk: Елеулі өзгеріс туралы хабарлама кешіккен
  ru: Уведомление о существенном изменении опоздало
  en: A notice of a significant change came late
explanation:
  kk: >-
    Мүліктің елеулі өзгерісі туралы хабарлама заңда берілген күн санынан кейін тапсырылған. Неге кешіккенін түсіндіру қажет.
    Мұндай хабарламасы жоқ елдерде қағида ештеңе сұрамайды.
  ru: >-
    Уведомление о существенном изменении имущества подано позже, чем даёт закон. Нужно пояснить причину. Там, где таких
    уведомлений нет, правило ни о чём не спрашивает.
  en: >-
    A notice of a significant change of property was filed later than the law allows. It needs an explanation why. Where there
    are no such notices the rule asks nothing.
basis:
  - kk: "Украинаның «Сыбайлас жемқорлықтың алдын алу туралы» 2014 жылғы 14 қазандағы № 1700-VII Заңы, 52-бап"
    ru: "Закон Украины от 14 октября 2014 года № 1700-VII «О предотвращении коррупции», статья 52"
    en: "Law of Ukraine of 14 October 2014 No. 1700-VII “On Prevention of Corruption”, article 52"
  - kk: Украинаның азаматтық талдаушыларының жарияланған шегі (dragnet, change_form_red_flags.es6)
    ru: Опубликованный порог гражданских аналитиков Украины (dragnet, change_form_red_flags.es6)
    en: Published threshold of Ukraine's civic analysts (dragnet, change_form_red_flags.es6)
innocent:
  - kk: Хабарламада бұрынғы мүлік де қайталанып жазылған, оның күні ескі.
    ru: В уведомлении повторено и прежнее имущество со старой датой.
    en: The notice repeats property of before, whose date is old.
  - kk: Құқық кейін тіркелген, ал декларант шарттың күнін жазған.
    ru: Право зарегистрировано позже, а декларант записал день договора.
    en: The right was registered later, and the declarant wrote the day of the contract.
  - kk: Тіркелімнің жүйесі сол күндері жұмыс істемеген.
    ru: Система реестра в те дни не работала.
    en: The register's system was out of order in those days.
parameters:
  - name: days
    threshold: change_notice
    unit: {kk: күн, ru: дней, en: days}
    meaning:
      kk: Өзгеріс болған күннен бастап хабарлауға берілген мерзім
      ru: Срок, который даётся на уведомление со дня изменения
      en: Days from the change within which it must be notified
tables:
  declaration: [id, person_id, form, filed_date]
  declared_real_estate: [row_id, declaration_id, acquired_date]
optional:
  declared_vehicle: []
  declared_valuable: []
  declared_gift: []
unit: {kk: хабарлама, ru: уведомление, en: notice}
checked: |
  WITH changed AS (
      SELECT 'declared_real_estate/' || row_id AS row_name, declaration_id, acquired_date AS day, price AS worth, currency
      FROM declared_real_estate
      UNION ALL
      SELECT 'declared_vehicle/' || row_id, declaration_id, acquired_date, price, currency FROM declared_vehicle
      UNION ALL
      SELECT 'declared_valuable/' || row_id, declaration_id, acquired_date, value, currency FROM declared_valuable
      UNION ALL
      SELECT 'declared_gift/' || row_id, declaration_id, received_date, value, currency FROM declared_gift
  )
  SELECT
      d.id AS unit_id,
      CASE WHEN min(d.filed_date) IS NULL THEN 'no-filing-day' WHEN count(c.day) = 0 THEN 'no-date' END AS reason
  FROM declaration d
  LEFT JOIN changed c ON c.declaration_id = d.id
  WHERE d.form = 'change'
  GROUP BY d.id
reasons:
  no-filing-day: {kk: тапсырылған күні белгісіз, ru: день подачи неизвестен, en: the day of filing is not known}
  no-date: {kk: өзгерістің күні көрсетілмеген, ru: день изменения не указан, en: the day of the change is not stated}
fires_on:
  - case:
      kk: Көлік он бірінші күні хабарланған
      ru: О машине сообщено на одиннадцатый день
      en: A car was notified on the eleventh day
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | currency
        D1 | P1        | change | 2024 | 1       | false      | 2024-05-12 | UAH
      declared_vehicle: |
        row_id | declaration_id | acquired_date | price  | currency
        V1     | D1             | 2024-05-01    | 900000 | UAH
    expect: |
      subject_id | object_id | amount    | currency | since      | evidence
      P1         | D1        | 900000.00 | UAH      | 2024-05-01 | declaration/D1 declared_vehicle/V1
  - case:
      kk: Екі зат, бірі мерзімінде
      ru: Две вещи, одна в срок
      en: Two things, one of them in time
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | currency
        D1 | P1        | change | 2024 | 1       | false      | 2024-06-30 | UAH
      declared_real_estate: |
        row_id | declaration_id | acquired_date | price | currency
        R1     | D1             | 2024-06-25    | 5     | UAH
      declared_gift: |
        row_id | declaration_id | received_date | value  | currency
        G1     | D1             | 2024-01-25    | 100000 | UAH
    expect: |
      subject_id | object_id | amount    | evidence
      P1         | D1        | 100000.00 | declaration/D1 declared_gift/G1
silent_on:
  - case:
      kk: Дәл оныншы күні; жылдық декларация
      ru: Ровно на десятый день; годовая декларация
      en: On the tenth day exactly; a yearly declaration
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | currency
        D1 | P1        | change | 2024 | 1       | false      | 2024-05-11 | UAH
        D2 | P1        | income | 2023 | 1       | true       | 2024-05-11 | UAH
      declared_vehicle: |
        row_id | declaration_id | acquired_date
        V1     | D1             | 2024-05-01
        V2     | D2             | 2023-05-01
  - case:
      kk: Өзгерістің не тапсырудың күні белгісіз
      ru: День изменения или подачи неизвестен
      en: The day of the change, or of the filing, is unknown
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | filed_date | currency
        D1 | P1        | change | 2024 | 1       | false      | 2024-05-11 | UAH
        D2 | P1        | change | 2024 | 1       | false      |            | UAH
      declared_real_estate: |
        row_id | declaration_id | acquired_date
        R1     | D1             |
        R2     | D2             | 2023-05-01
*/
WITH changed AS (
    SELECT 'declared_real_estate/' || row_id AS row_name, declaration_id, acquired_date AS day, price AS worth, currency
    FROM declared_real_estate
    UNION ALL
    SELECT 'declared_vehicle/' || row_id, declaration_id, acquired_date, price, currency FROM declared_vehicle
    UNION ALL
    SELECT 'declared_valuable/' || row_id, declaration_id, acquired_date, value, currency FROM declared_valuable
    UNION ALL
    SELECT 'declared_gift/' || row_id, declaration_id, received_date, value, currency FROM declared_gift
),
late AS (
    SELECT d.id AS declaration_id, d.person_id, c.row_name, c.day, c.worth, c.currency
    FROM declaration d
    JOIN changed c ON c.declaration_id = d.id
    WHERE d.form = 'change' AND date_diff('day', c.day, d.filed_date) > $days
)
SELECT
    person_id AS subject_id,
    declaration_id AS object_id,
    CASE WHEN min(currency) = max(currency) THEN sum(worth) END AS amount,
    CASE WHEN min(currency) = max(currency) AND sum(worth) IS NOT NULL THEN min(currency) END AS currency,
    min(day) AS since,
    list_concat(['declaration/' || declaration_id], list_sort(array_agg(row_name))) AS evidence
FROM late
GROUP BY person_id, declaration_id
