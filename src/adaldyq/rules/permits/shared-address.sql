/*
id: permits.shared-address
kind: flag
severity: low
subject: body
title:
  kk: Бір мекенжайда көп иенің лицензиясы
  ru: Лицензии многих держателей по одному адресу
  en: Licences of many holders at one address
explanation:
  kk: >-
    Бір мекенжайда бір рұқсат бойынша бірнеше түрлі иенің жарамды лицензиясы бар. Орган үй-жайдың шынымен тексерілгенін
    түсіндіруі қажет.
  ru: >-
    По одному адресу действуют лицензии одного вида у нескольких разных держателей. Орган должен пояснить, проверялись
    ли помещения.
  en: >-
    At one address several holders have valid licences of one kind. The body owes an explanation whether the premises
    were looked at.
basis:
  - kk: Біріккен Ұлттар Ұйымының Сыбайлас жемқорлыққа қарсы конвенциясы, 12-бап, 2-тармақ, d тармақшасы (лицензия беру рәсімдерін теріс пайдаланудың алдын алу)
    ru: Конвенция ООН против коррупции, статья 12, пункт 2, подпункт d (предупреждение злоупотребления процедурами выдачи лицензий)
    en: UN Convention against Corruption, article 12, paragraph 2 (d) (preventing the misuse of procedures of licensing)
  - kk: «Сыбайлас жемқорлыққа қарсы іс-қимыл туралы» Қазақстан Республикасының 2015 жылғы 18 қарашадағы № 410-V Заңы, 8-бап (сыбайлас жемқорлық тәуекелдерін талдау)
    ru: Закон Республики Казахстан от 18 ноября 2015 года № 410-V «О противодействии коррупции», статья 8 (анализ коррупционных рисков)
    en: Law of the Republic of Kazakhstan of 18 November 2015 No. 410-V “On Combating Corruption”, article 8 (analysis of corruption risks)
innocent:
  - kk: Бизнес-орталық, сауда үйі немесе базар.
    ru: Деловой центр, торговый дом или рынок.
    en: A business centre, a mall or a market.
  - kk: Бір топтың компаниялары бір ғимаратта жұмыс істейді.
    ru: Компании одной группы работают в одном здании.
    en: Companies of one group work in one building.
  - kk: Мекенжай пәтер нөмірінсіз жазылған.
    ru: Адрес записан без номера помещения.
    en: The address was written without the number of the room.
parameters:
  - name: least
    value: 4
    unit: {kk: ие, ru: держателей, en: holders}
    meaning:
      kk: Бір мекенжайда кемінде осынша ие
      ru: Держателей по адресу не меньше
      en: At least so many holders at the address
tables:
  permit_licence: [id, body_id, entry_id, address, state, issued_date]
optional:
  permit_entry: []
unit: {kk: жарамды лицензия, ru: действующая лицензия, en: valid licence}
checked: |
  SELECT id AS unit_id, CASE WHEN coalesce(address, '') = '' THEN 'no-address' END AS reason
  FROM permit_licence
  WHERE state = 'valid'
reasons:
  no-address: {kk: мекенжайы белгісіз, ru: адрес неизвестен, en: the address is not known}
fires_on:
  - case:
      kk: Төрт компания бір мекенжайда
      ru: Четыре компании по одному адресу
      en: Four companies at one address
    tables:
      permit_licence: |
        id | body_id | entry_id | company_id | address | state | issued_date
        L1 | B1      | E1       | C1         | Abay 52 | valid | 2026-03-01
        L2 | B1      | E1       | C2         | Abay 52 | valid | 2026-03-02
        L3 | B1      | E1       | C3         | Abay 52 | valid | 2026-03-03
        L4 | B1      | E1       | C4         | Abay 52 | valid | 2026-03-04
      permit_entry: |
        id | number
        E1 | L-001
    expect: |
      subject_id | object_id      | since      | evidence
      B1         | L-001: Abay 52 | 2026-03-04 | permit_licence/L1 permit_licence/L2 permit_licence/L3 permit_licence/L4
  - case:
      kk: Мекенжай әртүрлі әріппен жазылған
      ru: Адрес записан разными буквами
      en: The address is written in different case
    tables:
      permit_licence: |
        id | body_id | entry_id | company_id | address | state | issued_date
        L1 | B1      | E1       | C1         | ABAY 52 | valid | 2026-03-01
        L2 | B1      | E1       | C2         | Abay 52 | valid | 2026-03-02
        L3 | B1      | E1       | C3         | ABAY 52 | valid | 2026-03-03
        L4 | B1      | E1       | C4         | Abay 52 | valid | 2026-03-04
    expect: |
      subject_id | object_id
      B1         | E1: ABAY 52
silent_on:
  - case:
      kk: Үш компания; бір компанияның төрт лицензиясы
      ru: Три компании; четыре лицензии одной компании
      en: Three companies; four licences of one company
    tables:
      permit_licence: |
        id | body_id | entry_id | company_id | address | state | issued_date
        L1 | B1      | E1       | C1         | Abay 52 | valid | 2026-03-01
        L2 | B1      | E1       | C2         | Abay 52 | valid | 2026-03-02
        L3 | B1      | E1       | C3         | Abay 52 | valid | 2026-03-03
        M1 | B1      | E1       | C9         | Abay 7  | valid | 2026-03-01
        M2 | B1      | E1       | C9         | Abay 7  | valid | 2026-03-02
        M3 | B1      | E1       | C9         | Abay 7  | valid | 2026-03-03
        M4 | B1      | E1       | C9         | Abay 7  | valid | 2026-03-04
  - case:
      kk: Мерзімі өткен лицензиялар; мекенжайсыз
      ru: Истёкшие лицензии; без адреса
      en: Expired licences; without an address
    tables:
      permit_licence: |
        id | body_id | entry_id | company_id | address | state   | issued_date
        L1 | B1      | E1       | C1         | Abay 52 | expired | 2020-03-01
        L2 | B1      | E1       | C2         | Abay 52 | expired | 2020-03-02
        L3 | B1      | E1       | C3         | Abay 52 | expired | 2020-03-03
        L4 | B1      | E1       | C4         | Abay 52 | expired | 2020-03-04
        M1 | B1      | E1       | D1         |         | valid   | 2026-03-01
        M2 | B1      | E1       | D2         |         | valid   | 2026-03-02
        M3 | B1      | E1       | D3         |         | valid   | 2026-03-03
        M4 | B1      | E1       | D4         |         | valid   | 2026-03-04
*/
WITH placed AS (
    SELECT
        l.id,
        l.body_id,
        coalesce(e.number, l.entry_id) AS entry,
        substring(trim(l.address), 1, 80) AS place,
        coalesce(l.company_id, l.person_id) AS holder_id,
        l.issued_date
    FROM permit_licence l
    LEFT JOIN permit_entry e ON e.id = l.entry_id
    WHERE l.state = 'valid' AND coalesce(l.address, '') <> ''
)
SELECT
    body_id AS subject_id,
    concat(entry, ': ', min(place)) AS object_id,
    NULL AS amount,
    NULL AS currency,
    max(issued_date) AS since,
    list_sort(array_agg('permit_licence/' || id)) AS evidence
FROM placed
GROUP BY body_id, entry, lower(place)
HAVING count(DISTINCT holder_id) >= $least
