"""Operations by which institutions bring many rows of a register up to what their own holds.

A row says what is; which act that takes, if any, follows from what is registered. The acts, the rights and the lines in
the ledger are those of the events.
"""

from adaldyq.portal.api.rows import companies, people, posts, rights

ROUTERS = (people.router, posts.router, companies.router, rights.router)
