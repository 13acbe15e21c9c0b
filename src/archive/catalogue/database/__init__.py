"""The database under the catalogue: connections, transactions, locks, migrations, and translated errors.

`app` opens it; everything else gets a session from `Database.read` or `Database.write`. It knows no table
but `meta`, and imports nothing of the rest of `catalogue/` but `tables`. Begin with `database.py`.
"""
