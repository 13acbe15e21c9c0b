"""One module a kind of page: its addresses, what it asks the archive, and the template that it renders.

`factory.py` registers each module's `blueprint`. A view imports presenters and `http/`, and another view only
for what both answer with: `api.json_response`, `documents.visible_page`. Begin reading in `search.py`.
"""
