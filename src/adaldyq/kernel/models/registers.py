"""Registers that other institutions keep and send: land, vehicles, banks, lenders, the depository, income paid.

They are what a declaration is held against. Nothing in them is public.
"""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import currency_field, exact_amount, money_field, number_field, opaque_key, period_in_order


class LandRight(models.Model):
    """A right to a piece of real estate, from a day to a day."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = (
            "id",
            "object_number",
            "kind",
            "territory_id",
            "address",
            "area",
            "owner_person_id",
            "owner_company_id",
            "share",
            "basis",
            "valid_from",
            "valid_to",
            "price",
            "market_value",
            "currency",
            "previous_owner_id",
            "source",
            "as_of",
        )

    id = opaque_key()
    object_number = models.CharField(max_length=40, help_text="Cadastral number of the object.")
    kind = models.CharField(max_length=20, help_text="apartment, house, land, garage, commercial or other.")
    territory = models.ForeignKey("kernel.Territory", models.PROTECT, null=True, help_text="Where it lies.")
    address = models.CharField(max_length=300, blank=True, help_text="Address of the object.")
    area = number_field("Area, in square metres.")
    owner_person = models.ForeignKey(
        "kernel.Person", models.CASCADE, null=True, related_name="land_rights", help_text="Owner, if a person."
    )
    owner_company = models.ForeignKey(
        "kernel.Company", models.CASCADE, null=True, related_name="land_rights", help_text="Owner, if a company."
    )
    share = number_field("Share of the owner, in percent.")
    basis = models.CharField(max_length=20, help_text="purchase, gift, inheritance, privatisation or construction.")
    valid_from = models.DateField(null=True, blank=True, help_text="First day of the right.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day of the right; empty while it lasts.")
    price = money_field("Price paid for the share, where there was one.")
    market_value = money_field("Market value of the share on the day of acquisition.")
    currency = currency_field()
    previous_owner = models.ForeignKey(
        "kernel.Person", models.SET_NULL, null=True, related_name="+", help_text="Who had it before, if a person."
    )
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        db_table = "kernel_land_register"
        constraints = [
            period_in_order("land_right"),
            exact_amount("price", "land_right"),
            exact_amount("market_value", "land_right"),
        ]

    def __str__(self) -> str:
        return self.object_number


class VehicleRight(models.Model):
    """Ownership of a vehicle (land, water or air), from a day to a day."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = (
            "id",
            "object_number",
            "kind",
            "make",
            "production_year",
            "owner_person_id",
            "owner_company_id",
            "valid_from",
            "valid_to",
            "price",
            "market_value",
            "currency",
            "previous_owner_id",
            "source",
            "as_of",
        )

    id = opaque_key()
    object_number = models.CharField(max_length=40, help_text="Identification number of the vehicle.")
    kind = models.CharField(max_length=20, help_text="car, truck, motorcycle, boat, aircraft or other.")
    make = models.CharField(max_length=100, help_text="Make and model.")
    production_year = models.IntegerField(null=True, help_text="Year it was built.")
    owner_person = models.ForeignKey(
        "kernel.Person", models.CASCADE, null=True, related_name="vehicle_rights", help_text="Owner, if a person."
    )
    owner_company = models.ForeignKey(
        "kernel.Company", models.CASCADE, null=True, related_name="vehicle_rights", help_text="Owner, if a company."
    )
    valid_from = models.DateField(null=True, blank=True, help_text="First day of ownership.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day of ownership; empty while it lasts.")
    price = money_field("Price paid.")
    market_value = money_field("Market value on the day of acquisition.")
    currency = currency_field()
    previous_owner = models.ForeignKey(
        "kernel.Person", models.SET_NULL, null=True, related_name="+", help_text="Who had it before, if a person."
    )
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        db_table = "kernel_vehicle_register"
        constraints = [
            period_in_order("vehicle_right"),
            exact_amount("price", "vehicle_right"),
            exact_amount("market_value", "vehicle_right"),
        ]

    def __str__(self) -> str:
        return self.object_number


