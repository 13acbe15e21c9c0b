"""Those who ask: nobody, and somebody signed in of each role. To add a way to be somebody, add a line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from archive.app import Archive
from archive.model.accounts import Role
from archive.model.visibility import Visibility
from tests.web.people import session_cookie


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asks. `headers` makes what they send along, of another account each time.

    A form may end all sessions of an account.
    """

    role: Role | None
    headers: Callable[[Archive], Mapping[str, str]]

    @property
    def level(self) -> Visibility:
        """Return what they see."""
        return self.role.visibility if self.role else Visibility.PUBLIC

    def has(self, role: Role) -> bool:
        """Return whether they have a role, or one above it."""
        return self.role is not None and self.role.includes(role)


def _session(role: Role, archive: Archive) -> Mapping[str, str]:
    return session_cookie(archive, role)


VISITORS = {"nobody": Visitor(None, lambda archive: {})} | {
    role.value: Visitor(role, partial(_session, role)) for role in Role
}
