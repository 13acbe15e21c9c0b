"""What is given with all files that are taken in together."""

from dataclasses import dataclass, replace

from archive.catalogue.new_document import NewDocument
from archive.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class Given:
    """What is given with all files of an intake.

    `draft`: its documents are for staff alone until they are published. `event_id` is the event of those that
    name none. `is_separate`: see `NewDocument`. `visibility` is that of those of which nothing stricter is
    said (None: nobody has said).
    """

    draft: bool = False
    event_id: str | None = None
    is_separate: bool = False
    visibility: Visibility | None = None

    def applied(self, new: NewDocument) -> NewDocument:
        """Return a document with what is given."""
        return replace(
            new,
            draft=new.draft or self.draft,
            event_id=new.event_id or self.event_id,
            is_separate=new.is_separate or self.is_separate,
            visibility=max(new.visibility, self.visibility or new.visibility, key=lambda one: one.rank),
        )


NOTHING_GIVEN = Given()
"""Nothing is given beyond what the files themselves say."""
