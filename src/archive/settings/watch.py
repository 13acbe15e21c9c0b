"""The settings of watched folders."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WatchedFolderSettings(_Section):
    """A folder whose files are taken in, and what is done with them.

    `after`: "move" puts a file that was read into `inlagt/`, one that failed into `misslyckat/` with the
    reason beside it; "follow" leaves it in place and takes it in again when it changes (a synced folder
    stays the source). `visibility` "" makes drafts where no folder's name says who may see a file.
    `withdraw_removed` withdraws the documents of a file that is gone from a followed folder.
    """

    path: Path
    after: Literal["move", "follow"] = "move"
    visibility: Literal["", "public", "members", "staff"] = ""
    withdraw_removed: bool = False

    @field_validator("path")
    @classmethod
    def _check_path(cls, path: Path) -> Path:
        if not path.is_absolute():
            raise PydanticCustomError("bad_path", "expected a path from the root, such as /srv/inkorg")
        return path


class WatchSettings(_Section):
    """Folders that `archive serve` watches, and how often it looks at them whatever the system says."""

    folders: tuple[WatchedFolderSettings, ...] = ()
    poll_s: Annotated[float, Field(ge=0.1, le=3600)] = 10.0
