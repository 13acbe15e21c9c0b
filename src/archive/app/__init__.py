"""The archive put together: opened for use, working in the background, and what became of its files.

`archive.py` is the one place where its parts are assembled; everything above gets an `Archive` from
`open_archive`. `working.py` does jobs, takes files in and keeps the index, in one process or in several;
`job_overview.py` tells how far that is. Begin with `archive.py`.
"""

from archive.app.archive import Archive, open_archive

__all__ = ["Archive", "open_archive"]
