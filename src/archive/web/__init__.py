"""Web pages and the JSON interface: Flask, Jinja, no scripts in the browser."""
