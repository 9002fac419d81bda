"""Pages of the ledger, in the visitor's language."""

from django.urls import path

from adaldyq.portal.ledger.views import checking, explorer, receipts

urlpatterns = [
    path("", explorer.show_explorer, name="ledger-explorer"),
    path("acts.csv", explorer.acts_csv, name="ledger-acts-csv"),
    path("history/", explorer.show_history, name="ledger-history"),
    path("check/", checking.check_receipt, name="ledger-check"),
    path("mine/", receipts.my_receipts, name="ledger-mine"),
    path("receipts/<str:reference>/", receipts.show_receipt, name="ledger-receipt"),
    path("receipts/<str:reference>/own.json", receipts.own_receipt, name="ledger-receipt-own"),
]
