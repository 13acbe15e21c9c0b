"""The bounds of child processes, from the settings."""

from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.frames import FRAME_MAX_BYTES
from archive.ingest.sandbox.base import Limits
from archive.settings.settings import Settings


def extract_limits(settings: Settings) -> Limits:
    """Return the bounds of reading one file's words."""
    extract = settings.extract
    return Limits(
        wall_time_s=extract.wall_time_s,
        cpu_time_s=extract.cpu_time_s,
        memory_max_bytes=extract.memory_max_bytes,
        output_max_bytes=extract.output_max_bytes,
        reading=ReadLimits(
            pages_max=extract.document_pages_max,
            page_text_max_chars=extract.page_text_max_chars,
            unpacked_max_bytes=extract.unpacked_max_bytes,
            bad_letter_share=extract.bad_letter_share,
        ),
    )


def draw_limits(settings: Settings) -> Limits:
    """Return the bounds of drawing one file's pages."""
    pictures = settings.pictures
    return Limits(
        wall_time_s=pictures.draw_wall_time_s,
        cpu_time_s=pictures.draw_cpu_time_s,
        memory_max_bytes=settings.extract.memory_max_bytes,
        output_max_bytes=pictures.output_max_bytes,
        reading=_page_limits(settings),
    )


def cut_limits(settings: Settings) -> Limits:
    """Return the bounds of making a PDF of one page, while a visitor waits for it."""
    pictures = settings.pictures
    return Limits(
        wall_time_s=pictures.cut_wall_time_s,
        cpu_time_s=pictures.cut_cpu_time_s,
        memory_max_bytes=settings.extract.memory_max_bytes,
        output_max_bytes=2 * FRAME_MAX_BYTES,
        reading=_page_limits(settings),
    )


def _page_limits(settings: Settings) -> ReadLimits:
    return ReadLimits(settings.extract.document_pages_max, settings.extract.page_text_max_chars)
