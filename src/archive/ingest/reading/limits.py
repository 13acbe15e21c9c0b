"""The bounds of child processes, from the settings."""

from archive.ingest.extractors.frames import FRAME_MAX_BYTES
from archive.ingest.sandbox.base import Limits
from archive.settings import Settings


def extract_limits(settings: Settings) -> Limits:
    """Return the bounds of reading one file's words."""
    bounds = settings.extract
    return Limits(
        wall_time_s=bounds.wall_time_s,
        cpu_time_s=bounds.cpu_time_s,
        memory_max_bytes=bounds.memory_max_bytes,
        output_max_bytes=bounds.output_max_bytes,
        pages_max=bounds.document_pages_max,
        page_text_max_chars=bounds.page_text_max_chars,
        unpacked_max_bytes=bounds.unpacked_max_bytes,
        bad_letter_share=bounds.bad_letter_share,
    )


def draw_limits(settings: Settings) -> Limits:
    """Return the bounds of drawing one file's pages."""
    return Limits(
        wall_time_s=settings.pictures.draw_wall_time_s,
        cpu_time_s=settings.pictures.draw_cpu_time_s,
        memory_max_bytes=settings.extract.memory_max_bytes,
        output_max_bytes=settings.pictures.output_max_bytes,
        pages_max=settings.extract.document_pages_max,
        page_text_max_chars=settings.extract.page_text_max_chars,
    )


def cut_limits(settings: Settings) -> Limits:
    """Return the bounds of making a PDF of one page, while a visitor waits for it."""
    return Limits(
        wall_time_s=settings.pictures.cut_wall_time_s,
        cpu_time_s=settings.pictures.cut_cpu_time_s,
        memory_max_bytes=settings.extract.memory_max_bytes,
        output_max_bytes=2 * FRAME_MAX_BYTES,
        pages_max=settings.extract.document_pages_max,
        page_text_max_chars=settings.extract.page_text_max_chars,
    )
