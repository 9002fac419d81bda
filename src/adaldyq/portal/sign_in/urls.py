"""Addresses of signing in. Those with allauth's names are reversed by it."""

from django.urls import path

from adaldyq.portal.sign_in import e_id, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/e-id/", e_id.begin, name="sign-in-e-id"),
    path("sign-in/code/", views.code, name="mfa_authenticate"),
    path("sign-in/passkey/", views.passkey, name="mfa_login_webauthn"),
    path("sign-in/closed/", views.closed, name="account_inactive"),
    path("sign-in/again/", views.password_again, name="account_reauthenticate"),
    path("sign-in/again/e-id/", e_id.begin_again, name="sign-in-e-id-again"),
    path("sign-in/again/code/", views.code_again, name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", views.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("my/password/", views.password, name="account_change_password"),
    path("my/second-factor/", views.second_factors, name="mfa_index"),
    path("my/second-factor/app/", views.set_up_app, name="mfa_activate_totp"),
    path("my/second-factor/app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("my/second-factor/codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("my/second-factor/codes/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("my/second-factor/codes/file/", views.recovery_codes_file, name="mfa_download_recovery_codes"),
    path("my/second-factor/passkeys/", views.passkeys, name="mfa_list_webauthn"),
    path("my/second-factor/passkeys/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("my/second-factor/passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("my/second-factor/passkeys/<int:pk>/name/", views.rename_passkey, name="mfa_edit_webauthn"),
]
