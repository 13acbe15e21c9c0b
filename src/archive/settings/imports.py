"""The settings of imports from the web."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

_EXPECTED = 'expected host names, where needed with a port, such as ["webb.intern", "10.2.0.5:8080"]'


class ImportSettings(BaseModel):
    """How pages and decks are fetched.

    Only addresses on the public internet are fetched. `internal_hosts` names those of the own network that
    may be, too, each with its port where that is not 80 or 443; one that is only a name may have any private
    address. `file_time_s` is how long a deck or a report may take to come, `read_time_s` how long a page may
    be read once it has come.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    internal_hosts: tuple[str, ...] = ()
    file_time_s: Annotated[float, Field(gt=0, le=3600)] = 300.0
    read_time_s: Annotated[float, Field(gt=0, le=600)] = 30.0

    @field_validator("internal_hosts")
    @classmethod
    def _check_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        if any(not host or "/" in host or "@" in host or "*" in host or " " in host for host in hosts):
            raise PydanticCustomError("bad_host", _EXPECTED)
        return tuple(host.lower() for host in hosts)
