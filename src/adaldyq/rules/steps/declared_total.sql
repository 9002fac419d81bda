/*
id: declared_total
meaning: >
  Every leading declaration with its sums of earnings, worth and outlay, zero where nothing was declared. `lacks_income`:
  it is on the form without income, and states none. `no_rate`: some row of it is in a currency without a rate.
key: declaration_id
columns:
  income:
    title: {kk: Отбасының кірісі, ru: Доход семьи, en: Income of the household}
    meaning:
      kk: Декларацияда көрсетілген отбасының жылдық кірісі, мүлік сатудан түскенін қоса.
      ru: Доход семьи за год по декларации, включая выручку от продажи имущества.
      en: What the declaration states as income of the year, sales of property included.
  income_of_declarant:
    title: {kk: Декларанттың көрсетілген кірісі, ru: Указанный доход декларанта, en: Declared income of the declarant}
    meaning:
      kk: Декларацияда декларанттың өз кірісі деп көрсетілген жылдық сома, мүлік сатудан түскенін қоспағанда.
      ru: Сумма за год, указанная в декларации как доход самого декларанта, без выручки от продажи имущества.
      en: What the declaration states as the declarant's own income of the year, without sales of property.
  sales_of_declarant:
    title: {kk: Декларанттың сатудан түскені, ru: Продажи декларанта, en: Sales of the declarant}
    meaning:
      kk: Декларацияда декларанттың өзі мүлік сатудан алды деп көрсетілген сома; төлеушілер хабарлаған сатулардан аспайтын бөлігі ғана есептеледі.
      ru: Выручка декларанта от продажи имущества по декларации; учитывается не больше, чем сообщили плательщики о продажах.
      en: What the declaration states that the declarant got for sold property; it counts up to the sales that payers reported.
  sales:
    title: {kk: Оның ішінде сатудан, ru: В том числе от продаж, en: Of which from sales}
    meaning:
      kk: Кірістің мүлік сатудан түскен бөлігі.
      ru: Часть дохода, полученная от продажи имущества.
      en: The part of the income that came from selling property.
  gifts:
    title: {kk: Сыйлықтар, ru: Подарки, en: Gifts}
    meaning:
      kk: Отбасы жыл ішінде алған сыйлықтардың құны.
      ru: Стоимость подарков, полученных семьёй за год.
      en: Worth of the gifts that the household received in the year.
  cash:
    title: {kk: Жыл соңындағы қолма-қол ақша, ru: Наличные на конец года, en: Cash at the end of the year}
    meaning:
      kk: Отбасының барлық валютадағы қолма-қол ақшасы, жыл соңындағы бағаммен.
      ru: Наличные семьи во всех валютах по курсу на конец года.
      en: Cash of the household in all currencies, at the rates of the year's end.
  money:
    title: {kk: Жыл соңындағы барлық ақша, ru: Все деньги на конец года, en: All money at the end of the year}
    meaning:
      kk: Отбасының қолма-қол ақшасы мен шоттардағы ақшасы, жыл соңындағы бағаммен.
      ru: Наличные семьи и деньги на счетах по курсу на конец года.
      en: Cash of the household and money on accounts, at the rates of the year's end.
  net:
    title: {kk: Жыл соңындағы таза мүлік, ru: Чистое имущество на конец года, en: Net wealth at the end of the year}
    meaning:
      kk: Барлық мүлік пен ақша, қарыздарды алып тастағанда.
      ru: Всё имущество и деньги за вычетом долгов.
      en: All property and money less debts.
  purchases:
    title: {kk: Жыл ішіндегі сатып алулар, ru: Покупки за год, en: Purchases of the year}
    meaning:
      kk: Отбасы жыл ішінде сатып алғанының бағасы.
      ru: Цена того, что семья купила за год.
      en: Price of what the household bought in the year.
  new_debts:
    title: {kk: Жаңа қарыздар, ru: Новые долги, en: New debts}
    meaning:
      kk: Жыл ішінде алынған, декларацияда көрсетілген қарыздар.
      ru: Займы, взятые за год и указанные в декларации.
      en: Debts of the declaration that began in the year.
tables: {}
steps: [current_declaration, declared_earning, declared_worth, declared_outlay]
*/
SELECT
    d.id AS declaration_id,
    d.person_id,
    d.year,
    d.year_end,
    d.country,
    d.currency,
    d.body_id,
    d.index_unit,
    coalesce(d.form, 'income') = 'assets' AND coalesce(e.income, 0) = 0 AS lacks_income,
    coalesce(e.income, 0) AS income,
    coalesce(e.income_of_declarant, 0) AS income_of_declarant,
    coalesce(e.sales_of_declarant, 0) AS sales_of_declarant,
    coalesce(e.sales, 0) AS sales,
    coalesce(e.gifts, 0) AS gifts,
    coalesce(w.cash, 0) AS cash,
    coalesce(w.money, 0) AS money,
    coalesce(w.net, 0) AS net,
    coalesce(o.purchases, 0) AS purchases,
    coalesce(o.new_debts, 0) AS new_debts,
    coalesce(e.no_rate, false) OR coalesce(w.no_rate, false) OR coalesce(o.no_rate, false) AS no_rate,
    coalesce(e.unknown_income, false) AS unknown_income,
    coalesce(w.unknown_cash, false) AS unknown_cash,
    coalesce(w.unknown_money, false) AS unknown_money
FROM current_declaration d
LEFT JOIN declared_earning e ON e.declaration_id = d.id
LEFT JOIN declared_worth w ON w.declaration_id = d.id
LEFT JOIN declared_outlay o ON o.declaration_id = d.id
WHERE d.leads
