/*
id: declarations.gift-above-limit
kind: flag
severity: medium
title:
  kk: Бір адамнан алынған сыйлықтар шектен асады
  ru: Подарки от одного дарителя превышают предел
  en: Gifts from one giver exceed the limit
explanation:
  kk: >-
    Бір жылда бір сыйлаушыдан алынған сыйлықтардың құны әдеттегі сыйлықтан әлдеқайда көп, ал сыйлаушы декларант пен
    жұбайының жақын туысы емес.
    Сыйлықтың не үшін берілгенін және декларанттың қызметімен байланысты-байланысты емесін түсіндіру қажет.
  ru: >-
    Стоимость подарков за год от одного дарителя намного больше обычного подарка, и даритель не близкий родственник
    декларанта или супруга. Нужно пояснить, за что сделан подарок и не связан ли он со службой декларанта.
  en: >-
    Gifts of one year from one giver are worth far more than an ordinary gift, and the giver is not a close relative of
    the declarant or the spouse. It needs an explanation what the gift was for and whether it has to do with the declarant's office.
basis:
  - kk: БҰҰ-ның Сыбайлас жемқорлыққа қарсы конвенциясы, 8-баптың 5-тармағы (елеулі сыйлықтар)
    ru: Конвенция ООН против коррупции, пункт 5 статьи 8 (существенные подарки)
    en: United Nations Convention against Corruption, article 8, paragraph 5 (substantial gifts)
  - kk: Қазақстан Республикасының Азаматтық кодексі (Ерекше бөлім), 509-бап (сыйға тартуға тыйым салу; әдеттегі сыйлықтар)
    ru: Гражданский кодекс Республики Казахстан (Особенная часть), статья 509 (запрещение дарения; обычные подарки)
    en: Civil Code of the Republic of Kazakhstan (Special Part), article 509 (prohibited gifts; ordinary gifts)
  - kk: >-
      Тексеру әдісі: сыйлықтардың заңдағы шегі мен олар туралы сұрала бастайтын шек ел бумасынан алынады, екеуінің жоғарырағы
      қолданылады; соңғысы тек айқын жағдайларды бөліп алады және заңның шегі емес
    ru: >-
      Метод проверки: предел закона для подарков и порог, с которого о них спрашивают, берутся из пакета страны, и действует
      более высокий из двух; порог лишь отбирает явные случаи и пределом закона не является
    en: >-
      Method of verification: the law's limit of gifts and the threshold from which they are asked about come from the
      country pack, and the higher of the two holds; the threshold only picks out clear cases and is no limit of the law
innocent:
  - kk: Сыйлаушы — тіркелімде байланысы жазылмаған туыс.
    ru: Даритель — родственник, родство с которым не записано в реестре.
    en: The giver is a relative whose tie the register does not hold.
  - kk: Үйлену тойында көп қонақтың сыйлығын бір адам атынан көрсеткен.
    ru: Свадебные подарки многих гостей записаны на одного человека.
    en: Wedding gifts of many guests were put under one name.
  - kk: Ресми сыйлық белгіленген тәртіппен тапсырылған.
    ru: Официальный подарок сдан в установленном порядке.
    en: An official gift was handed over as the rules ask.
parameters:
  - name: limit
    threshold: gift_limit
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Заң бойынша бұдан қымбат сыйлықты алуға болмайды; осы шекке дейінгі сыйлық ешқашан сұралмайды
      ru: Подарок дороже закон принимать не позволяет; о подарках до этого предела никогда не спрашивают
      en: The law does not let a gift worth more be accepted; gifts up to this are never asked about
  - name: asked
    threshold: gift_asked
    unit: {kk: айлық есептік көрсеткіш, ru: месячных расчётных показателей, en: units of the index}
    meaning:
      kk: Бір сыйлаушыдан бір жылда алынған сыйлықтар осыдан асса сұралады; әдістің саны, заңның шегі емес
      ru: Спрашивают, если подарки за год от одного дарителя больше; число метода, это не предел закона
      en: Asked about when a year's gifts from one giver are more; a number of the method, not a limit of the law
tables:
  declaration: [id, person_id, year, is_current, currency]
  declared_gift: [row_id, declaration_id, value, currency]
  exchange_rate: []
  index_value: []
steps: [close_relative, conversion_rate, current_declaration, household, named_party]
compared:
  named_party: [namesakes]
unit: {kk: сыйлық, ru: подарок, en: gift}
checked: |
  SELECT
      g.row_id AS unit_id,
      CASE
          WHEN g.value IS NULL THEN 'no-value'
          WHEN g.giver_id IS NULL AND g.giver IS NULL AND g.number IS NULL THEN 'no-giver'
          WHEN d.index_unit IS NULL THEN 'no-index'
          WHEN r.rate IS NULL THEN 'no-rate'
      END AS reason
  FROM declared_gift g
  JOIN current_declaration d ON d.id = g.declaration_id
  LEFT JOIN conversion_rate r ON r.currency = g.currency AND r.quote_currency = d.currency AND r.year = d.year
  WHERE d.leads AND coalesce(g.owner, 'declarant') <> 'other'
reasons:
  no-value: {kk: сыйлықтың құны көрсетілмеген, ru: стоимость подарка не указана, en: the gift stands without its value}
  no-giver: {kk: сыйлаушы көрсетілмеген, ru: даритель не указан, en: the giver is not named}
  no-index:
    kk: бұл жыл мен валюта үшін көрсеткіш белгісіз
    ru: показатель за этот год и в этой валюте неизвестен
    en: the index is not known for the year and currency
  no-rate:
    kk: валютаның сол жылғы бағамы белгісіз
    ru: неизвестен курс валюты за этот год
    en: there is no rate for the currency and year
fires_on:
  - case:
      kk: Бір сыйлаушыдан екі сыйлық бірге шектен асады
      ru: Два подарка одного дарителя вместе превышают предел
      en: Two gifts of one giver exceed the limit together
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_gift: |
        row_id | declaration_id | owner     | giver        | giver_id | value  | currency
        G1     | D1             | declarant | ЖШС «Көркем» | K1       | 200000 | KZT
        G2     | D1             | spouse    | ЖШС «Көркем» | K1       | 100001 | KZT
    expect: |
      subject_id | object_id | amount    | currency | since      | evidence
      P1         | 2024:K1   | 300001.00 | KZT      | 2024-12-31 | declaration/D1 declared_gift/G1 declared_gift/G2
  - case:
      kk: Нөмірсіз сыйлаушы, доллармен берілген сыйлық
      ru: Даритель без номера, подарок в долларах
      en: A giver without an id, a gift in dollars
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      exchange_rate: |
        id | currency | quote_currency | year | rate
        X1 | USD      | KZT            | 2024 | 500
      declared_gift: |
        row_id | declaration_id | giver       | value | currency
        G1     | D1             | Серік Оспан | 400   | USD
        G2     | D1             | серік оспан | 300   | USD
    expect: |
      subject_id | object_id        | amount
      P1         | 2024:серік оспан | 350000.00
  - case:
      kk: Аты бос орындары әртүрлі жазылған бір сыйлаушы
      ru: Один даритель, имя которого записано с разными пробелами
      en: One giver whose name is spaced differently
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_gift: |
        row_id | declaration_id | giver         | value  | currency
        G1     | D1             | Серік   Оспан | 200000 | KZT
        G2     | D1             | серік оспан   | 200000 | KZT
    expect: |
      subject_id | object_id        | amount    | evidence
      P1         | 2024:серік оспан | 400000.00 | declaration/D1 declared_gift/G1 declared_gift/G2
  - case:
      kk: Нөмірі бойынша танылған сыйлаушы; атауы ғана жазылған компания
      ru: Даритель, определённый по номеру; компания, указанная лишь по названию
      en: A giver told by the number; a company that stands by its name alone
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      company: |
        id | identifier   | name
        K1 | 050340001231 | ЖШС «Көркем»
      declared_gift: |
        row_id | declaration_id | giver        | number       | value  | currency
        G1     | D1             | Көркем       | 050340001231 | 200000 | KZT
        G2     | D1             | ЖШС «Көркем» |              | 200000 | KZT
    expect: |
      subject_id | object_id | amount    | evidence
      P1         | 2024:K1   | 400000.00 | declaration/D1 named_party/G2 declared_gift/G1 declared_gift/G2
silent_on:
  - case:
      kk: Әкесі атымен, енесі нөмірімен жазылған
      ru: Отец указан по имени, мать жены по номеру
      en: The father stands by his name, the wife's mother by her number
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        person_id | relative_id | kind
        P1        | P5          | parent
        P1        | P2          | spouse
        P2        | P6          | parent
      person_name: |
        person_id | text
        P5        | Ахметов Серік
      person_identifier: |
        person_id | value
        P6        | 600101400014
      declared_gift: |
        row_id | declaration_id | giver         | number       | value    | currency
        G1     | D1             | ахметов серік |              | 30000000 | KZT
        G2     | D1             | Енем          | 600101400014 | 30000000 | KZT
  - case:
      kk: Әкесі жеке кәсіпкер ретінде де тіркелген, нөмірі бір
      ru: Отец записан и предпринимателем, под тем же номером
      en: The father is registered as a sole trader too, under the same number
    tables:
      declaration: |
        id | person_id | form   | year | is_current | country | currency
        D1 | P1        | income | 2024 | true       | KZ      | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        person_id | relative_id | kind
        P1        | P5          | parent
      person_identifier: |
        person_id | value
        P5        | 600101400014
      company: |
        id | identifier   | name
        K1 | 600101400014 | ИП Ахметов
      declared_gift: |
        row_id | declaration_id | giver | number       | value    | currency
        G1     | D1             | Әкем  | 600101400014 | 30000000 | KZT
  - case:
      kk: Туыстық тіркелімде тек кері бағытта жазылған
      ru: Родство записано в реестре только в обратную сторону
      en: The register holds the tie only the other way round
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        person_id | relative_id | kind
        P5        | P1          | child
      declared_gift: |
        row_id | declaration_id | giver | giver_id | value    | currency
        G1     | D1             | Әкесі | P5       | 30000000 | KZT
  - case:
      kk: Дәл шекке тең; екі түрлі сыйлаушы
      ru: Ровно на пределе; два разных дарителя
      en: Exactly at the limit; two different givers
    tables:
      declaration: |
        id | person_id | form   | year | is_current | currency
        D1 | P1        | income | 2024 | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      declared_gift: |
        row_id | declaration_id | giver  | value  | currency
        G1     | D1             | Марат  | 300000 | KZT
        G2     | D1             | Болат  | 200000 | KZT
        G3     | D1             | Қанат  | 200000 | KZT
  - case:
      kk: Өз ата-анасы мен жұбайының анасының сыйлығы; ауыстырылған нұсқадағы сыйлық; бағамы жоқ валюта
      ru: Подарок отца и матери супруга; подарок в заменённой версии; валюта без курса
      en: Gifts of a parent and of the spouse's mother; a gift in a replaced version; a currency without a rate
    tables:
      declaration: |
        id | person_id | form   | year | version | is_current | currency
        D1 | P1        | income | 2024 | 1       | false      | KZT
        D2 | P1        | income | 2024 | 2       | true       | KZT
      index_value: |
        id | year | currency | amount
        I1 | 2024 | KZT      | 3000
      family_tie: |
        person_id | relative_id | kind
        P1        | P5          | parent
        P1        | P2          | spouse
        P2        | P6          | parent
      declared_gift: |
        row_id | declaration_id | giver  | giver_id | value    | currency
        G1     | D1             | Марат  | P9       | 30000000 | KZT
        G2     | D2             | Әкесі  | P5       | 30000000 | KZT
        G3     | D2             | Болат  | P8       | 30000000 | XAU
        G4     | D2             | Енесі  | P6       | 30000000 | KZT
*/
WITH from_relative AS (
    SELECT DISTINCT g.row_id
    FROM declared_gift g
    JOIN household h ON h.declaration_id = g.declaration_id AND h.role <> 'child'
    LEFT JOIN named_party n ON n.row_id = g.row_id
    JOIN close_relative t
        ON t.person_id = h.member_id AND t.relative_id = CASE WHEN n.row_id IS NULL THEN g.giver_id ELSE n.party_id END
),
gift AS (
    SELECT
        d.id AS declaration_id,
        d.person_id,
        d.year,
        d.year_end,
        d.currency,
        d.index_unit,
        g.row_id,
        CASE WHEN n.namesakes IS NOT NULL THEN 'named_party/' || n.row_id END AS named,
        coalesce(
            n.party_id,
            CASE WHEN n.row_id IS NULL THEN g.giver_id END,
            left(trim(replace(replace(replace(lower(g.giver), ' ', '<>'), '><', ''), '<>', ' ')), 80)
        ) AS giver,
        CAST(CAST(g.value AS DECIMAL(20, 2)) * r.rate AS DECIMAL(32, 2)) AS worth
    FROM declared_gift g
    JOIN current_declaration d ON d.id = g.declaration_id
    JOIN conversion_rate r ON r.currency = g.currency AND r.quote_currency = d.currency AND r.year = d.year
    LEFT JOIN named_party n ON n.row_id = g.row_id
    ANTI JOIN from_relative f ON f.row_id = g.row_id
    WHERE d.leads AND coalesce(g.owner, 'declarant') <> 'other'
)
SELECT
    person_id AS subject_id,
    CAST(year AS VARCHAR) || ':' || giver AS object_id,
    sum(worth) AS amount,
    min(currency) AS currency,
    min(year_end) AS since,
    list_concat(
        ['declaration/' || min(declaration_id), min(named)], list_sort(array_agg('declared_gift/' || row_id))
    ) AS evidence
FROM gift
WHERE giver IS NOT NULL
GROUP BY person_id, year, giver
HAVING sum(worth) > CAST(greatest($limit, $asked) * min(index_unit) AS DECIMAL(32, 2))
