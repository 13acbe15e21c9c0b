from datetime import UTC, datetime

import pytest

from archive.ingest.filetypes.media_types import PDF, TEXT
from archive.model.documents import Original, Version
from archive.web.presenters.slide_views import PictureState, picture_state


@pytest.mark.parametrize(
    ("media_type", "is_done", "state"),
    [
        (PDF, False, PictureState.PENDING),
        (PDF, True, PictureState.FAILED),
        (TEXT, True, PictureState.WORDS),
    ],
)
def test_mere_text_is_not_said_to_have_failed(media_type: str, is_done: bool, state: PictureState) -> None:
    original = Original("a" * 64, 1, media_type)
    version = Version("a", 1, "a", original, datetime.now(UTC), pictures_done=is_done)
    assert picture_state(version, None) is state
