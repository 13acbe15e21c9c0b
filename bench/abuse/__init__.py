"""Abuses a running `archive serve`: fuzzed requests, slow and unreading clients, and very many requests.

`python -m bench.abuse fuzz|slow|memory` ends with 1 where the server fails; `--data FOLDER` serves
an archive that is there, else one of synthetic slides is made.
"""
