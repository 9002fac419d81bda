"""Every field of the NACP register's JSON, and where it goes, for both kinds of document.

Keys that are ids of entries (digits, `ignore_me_1`) are written `*` in a path. Beside most fields the source
keeps `…_extendedstatus`, a code that says why the field is empty; those have no place in the tables.
"""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.measures.declarations.adapters.leaves import LOST
from adaldyq.measures.declarations.adapters.nacp_losses import STATUS

ADDRESS = LOST + "address; the register hides most of it"
HIDDEN = LOST + "hidden by the register"
OTHERS = LOST + "about a third person"
OFFICE = LOST + "a code of the register's own lists; post_title has the words"
INSIDE = LOST + "a mark of the register's own form"
EMPTY_SECTION = LOST + "says that nothing is declared in the section"
OWNER = "@owner"


def starting(start: str, names: str, fate: str) -> Mapping[str, str]:
    """Fields that begin in the same way and share a fate."""
    return {f"{start}{name}": fate for name in names.split()}


PLACE = starting(
    "",
    "city cityPath district region postCode ua_apartmentsNum ua_houseNum ua_housePartNum ua_postCode ua_street "
    "ua_streetType loc_engLivingAddress loc_ukrLivingAddress",
    ADDRESS,
)
THIRD = (
    "citizen otherOwnership eng_company_address eng_company_code eng_company_name ua_apartmentsNum ua_birthday ua_city "
    "ua_company_code ua_company_name ua_firstname ua_houseNum ua_housePartNum ua_lastname ua_livingAddressFull "
    "ua_middlename ua_postCode ua_regAddressFull ua_sameRegLivingAddress ua_street ua_streetType ua_taxNumber "
    "ukr_company_address ukr_company_name rights_cityPath seller"
)
RIGHTS = {
    "*.rights.*.ownershipType": "@basis",
    "*.rights.*.rightBelongs": OWNER,
    "*.rights.*.percent-ownership": "@share",
    "*.rights.*.rights_id": INSIDE,
    **starting("*.rights.*.", THIRD, OTHERS),
}
OWNERS = {
    **RIGHTS,
    "*.rights.*.ownershipType": OWNER,
    "*.rights.*.percent-ownership": LOST + "share of the owner: no column",
}
SOURCES = starting(
    "*.sources[].",
    "incomeSource otherIncomeSource sourceType source_id ua_birthday ua_company_code ua_company_name ua_firstname "
    "ua_lastname ua_livingAddressFull ua_middlename ua_regAddressFull ua_sameRegLivingAddress ua_taxNumber",
    OTHERS,
)
ENTRIES = {
    "empty": EMPTY_SECTION,
    "*.iteration": INSIDE,
    "*.person": OWNER,
    "*.person.*.person": OWNER,
    "*.persons": INSIDE,
    "*.person_who_care[].person": LOST + "the same as person",
}


def party(start: str, *columns: str) -> Mapping[str, str]:
    """Fields that name the other side of an income, debt or deposit."""
    named = (
        "ua_company_name eng_company_name ukr_company_name ua_lastname ua_firstname ua_middlename "
        "ukr_fullname eng_fullname"
    )
    hidden = "ua_birthday eng_birthday ua_taxNumber eng_taxNumber"
    places = (
        "ua_actualAddress ua_regAddress eng_regAddress ukr_regAddress ua_sameRegLivingAddress eng_company_address "
        "ukr_company_address"
    )
    return {
        **starting(f"*.{start}_", named, ", ".join(columns)),
        **starting(f"*.{start}_", "ua_company_code eng_company_code", ", ".join(f"{column}_id" for column in columns)),
        **starting(f"*.{start}_", hidden, HIDDEN),
        **starting(f"*.{start}_", places, ADDRESS),
    }