class BankBalance(models.Model):
    """What lay on an account on the last day of a year."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = (
            "id",
            "person_id",
            "bank",
            "country",
            "account_number",
            "year",
            "balance",
            "currency",
            "source",
            "as_of",
        )

    id = opaque_key()
    person = models.ForeignKey(
        "kernel.Person", models.CASCADE, related_name="bank_balances", help_text="Whose account it is."
    )
    bank = models.CharField(max_length=200, help_text="Name of the bank.")
    country = models.CharField(max_length=2, help_text="Country of the bank, ISO 3166-1.")
    account_number = models.CharField(max_length=40, help_text="Number of the account.")
    year = models.IntegerField(help_text="Year at whose end the balance is stated.")
    balance = money_field("Balance at the end of the year.")
    currency = currency_field()
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        constraints = [exact_amount("balance", "bank_balance")]

    def __str__(self) -> str:
        return f"{self.bank} {self.year}"


class IncomeRecord(models.Model):
    """Income that a payer reported to the tax service for a year."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = (
            "id",
            "person_id",
            "year",
            "kind",
            "payer_body_id",
            "payer_company_id",
            "amount",
            "tax_withheld",
            "currency",
            "source",
            "as_of",
        )

    id = opaque_key()
    person = models.ForeignKey(
        "kernel.Person", models.CASCADE, related_name="income_records", help_text="Who was paid."
    )
    year = models.IntegerField(help_text="Year of the income.")
    kind = models.CharField(
        max_length=20, help_text="salary, pension, dividend, interest, rent, sale, business or other."
    )
    payer_body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, help_text="Payer, if a state body.")
    payer_company = models.ForeignKey("kernel.Company", models.PROTECT, null=True, help_text="Payer, if a company.")
    amount = money_field("Sum paid in the year, before tax.")
    tax_withheld = money_field("Tax withheld by the payer.")
    currency = currency_field()
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        constraints = [exact_amount("amount", "income_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class LoanBalance(models.Model):
    """What somebody owed to a licensed lender on the last day of a year."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = (
            "id",
            "person_id",
            "lender",
            "contract_number",
            "kind",
            "since_date",
            "year",
            "balance",
            "currency",
            "source",
            "as_of",
        )

    id = opaque_key()
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="loan_balances", help_text="Who owes it.")
    lender = models.CharField(max_length=200, help_text="Name of the bank or other licensed lender.")
    contract_number = models.CharField(max_length=40, blank=True, help_text="Number of the contract.")
    kind = models.CharField(max_length=20, help_text="bank loan, mortgage, leasing or other.")
    since_date = models.DateField(null=True, blank=True, help_text="Day of the contract.")
    year = models.IntegerField(help_text="Year at whose end the balance is stated.")
    balance = money_field("What was still owed at the end of the year.")
    currency = currency_field()
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        constraints = [exact_amount("balance", "loan_balance")]

    def __str__(self) -> str:
        return f"{self.lender} {self.year}"


class SecurityHolding(models.Model):
    """Securities of one kind that somebody held on the last day of a year."""

    class Privacy:
        """Never public."""

        public = ()
        restricted = (
            "id",
            "person_id",
            "issuer",
            "security_number",
            "kind",
            "quantity",
            "market_value",
            "currency",
            "country",
            "year",
            "source",
            "as_of",
        )

    id = opaque_key()
    person = models.ForeignKey(
        "kernel.Person", models.CASCADE, related_name="security_holdings", help_text="Whose securities they are."
    )
    issuer = models.CharField(max_length=200, help_text="Who issued them.")
    security_number = models.CharField(max_length=12, blank=True, help_text="Their number, ISO 6166.")
    kind = models.CharField(max_length=20, help_text="share, bond, fund or other.")
    quantity = number_field("How many pieces.")
    market_value = money_field("Market value at the end of the year.")
    currency = currency_field()
    country = models.CharField(max_length=2, help_text="Country of the issuer, ISO 3166-1.")
    year = models.IntegerField(help_text="Year at whose end they were held.")
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        constraints = [exact_amount("market_value", "security_holding")]

    def __str__(self) -> str:
        return f"{self.issuer} {self.year}"
