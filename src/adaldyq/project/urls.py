"""Every address of the product. Pages live under their language; `/` sends the visitor to theirs."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from adaldyq.portal.api.views import docs
from adaldyq.portal.sign_in.e_id import callback
from adaldyq.portal.views import choose_language

urlpatterns = [
    path("", include("adaldyq.portal.operations.urls")),
    path("", choose_language, name="choose-language"),
    path("sign-in/<str:provider_id>/callback/", callback, name="openid_connect_callback"),
    path("ledger/", include("adaldyq.portal.ledger.files_urls")),
    path("declarations/", include("adaldyq.measures.declarations.files_urls")),
    path("reports/", include("adaldyq.measures.reports.files_urls")),
    path("payments/", include("adaldyq.measures.payments.files_urls")),
    path("api/v1/", include("adaldyq.portal.api.urls")),
    *i18n_patterns(
        path("declarations/", include("adaldyq.measures.declarations.urls")),  # first: most requests of an evening
        path("", include("adaldyq.portal.urls")),
        path("api/", docs, name="api-docs"),
        path("", include("adaldyq.portal.accounts.urls")),
        path("", include("adaldyq.portal.desk.urls")),
        path("ui/", include("adaldyq.ui.urls")),
        path("search/", include("adaldyq.portal.search.urls")),
        path("registers/", include("adaldyq.portal.registers.urls")),
        path("ledger/", include("adaldyq.portal.ledger.urls")),
        path("reports/", include("adaldyq.measures.reports.urls")),
        path("permits/", include("adaldyq.measures.permits.urls")),
        path("payments/", include("adaldyq.measures.payments.urls")),
        path("street/", include("adaldyq.measures.street.urls")),
        path("verification/", include("adaldyq.verification.urls")),
    ),
]

handler400 = "adaldyq.portal.errors.bad_request"
handler403 = "adaldyq.portal.errors.not_allowed"
handler404 = "adaldyq.portal.errors.not_found"
handler500 = "adaldyq.portal.errors.server_error"