REAL_ESTATE = {
    **ENTRIES,
    **RIGHTS,
    **{f"*.{name}": fate for name, fate in PLACE.items()},
    "*.objectType": "declared_real_estate.kind, declared_real_estate.description",
    "*.otherObjectType": "declared_real_estate.kind, declared_real_estate.description",
    "*.ua_cityType": "declared_real_estate.address",
    "*.totalArea": "declared_real_estate.area",
    "*.owningDate": "declared_real_estate.acquired_date",
    "*.costDate": "declared_real_estate.price",
    "*.costAssessment": "declared_real_estate.value",
    "*.cost_date_assessment": LOST + "price or assessed value: the form does not say which",
    "*.country": "declared_real_estate.country",
    "*.regNumber": "declared_real_estate.object_number",
}
UNFINISHED = {
    **REAL_ESTATE,
    **starting(
        "*.",
        "belongsSubjectOfDeclaration builtMaterialsOrFunds dontRegistered exploitation flag_thirdOwner isThirdOwner "
        "unfinishConstruct cadNumber eng_regNumber",
        INSIDE,
    ),
    **starting(
        "*.",
        "addition_eng_company_address addition_eng_company_code addition_eng_company_name addition_ua_company_address "
        "addition_ua_company_name thirdOwner_citizen",
        OTHERS,
    ),
}
VALUABLE = {
    **ENTRIES,
    **OWNERS,
    **starting("*.", "objectType otherObjectType", "declared_valuable.kind, declared_valuable.description"),
    **starting("*.", "propertyDescr trademark manufacturerName", "declared_valuable.description"),
    "*.dateUse": "declared_valuable.acquired_date",
    "*.costDateUse": "declared_valuable.value",
    "*.acqBeforeFD": LOST + "whether before the first office; acquired_date says when",
    "*.acqPeriod": LOST + "whether before the first office; acquired_date says when",
}
VEHICLE = {
    **ENTRIES,
    **RIGHTS,
    **starting("*.", "objectType otherObjectType", "declared_vehicle.kind"),
    **starting("*.", "brand model", "declared_vehicle.make"),
    "*.graduationYear": "declared_vehicle.production_year",
    "*.costDate": "declared_vehicle.price",
    "*.owningDate": "declared_vehicle.acquired_date",
    "*.object_identificationNumber": "declared_vehicle.object_number",
    "*.vinCode": "declared_vehicle.object_number",
}
SECURITY = {
    **ENTRIES,
    **OWNERS,
    **party("emitent", "declared_security.issuer"),
    **starting("*.emitent_", "ua_company_code eng_company_code", LOST + "code of the issuer: no column"),
    **starting("*.", "typeProperty otherObjectType subTypeProperty1 subTypeProperty2", "declared_security.kind"),
    "*.amount": "declared_security.quantity",
    "*.cost": LOST + "value of one security or of all: the form does not say which",
    "*.owningDate": LOST + "day of acquisition: no column",
    "*.emitent": INSIDE,
    "*.emitent_type": "declared_security.country",
}
INTEREST = {
    **ENTRIES,
    **OWNERS,
    **starting("*.", "name en_name", "declared_company_interest.company_name"),
    "*.corporate_rights_company_code": "declared_company_interest.company_id",
    "*.cost": "declared_company_interest.value",
    "*.cost_percent": "declared_company_interest.share",
    "*.country": "declared_company_interest.country",
    "*.legalForm": LOST + "legal form: no column",
    "*.is_transferred": LOST + "whether handed to a manager: no column",
    "*.owningDate": LOST + "day of acquisition: no column",
}
BENEFICIAL = {
    **ENTRIES,
    **starting(
        "*.",
        "name en_name company_name_beneficial_owner",
        "declared_company_interest.company_name",
    ),
    **starting(
        "*.",
        "beneficial_owner_company_code ua_company_code_beneficial_owner",
        "declared_company_interest.company_id",
    ),
    **starting("*.", "country country_beneficial_owner", "declared_company_interest.country"),
    **starting("*.", "address address_beneficial_owner fax mail phone", ADDRESS),
    "*.legalForm": LOST + "legal form: no column",
}
RIGHT = {
    **ENTRIES,
    **OWNERS,
    "*.objectType": "declared_valuable.description",
    "*.otherObjectType": "declared_valuable.description",
    "*.descriptionObject": "declared_valuable.description",
    "*.costDateOrigin": "declared_valuable.value",
    "*.owningDate": "declared_valuable.acquired_date",
}
INCOME = {
    **ENTRIES,
    **OWNERS,
    **party("source", "declared_income.payer", "declared_gift.giver"),
    "*.objectType": "declared_income.kind, declared_gift.kind",
    "*.otherObjectType": LOST + "kind in other words: no column",
    "*.sizeIncome": "declared_income.amount, declared_gift.value",
    "*.incomeSource": INSIDE,
    "*.source_citizen": "declared_income.country",
    "*.owningDate": "declared_gift.received_date",
}
MONEY = {
    **ENTRIES,
    **OWNERS,
    **party("organization", "declared_account.bank", "declared_claim.counterparty"),
    **starting("*.organization_", "ua_company_code eng_company_code", LOST + "code of the bank: no column"),
    "*.organization_eng_company_address": "declared_account.country",
    **starting("*.", "debtor_ua_lastname debtor_ua_firstname debtor_ua_middlename", "declared_claim.counterparty"),
    **starting("*.", "debtor_ua_birthday debtor_ua_taxNumber", HIDDEN),
    **starting("*.", "debtor_ua_regAddress debtor_ua_sameRegLivingAddress", ADDRESS),
    "*.objectType": "declared_claim.kind, declared_claim.direction",
    "*.otherObjectType": LOST + "kind in other words: no column",
    "*.assetsCurrency": "@currency",
    "*.sizeAssets": "@amount",
    **starting("*.", "organization organization_type2", INSIDE),
    **starting("*.", "organization_type organization_type1", "declared_account.country"),
}
DEBT = {
    **ENTRIES,
    **party("emitent", "declared_claim.counterparty"),
    "*.objectType": "declared_claim.kind",
    "*.otherObjectType": "declared_claim.kind",
    "*.currency": "declared_claim.currency",
    "*.sizeObligation": "declared_claim.amount",
    "*.dateOrigin": "declared_claim.since_date",
    "*.emitent_citizen": INSIDE,
    "*.margin-emitent": INSIDE,
    **starting("*.", "guarantor_exist_ guarantor_realty_exist_", LOST + "guarantee: no column"),
}
EXPENSE = {
    **ENTRIES,
    **starting(
        "*.",
        "specExpenses specExpensesAssetsSubject specExpensesMovableSubject specExpensesOtherMovableSubject "
        "specExpensesRealtySubject specExpensesSubject specOtherExpenses specOtherExpensesSubject specResultExpenses",
        "declared_expense.description",
    ),
    "*.costAmount": "declared_expense.amount",
    **starting("*.", "date_costAmount date_specExpenses", LOST + "day of the expense or deed: no column"),
    "*.country": LOST + "a code of the register's own list of countries",
    "*.type": LOST + "1 for an expense, 2 for a deed; a deed has no sum",
}
MEMBERSHIP = {
    "empty": EMPTY_SECTION,
    "org.*.objectName": "declared_position.organisation",
    "org.*.objectType": "declared_position.title",
    "org.*.reestrCode": "declared_position.company_id",
    "org.*.iteration": INSIDE,
}
BANKS = {
    **ENTRIES,
    **starting("*.", "person person.*.person", LOST + "whose account it is; the accounts stand in step 12"),
    **starting(
        "*.",
        "bank_name establishment_type establishment_ua_company_code establishment_ua_company_name",
        LOST + "a bank with an account; the sums stand in step 12, the same account cannot be told apart",
    ),
    **starting("*.", "account_number account_type other_account_type", HIDDEN),
    **starting("*.", "person_has_account person_open_account", OTHERS),
}
DECLARANT = {
    **starting("", "lastname firstname middlename", "declaration.declarant_name, person_name.text"),
    **starting("", "workPost workPlace", "declaration.post_title"),
    **starting("", "birthday passport taxNumber unzr", HIDDEN),
    **starting("", "postCategory postType responsiblePosition corruptionAffected public_person", OFFICE),
    "changedName": INSIDE,
    **starting(
        "",
        "apartmentsNum cityType city cityPath country district houseNum housePartNum postCode region street "
        "streetType sameRegLivingAddress",
        ADDRESS,
    ),
    **starting(
        "actual_",
        "apartmentsNum cityType city cityPath country district houseNum housePartNum postCode region street streetType",
        ADDRESS,
    ),
}
FAMILY = {
    "empty": EMPTY_SECTION,
    **starting("*.", "lastname firstname middlename", "declared_family.name, person_name.text"),
    "*.subjectRelation": "declared_family.relation, family_tie.kind",
    "*.id": "declared_family.relative_id, family_tie.relative_id",
    **starting("*.", "birthday passport taxNumber unzr", HIDDEN),
    **starting(
        "*.",
        "apartmentsNum city cityPath cityType country district houseNum housePartNum postCode region street streetType",
        ADDRESS,
    ),
    **starting("*.", "changedName citizenship usage[]", INSIDE),
}
DOCUMENT = {
    "id": "declaration.id",
    "user_declarant_id": "declaration.person_id, person.id",
    "created_date": "declaration.filed_at",
    "declaration_year": "declaration.year",
    "type": "declaration.form",
    "declaration_type": "declaration.is_current",
    "lastmodified_date": LOST + "the same as created_date",
    **starting("", "schema_version options.based_on_full_check options.has_changed_version", INSIDE),
    **starting("", "corruption_affected post_category post_type responsible_position", OFFICE),
}
PERIOD = starting(
    "",
    "declarationType declarationYear1 declarationYear3 declarationYear4 declarationYearFrom declarationYearTo "
    "declaration_period declaration_type declaration_year changesYear",
    LOST + "repeats declaration_type and declaration_year; a part of a year has no column",
)
LAST_PRICE = {"*.costLast": LOST + "price at which it went away: no column", **SOURCES}


