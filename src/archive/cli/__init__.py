"""The `archive` command: `main.py` and one module a subcommand, imported only when that subcommand is called.

Nothing imports this package. A module defines `command`; it imports the archive inside its functions, so that
`--help` is quick. `opening.py` opens the archive for a subcommand, `output.py` prints tables and JSON, and
`progress/` shows how an ingest goes. Begin reading in `main.py`, then `search.py`.
"""
