"""Backups: making them beside a working archive, restoring them elsewhere, and proving that they restore.

A place has `objects/`, in which each original and picture is kept once by its SHA-256, and `snapshots/`, each
with the catalogue as it was, lists of the objects that it names, and a manifest. `place.py` says what a place
must offer; `folder_place.py` is a folder or a mount, `bucket_place.py` storage that speaks S3. Begin with
`making.py`, then `restoring.py`.
"""
