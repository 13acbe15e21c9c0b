"""Every setting: its name, what it may be, and what it is if nobody says otherwise.

`settings.py` reads them from `archive.toml` and the environment and names the first that cannot be used; the
sections are in `sections.py` and, where one has much to say, in a module of its own. Imported by all that
have a bound or a choice; imports errors and what the records say of themselves. Begin with `settings.py`.
"""
