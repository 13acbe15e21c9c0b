"""The section `database`: how a catalogue on a database server is used. SQLite needs none of it."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError


class DatabaseSettings(BaseModel):
    """Bounds of one process's work with a database server.

    `connections_max` are kept open by each process at most; who finds all in use waits `write_wait_s`, as
    long as one writer waits for another. A statement ends after `statement_time_s`, and a transaction in
    which nothing happens after `idle_transaction_time_s`: a process that hangs holds up nobody for longer. A
    server has `connect_time_s` to answer at first.

    Each process says every `heartbeat_s` that it is there; one that has not for `dead_after_s` counts as
    gone, and its jobs are others'. `password_file` holds the password that is not to stand in `database_url`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    connections_max: Annotated[int, Field(ge=2, le=500)] = 20
    connect_time_s: Annotated[int, Field(ge=2, le=300)] = 10
    write_wait_s: Annotated[float, Field(ge=0.1, le=3600)] = 30.0
    statement_time_s: Annotated[float, Field(ge=1, le=86_400)] = 300.0
    idle_transaction_time_s: Annotated[float, Field(ge=1, le=86_400)] = 600.0
    heartbeat_s: Annotated[float, Field(ge=0.1, le=600)] = 5.0
    dead_after_s: Annotated[float, Field(ge=0.5, le=3600)] = 30.0
    password_file: Path | None = None

    @model_validator(mode="after")
    def _leave_time_for_heartbeats(self) -> Self:
        if self.dead_after_s < 3 * self.heartbeat_s:
            raise PydanticCustomError(
                "dead_too_soon",
                "dead_after_s must be at least three times heartbeat_s, or living count as gone",
            )
        return self
