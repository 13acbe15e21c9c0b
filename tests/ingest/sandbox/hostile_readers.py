"""A registry of readers that misbehave; the child loads them by media type "test/<name>"."""

from tests.ingest.sandbox import forbidden_actions, hostile_answers
from tests.ingest.sandbox.reader_kit import EXTRACTORS, Reader

MODULES = (forbidden_actions, hostile_answers)


def load(task: str, media_type: str) -> Reader | None:
    behaviour = EXTRACTORS.get(media_type)
    return None if behaviour is None else Reader(behaviour)


def preload() -> None:
    pass
