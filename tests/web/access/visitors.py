"""Those who ask: nobody, somebody signed in of each role, programs with a token of each.

To add a way to be somebody, add a line to VISITORS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from archive.accounts.api_tokens import new_api_token
from archive.app import Archive
from archive.catalogue.accounts import accounts
from archive.catalogue.identifiers import new_id
from archive.model.accounts import Role, TokenScope
from archive.model.visibility import Visibility
from tests.web.people import session_cookie


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks. `headers` makes what they send along, of another account each time.

    A form may end all sessions of an account. `scope` is that of a program's token, None for people.
    """

    role: Role | None
    headers: Callable[[Archive], Mapping[str, str]]
    scope: TokenScope | None = None

    @property
    def level(self) -> Visibility:
        """Return what they see."""
        return self.role.visibility if self.role else Visibility.PUBLIC

    def may(self, role: Role, is_form: bool, is_by_people_alone: bool) -> bool:
        """Return whether they may see a page of a role, or send its form."""
        is_kept_out = (self.scope is not None and is_by_people_alone) or (
            self.scope is TokenScope.READ and is_form
        )
        return self.role is not None and self.role.includes(role) and not is_kept_out


def _session(role: Role, archive: Archive) -> Mapping[str, str]:
    return session_cookie(archive, role)


def _token(role: Role, scope: TokenScope, archive: Archive) -> Mapping[str, str]:
    with archive.database.write() as session:
        account = accounts.add(session, f"{new_id()}@example.org", role.value.title(), role, "test")
    return {"Authorization": f"Bearer {new_api_token(archive.database, account, '', scope, 1, 'test')[0]}"}


VISITORS = {
    "nobody": Visitor(None, lambda archive: {}),
    **{role.value: Visitor(role, partial(_session, role)) for role in Role},
    **{
        f"token of {role.value}": Visitor(role, partial(_token, role, TokenScope.WRITE), TokenScope.WRITE)
        for role in Role
    },
    # Whoever's it is, a token that may only read sees what members see.
    "reading token": Visitor(Role.MEMBER, partial(_token, Role.ADMIN, TokenScope.READ), TokenScope.READ),
}
