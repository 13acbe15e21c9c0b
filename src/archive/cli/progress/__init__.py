"""How `archive ingest` and `archive retry` show their progress.

`report.py` gathers what became of each file from the steps of the pipeline; `views.py` shows it, as a bar, as
JSON lines or not at all. Only those two commands import this package. Begin reading in `report.py`.
"""
