"""How the archive does on several machines' parts, beside the embedded ones: `python -m bench.scale PART`.

Begin in `__main__.py`, which names the parts; each is a module: `engines`, `workers`, `outage`, `migrate`.
"""
