/*
id: permits.sent-back-to-the-draw
kind: flag
severity: medium
title:
  kk: Қызметкер өтінімдерді қайта жеребеге жиі жіберген
  ru: Сотрудник часто возвращал заявления на новую жеребьёвку
  en: Officer sent applications back to the draw often
explanation:
  kk: >-
    Жеребе кімге түскенін ешкім таңдамауы керек. Бұл қызметкер бірнеше өтінімді жеребеден кейін қайта жеребеге жіберген,
    не бір өтінім қайта-қайта жіберілген. Себебін түсіндіру қажет.
  ru: >-
    Кому достанется заявление, не выбирает никто. Этот сотрудник уже после жребия не раз отправлял заявления на новый.
    Нужно пояснить причину.
  en: >-
    Nobody is to choose whom the lot falls on. After the draw this officer more than once sent applications to another
    one. It needs an explanation.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 15-бап (мүдделер қақтығысын болғызбау және реттеу)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 15 (предотвращение и разрешение конфликта интересов)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 15 (preventing and settling conflicts of interest)
innocent:
  - kk: Жеребе түскен қызметкер жұмыстан шыққан немесе ұзақ демалыста.
    ru: Тот, кому выпал жребий, уволился или надолго отсутствует.
    en: Whoever was drawn has left or is away for long.
  - kk: Мүдделер қақтығысы кейін анықталған.
    ru: Конфликт интересов выяснился позднее.
    en: A conflict of interest came out later.
  - kk: Орган бөлімдерін қайта құрған.
    ru: Орган перестраивал отделы.
    en: The body reorganised its units.
parameters:
  - name: least
    value: 3
    unit: {kk: рет, ru: раза, en: times}
    meaning:
      kk: Кемінде осынша рет
      ru: Не меньше
      en: At least so often
tables:
  permit_application: [id, body_id]
  permit_application_event: [id, application_id, happened, account_id, day]
optional:
  account: []
unit: {kk: қайта жіберу, ru: возврат на жеребьёвку, en: return to the draw}
checked: |
  SELECT e.id AS unit_id, CASE WHEN a.person_id IS NULL THEN 'officer-unknown' END AS reason
  FROM permit_application_event e
  LEFT JOIN account a ON a.id = e.account_id
  WHERE e.happened = 'redrawn'
reasons:
  officer-unknown: {kk: қызметкердің кім екені белгісіз, ru: "неизвестно, кто за учётной записью", en: it is not known whose account it is}
fires_on:
  - case:
      kk: Үш өтінім қайта жіберілген
      ru: Три заявления отправлены на новый жребий
      en: Three applications went to another draw
    tables:
      permit_application: |
        id | body_id
        A1 | B1
        A2 | B1
        A3 | B1
      account: |
        id | person_id
        U1 | P1
      permit_application_event: |
        id | application_id | happened | account_id | day        | hour | working
        V1 | A1             | redrawn  | U1         | 2026-02-10 | 11   | true
        V2 | A2             | redrawn  | U1         | 2026-02-12 | 11   | true
        V3 | A3             | redrawn  | U1         | 2026-02-13 | 11   | true
    expect: |
      subject_id | object_id | since      | evidence
      P1         | B1        | 2026-02-10 | permit_application_event/V1 permit_application_event/V2 permit_application_event/V3
  - case:
      kk: Бір өтінім үш рет
      ru: Одно заявление трижды
      en: One application three times
    tables:
      permit_application: |
        id | body_id
        A1 | B1
      account: |
        id | person_id
        U1 | P1
      permit_application_event: |
        id | application_id | happened | account_id | day        | hour | working
        V1 | A1             | redrawn  | U1         | 2026-02-10 | 11   | true
        V2 | A1             | redrawn  | U1         | 2026-02-12 | 11   | true
        V3 | A1             | redrawn  | U1         | 2026-02-13 | 11   | true
    expect: |
      subject_id | object_id
      P1         | B1
silent_on:
  - case:
      kk: Екі рет қана
      ru: Только дважды
      en: Twice only
    tables:
      permit_application: |
        id | body_id
        A1 | B1
      account: |
        id | person_id
        U1 | P1
      permit_application_event: |
        id | application_id | happened | account_id | day        | hour | working
        V1 | A1             | redrawn  | U1         | 2026-02-10 | 11   | true
        V2 | A1             | redrawn  | U1         | 2026-02-12 | 11   | true
  - case:
      kk: Үш рет үш түрлі адам; жеребенің өзі
      ru: Трижды трое разных людей; сам жребий
      en: Three times by three people; the draw itself
    tables:
      permit_application: |
        id | body_id
        A1 | B1
      account: |
        id | person_id
        U1 | P1
        U2 | P2
        U3 | P3
      permit_application_event: |
        id | application_id | happened | account_id | day        | hour | working
        V1 | A1             | redrawn  | U1         | 2026-02-10 | 11   | true
        V2 | A1             | redrawn  | U2         | 2026-02-12 | 11   | true
        V3 | A1             | redrawn  | U3         | 2026-02-13 | 11   | true
        V4 | A1             | assigned |            | 2026-02-13 | 12   | true
        V5 | A1             | assigned |            | 2026-02-14 | 12   | true
        V6 | A1             | assigned |            | 2026-02-15 | 12   | true
*/
SELECT
    a.person_id AS subject_id,
    p.body_id AS object_id,
    NULL AS amount,
    NULL AS currency,
    min(e.day) AS since,
    list_sort(array_agg('permit_application_event/' || e.id)) AS evidence
FROM permit_application_event e
JOIN account a ON a.id = e.account_id
JOIN permit_application p ON p.id = e.application_id
WHERE e.happened = 'redrawn'
GROUP BY a.person_id, p.body_id
HAVING count(*) >= $least