Step = tuple[Mapping[str, str], tuple[str, ...]]


def fields_of(steps: Mapping[int, Step]) -> Mapping[str, str]:
    """Fields of a document by their full path.

    Args:
        steps: the fields of each step, and its tables: what a fate such as `@owner` stands for in all of them.
    """
    inner = {
        f"data.step_{step}.{name}": ", ".join(f"{table}.{fate[1:]}" for table in tables) if fate[0] == "@" else fate
        for step, (names, tables) in steps.items()
        for name, fate in names.items()
    }
    return {**DOCUMENT, **inner}


PAID = {"*.costDate": LOST + "what was paid for it: no column"}
EXPENSE_OF_CHANGE = {
    **ENTRIES,
    **starting("*.", "expenseSpec otherExpenseSpec expenseType", "declared_expense.description"),
    "*.expenseSize": "declared_expense.amount",
    "*.expenseDate": LOST + "day of the expense: no column",
    "*.expenseCountry": LOST + "a code of the register's own list of countries",
}
ONLY_EMPTY = {"empty": EMPTY_SECTION}
OF_INCOME = ("declared_income", "declared_gift")
OF_MONEY = ("declared_cash", "declared_account", "declared_claim")

DECLARATION_FIELDS = fields_of(
    {
        0: (PERIOD, ()),
        1: (DECLARANT, ()),
        2: (FAMILY, ()),
        3: (REAL_ESTATE, ("declared_real_estate",)),
        4: (UNFINISHED, ("declared_real_estate",)),
        5: (VALUABLE, ("declared_valuable",)),
        6: (VEHICLE, ("declared_vehicle",)),
        7: (SECURITY, ("declared_security",)),
        8: (INTEREST, ("declared_company_interest",)),
        9: (BENEFICIAL, ("declared_company_interest",)),
        10: (RIGHT, ("declared_valuable",)),
        11: (INCOME, OF_INCOME),
        12: (MONEY, OF_MONEY),
        13: (DEBT, ("declared_claim",)),
        14: (EXPENSE, ("declared_expense",)),
        15: (ONLY_EMPTY, ()),
        16: (MEMBERSHIP, ()),
        17: (BANKS, ()),
    }
)
"""Fields of a full declaration: path, then the columns it goes to or the reason why it is lost."""

