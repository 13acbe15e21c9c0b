"""Files of an index folder: generations, tables of contents, arrays, and how they survive a power loss.

Nothing here knows what the arrays mean. Imports Whoosh's file storage and `archive.disk.durable_files`;
imported by everything else of the engine. Begin with `generations.py`, then `storage.py`.
"""
