"""Alembic's migrations: the steps from any older catalogue to the tables of `catalogue/tables/`.

`catalogue/database/migration.py` runs them when a catalogue is opened, found by the path of this package;
`python -m archive.catalogue.migrations` runs them by hand. They import nothing of the archive but `tables`
(in `env.py`), and one that has been released is never changed. Begin with
`versions/r0001_to_r0020/r0001_first_tables.py`.
"""
