"""Addresses."""

from django.urls import path, register_converter

from adaldyq.measures.declarations.views import bodies, declarations, people, register, statistics


class OpaqueId:
    """An id in an address; whatever cannot be one is no page, and no question to the database."""

    regex = "[0-9A-Z]{12}"

    def to_python(self, value: str) -> str:
        """The id."""
        return value

    def to_url(self, value: str) -> str:
        """The id."""
        return value


register_converter(OpaqueId, "opaque")

urlpatterns = [
    path("", register.show_register, name="declarations-register"),
    path("declarations.csv", register.register_csv, name="declarations-register-csv"),
    path("statistics/", statistics.show_statistics, name="declarations-statistics"),
    path("statistics/statistics.csv", statistics.statistics_csv, name="declarations-statistics-csv"),
    path("bodies/<opaque:body_id>/", bodies.body_page, name="declarations-body"),
    path("bodies/<opaque:body_id>/declarants.csv", bodies.body_csv, name="declarations-body-csv"),
    path("people/<opaque:person_id>/", people.person_page, name="declarations-person"),
    path("people/<opaque:person_id>/declarations.csv", people.person_csv, name="declarations-person-csv"),
    path("people/<opaque:person_id>/declarations.json", people.person_json, name="declarations-person-json"),
    path("<opaque:declaration_id>/", declarations.declaration_page, name="declarations-declaration"),
]
