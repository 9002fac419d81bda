/*
id: declarations.suspected-reading-error
kind: quality
severity: low
title:
  kk: Дереккөзде теру немесе оқу қатесі болуы мүмкін
  ru: В источнике возможна опечатка или ошибка чтения
  en: The source may hold a typing or reading error
explanation:
  kk: >-
    Импорт кезінде бұл жолда мүмкін емес күн, ақылға сыймайтын сома немесе жылжыған үтір байқалды. Қорытынды жасамас бұрын
    жолды түпнұсқамен салыстыру қажет.
  ru: >-
    При загрузке в этой строке замечена невозможная дата, немыслимая сумма или сдвинутая запятая. Прежде чем делать выводы,
    строку нужно сверить с подлинником.
  en: >-
    When the collection was read in, this row showed an impossible date, an absurd sum or a slipped decimal point. It must be
    compared with the original before anything is concluded from it.
basis:
  - kk: "Тексеру әдісі: оқу қатесі декларанттың кінәсі емес, сондықтан сұрақтардан бөлек белгіленеді"
    ru: "Метод проверки: ошибка чтения не вина декларанта и отмечается отдельно от вопросов к нему"
    en: "Method of verification: a reading error is not the declarant's fault and is kept apart from questions to the declarant"
innocent:
  - kk: Құжатты бағдарлама немесе сканер қате оқыған.
    ru: Документ неверно прочли программа или сканер.
    en: A program or a scanner misread the document.
  - kk: Декларант теру кезінде қателескен және оны түзетуге дайын.
    ru: Декларант опечатался и готов исправить.
    en: The declarant mistyped and will correct it.
tables:
  declaration: [id, person_id]
  source_note: [id, declaration_id, kind]
unit: {kk: декларация, ru: декларация, en: declaration}
checked: |
  SELECT id AS unit_id, CASE WHEN person_id IS NULL THEN 'no-declaration' END AS reason
  FROM declaration
  UNION ALL
  SELECT n.id, 'no-declaration'
  FROM source_note n
  LEFT JOIN declaration d ON d.id = n.declaration_id
  WHERE d.id IS NULL
reasons:
  no-declaration:
    kk: белгінің қай декларацияға қатысты екені белгісіз
    ru: неизвестно, к какой декларации относится пометка
    en: it is not known which declaration the note is about
fires_on:
  - case:
      kk: Үтірі жылжыған сома
      ru: Сумма со сдвинутой запятой
      en: A sum with a slipped decimal point
    tables:
      declaration: |
        id | person_id | year | is_current | currency
        D1 | P1        | 2024 | true       | PLN
      source_note: |
        id | declaration_id | table_name       | row_id | kind         | detail
        N1 | D1             | declared_account | A1     | decimal-slip | 1.234.56
    expect: |
      subject_id | object_id | amount | since      | evidence
      P1         | N1        |        | 2024-12-31 | declared_account/A1 source_note/N1
  - case:
      kk: Жолы көрсетілмеген белгі; жылы белгісіз декларация
      ru: Пометка без строки; декларация без года
      en: A note without a row; a declaration without a year
    tables:
      declaration: |
        id | person_id | year
        D1 | P1        |
      source_note: |
        id | declaration_id | kind
        N1 | D1             | impossible-date
    expect: |
      subject_id | object_id | since | evidence
      P1         | N1        |       | source_note/N1
silent_on:
  - case:
      kk: Белгі жоқ
      ru: Пометок нет
      en: No note
    tables:
      declaration: |
        id | person_id | year | is_current
        D1 | P1        | 2024 | true
  - case:
      kk: Белгі белгісіз декларацияға қатысты
      ru: Пометка к неизвестной декларации
      en: A note about an unknown declaration
    tables:
      source_note: |
        id | declaration_id | kind
        N1 | D9             | absurd-sum
*/
SELECT
    d.person_id AS subject_id,
    n.id AS object_id,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS VARCHAR) AS currency,
    CASE WHEN d.year BETWEEN 1900 AND 2200 THEN make_date(d.year, 12, 31) END AS since,
    CASE
        WHEN n.table_name IS NULL OR n.row_id IS NULL THEN ['source_note/' || n.id]
        ELSE [n.table_name || '/' || n.row_id, 'source_note/' || n.id]
    END AS evidence
FROM source_note n
JOIN declaration d ON d.id = n.declaration_id
