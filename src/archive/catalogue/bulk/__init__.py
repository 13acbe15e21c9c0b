"""Changes of many records at once: first a plan (each record, old and new, what is refused), then one edit.

Begin with `planning.py`; `applying.py` writes a plan, `subjects.py` reads what plans are made of.
Documents as a table: `table_columns.py`, out by `table_rows.py`, in by `table_file.py` and `table_plan.py`.
"""
