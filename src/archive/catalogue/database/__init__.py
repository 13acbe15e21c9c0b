"""The database under the catalogue: connections, transactions, locks, migrations, and translated errors.

`app` opens it; everything else gets a session from `Database.read` or `Database.write`. It knows no table
but `meta` (`readability`, which tells damage, knows all), and imports of the rest of `catalogue/` only
`tables` and `block_codec`. Begin with `database.py`.
"""
