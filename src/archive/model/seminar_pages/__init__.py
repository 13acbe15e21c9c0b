"""What a seminar's page tells, on its way to be records.

`page_outline.py` is what the confined child makes of a page, `seminar_page.py` what the rules read out of
that, `seminar_draft.py` what staff have made of it, and `imports.py` how far the import has come. Nothing
here reads or writes anything. Begin with `seminar_page.py`.
"""
