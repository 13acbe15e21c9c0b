"""What programs are answered: models of the JSON, and how they are made of the archive's records.

Begin with `records.py`, the models of all records; `record_answers.py` makes them.
"""
