"""What a page does with a form whose act may be refused."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.problems import sentence


def refusal(form: forms.Form, act: Callable[[], object]) -> HTTPStatus | None:
    """Do what a form asks for; a refusal stands in the form, beside the field that it is about.

    Returns:
        The status of the page that shows the form again; none when the act was done.

    Raises:
        PermissionDenied: the act is not the visitor's.
    """
    try:
        act()
    except NotAllowed as refused:
        raise PermissionDenied from refused
    except DomainError as error:
        field, said = error.field if error.field in form.fields else None, sentence(error)
        if said not in form.errors.get(field or NON_FIELD_ERRORS, ()):
            form.add_error(field, said)
        return HTTPStatus.CONFLICT if isinstance(error, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
    return None


def tried(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do what a form asks for, and tell whether it was done; as `refusal`."""
    return refusal(form, act) is None
