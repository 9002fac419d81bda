/*
id: year_before
meaning: >
  Each leading declaration beside that of the year before: how much money was there when the year began. Null when the
  declaration of the year before is in another currency.
key: declaration_id
columns:
  money_before:
    title: {kk: Алдыңғы жыл соңындағы ақша, ru: Деньги на конец предыдущего года, en: Money at the end of the year before}
    meaning:
      kk: Қолма-қол ақша мен шоттардағы ақша, алдыңғы декларация бойынша.
      ru: Наличные и деньги на счетах по предыдущей декларации.
      en: Cash and money on accounts, by the declaration of the year before.
tables: {}
steps: [declared_total]
*/
SELECT
    n.declaration_id,
    b.declaration_id AS before_id,
    n.currency,
    b.currency = n.currency AS same_currency,
    CASE WHEN b.currency = n.currency THEN b.money END AS money_before,
    b.no_rate AS no_rate_before,
    b.unknown_money AS unknown_money_before
FROM declared_total n
JOIN declared_total b ON b.person_id = n.person_id AND b.year = n.year - 1