CHANGE_FIELDS = fields_of(
    {
        0: (PERIOD, ()),
        1: (DECLARANT, ()),
        2: ({**INCOME, **SOURCES}, OF_INCOME),
        3: ({**REAL_ESTATE, **LAST_PRICE}, ("declared_real_estate",)),
        4: ({**VEHICLE, **LAST_PRICE}, ("declared_vehicle",)),
        5: ({**SECURITY, **LAST_PRICE, **PAID}, ("declared_security",)),
        6: ({**INTEREST, **LAST_PRICE, **PAID}, ("declared_company_interest",)),
        7: ({**VALUABLE, **LAST_PRICE}, ("declared_valuable",)),
        8: ({**RIGHT, **LAST_PRICE}, ("declared_valuable",)),
        9: (EXPENSE_OF_CHANGE, ("declared_expense",)),
        **dict.fromkeys(range(10, 18), (ONLY_EMPTY, ())),
    }
)
"""Fields of a notice of a substantial change: path, then columns or reason."""

FIELDS = {
    **DECLARATION_FIELDS,
    **{f"change: {path}": fate for path, fate in CHANGE_FIELDS.items() if path.startswith("data.")},
    f"*{STATUS}": LOST + "a code that says why the field beside it is empty",
}
"""All fields, those inside a notice of change marked so."""
