"""The settings of OpenSearch; they count where `search.engine` is "opensearch"."""

import json
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_core import PydanticCustomError

MIB = 1024 * 1024


class OpenSearchSettings(BaseModel):
    """Where the nodes are, how they are signed in at, and what the indexes there are like.

    `hosts` are addresses of some or all nodes (`https://search-1.example.org:9200`); another one is asked
    where one does not answer. The password is what `password_file` holds, or `ARCHIVE_OPENSEARCH__PASSWORD`;
    it is never printed. `ca_file` holds the certificates that the nodes' own are signed with, where the
    system does not know them. All names begin with `index_prefix`, so that archives can share a cluster.
    `shards` and `replicas` count for indexes made from then on (`archive rebuild`).

    Attributes:
        time_s: How long one answer of a node may take.
        search_retry_s: How long a search is tried again before it fails; a page waits for it.
        write_retry_s: The same for a write; nobody waits but the index.
        bulk_max_bytes: How much is sent at once.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    hosts: Annotated[tuple[str, ...], Field(min_length=1)] = ("http://127.0.0.1:9200",)
    user: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    ca_file: Path | None = None
    verify_tls: bool = True
    index_prefix: Annotated[str, Field(max_length=100)] = "archive"
    shards: Annotated[int, Field(ge=1, le=1024)] = 1
    replicas: Annotated[int, Field(ge=0, le=10)] = 1
    time_s: Annotated[float, Field(gt=0, le=600)] = 30.0
    search_retry_s: Annotated[float, Field(ge=0, le=60)] = 5.0
    write_retry_s: Annotated[float, Field(ge=0, le=600)] = 60.0
    bulk_max_bytes: Annotated[int, Field(ge=64 * 1024, le=90 * MIB)] = 5 * MIB

    @field_validator("hosts")
    @classmethod
    def _check_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            try:
                parts = urlsplit(host)
                is_address = bool(parts.scheme in ("http", "https") and parts.hostname and parts.port != 0)
            except ValueError:
                is_address = False
            if not is_address or parts.username is not None or parts.path.strip("/") or parts.query:
                raise PydanticCustomError(
                    "bad_host_address",
                    'expected addresses without user and path, such as ["https://search-1.example.org:9200"]',
                )
        return hosts

    @field_validator("index_prefix")
    @classmethod
    def _check_prefix(cls, prefix: str) -> str:
        is_plain = prefix.isascii() and prefix.replace("-", "").replace("_", "").isalnum()
        if not is_plain or prefix != prefix.lower() or not prefix[0].isalnum():
            raise PydanticCustomError(
                "bad_index_prefix", "expected small letters (a to z), digits, - and _, such as archive"
            )
        return prefix

    @model_validator(mode="after")
    def _send_no_password_in_the_clear(self) -> Self:
        has_password = bool(self.password.get_secret_value() or self.password_file)
        if bool(self.user) != has_password:
            raise PydanticCustomError(
                "half_a_sign_in",
                "user needs a password_file (or ARCHIVE_OPENSEARCH__PASSWORD), and the other way round",
            )
        is_here = {"localhost", "127.0.0.1", "::1"}
        addresses = map(urlsplit, self.hosts)
        if self.user and any(one.scheme == "http" and one.hostname not in is_here for one in addresses):
            raise PydanticCustomError("password_in_the_clear", "a user needs hosts with https://")
        return self

    def for_child(self) -> str:
        """Return all of it as JSON, the password with it: for a child's standard input and nothing else."""
        return json.dumps(
            {**self.model_dump(mode="json"), "password": self.password.get_secret_value()}, ensure_ascii=False
        )

    @classmethod
    def from_parent(cls, encoded: str) -> Self:
        """Return the settings that `for_child` has encoded."""
        return cls.model_validate_json(encoded)
