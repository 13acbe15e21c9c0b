"""The site as passkeys know it (WebAuthn's relying party)."""

from dataclasses import dataclass
from ipaddress import ip_address


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The site: its host's name, its origin ("https://arkiv.example.org"), and what people call it."""

    host: str
    origin: str
    name: str

    @property
    def can_have_passkeys(self) -> bool:
        """Return whether browsers make passkeys here: they are bound to a name, never to an address."""
        try:
            ip_address(self.host.strip("[]"))
        except ValueError:
            return bool(self.host)
        return False
