"""Web pages and the JSON interface: Flask, Jinja, and small scripts that no page needs in order to be read.

`factory.py` assembles the application and `server/` serves it; begin reading in `views/search.py`. A view
(`views/`) answers a request: it asks the archive, lets a presenter (`presenters/`) turn the answer into what
a template shows, and renders the template in the folder of its own name (`templates/`). What holds for every
request is in `http/`. Only `archive.cli` imports this package; Flask is imported nowhere else. Records come
from `archive.catalogue`, results from `archive.search`, files from `archive.store`; who may see what is
decided by `archive.visibility` alone.
"""
