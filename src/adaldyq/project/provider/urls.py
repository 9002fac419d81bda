"""Addresses of the test provider."""

from django.urls import path

from adaldyq.project.provider import api, views

urlpatterns = [
    path("", views.desk_page, name="provider-desk"),
    path("behaviour/", views.behave, name="provider-behave"),
    path("payments/<str:payment>/", views.payment_page, name="provider-payment"),
    path("statements/<str:day>.<str:kind>", views.statement, name="provider-statement"),
    path("pay/<str:payment>/", views.pay_page, name="provider-pay"),
    path("pay/<str:payment>/code.svg", views.code, name="provider-code"),
    path("mobile/<str:payment>/", views.mobile_page, name="provider-mobile"),
    path("api/payments/", api.create),
    path("api/payments/<str:payment>/", api.one),
    path("api/payments/<str:payment>/refunds/", api.refund),
    path("api/statements/<str:day>.<str:kind>", api.statement),
    path("api/behaviour/", api.behaviour),
]
