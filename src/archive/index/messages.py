"""What a process that makes an index and its helpers say to each other: lines of JSON.

To a helper: its job, then lists of document identifiers, an empty one at the end. From it, for each list:
[WRITTEN, number of documents], [DONE, null] or [FAILED, [code, message]].
"""

import json
from dataclasses import asdict, dataclass
from typing import Final, Self

WRITTEN: Final = "written"
DONE: Final = "done"
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class PartJob:
    """What a helper must know: `text` is the TextSettings as JSON, `epoch` and `fingerprint` those that the
    catalogue and the analysis must have.
    """

    database_url: str
    text: str
    engine: str
    part: str
    process_count: int
    epoch: str
    fingerprint: str

    def encoded(self) -> str:
        """Return the job as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def decoded(cls, line: str) -> Self:
        """Return the job that a line tells. Raises ValueError and TypeError."""
        return cls(**json.loads(line))
