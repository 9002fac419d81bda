"""Addresses of accounts."""

from django.urls import path

from adaldyq.portal.accounts.views import absences, administration, mandates, own, recovery, tokens

urlpatterns = [
    path("my/", own.overview, name="accounts-my"),
    path("my/sessions/", own.sessions, name="accounts-sessions"),
    path("my/acting-for/", own.acting_for, name="accounts-acting-for"),
    path("my/mandates/", mandates.mandates, name="accounts-mandates"),
    path("my/mandates/<str:mandate_id>/withdraw/", mandates.withdraw, name="accounts-mandate-withdraw"),
    path(
        "my/mandates/asked/<str:request_id>/agree/", mandates.answer, {"step": "agree"}, name="accounts-mandate-agree"
    ),
    path(
        "my/mandates/asked/<str:request_id>/take-back/",
        mandates.answer,
        {"step": "take-back"},
        name="accounts-mandate-take-back",
    ),
    path("my/absences/", absences.absences, name="accounts-absences"),
    path("my/absences/<str:absence_id>/end/", absences.end, name="accounts-absence-end"),
    path("accounts/", administration.accounts, name="accounts-all"),
    path("accounts/proposals/", administration.proposals, name="accounts-proposals"),
    path("accounts/tokens/", tokens.tokens, name="accounts-tokens"),
    path("accounts/tokens/<str:token_id>/", tokens.one_token, name="accounts-token"),
    path("accounts/tokens/<str:token_id>/<str:act>/", tokens.step, name="accounts-token-step"),
    path("accounts/grants/<str:grant_id>/withdraw/", administration.withdraw, name="accounts-withdraw"),
    path("accounts/<str:account_id>/", administration.one_account, name="accounts-one"),
    path("accounts/<str:account_id>/close/", administration.close, name="accounts-close"),
    path("accounts/<str:account_id>/recovery/", administration.recovery, name="accounts-recovery"),
    path("sign-in/recover/<str:secret>/", recovery.new_password, name="accounts-recover"),
]
