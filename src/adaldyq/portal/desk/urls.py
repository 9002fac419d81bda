"""Addresses of the desk."""

from django.urls import path

from adaldyq.kernel import addresses  # noqa: F401  # lets <opaque:…> stand in a path
from adaldyq.portal.desk.views import deadlines, documents, files, messages

urlpatterns = [
    path("messages/", messages.inbox, name="desk-inbox"),
    path("messages/read/", messages.read_all, name="desk-read-all"),
    path("messages/settings/", messages.choose, name="desk-choice"),
    path("messages/settings/<slug:channel>/", messages.address, name="desk-address"),
    path("messages/settings/<slug:channel>/code/", messages.code, name="desk-code"),
    path("messages/<opaque:message_id>/", messages.message, name="desk-message"),
    path("files/", files.mine, name="desk-files"),
    path("files/add/", files.add, name="desk-file-add"),
    path("files/<opaque:upload_id>/", files.download, name="desk-file"),
    path("files/<opaque:upload_id>/remove/", files.remove, name="desk-file-remove"),
    path("documents/", documents.mine, name="desk-documents"),
    path("documents/check/", documents.check, name="desk-document-check"),
    path("documents/withdraw/", documents.withdraw, name="desk-document-withdraw"),
    path("documents/<opaque:document_id>/", documents.download, name="desk-document"),
    path("deadlines/", deadlines.counts, name="desk-deadlines-counts"),
    path("deadlines.csv", deadlines.counts_csv, name="desk-deadlines-csv"),
    path("deadlines/mine/", deadlines.mine, name="desk-deadlines"),
]
