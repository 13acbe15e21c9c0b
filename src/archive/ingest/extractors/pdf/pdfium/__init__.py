"""pdfium: the plain text of pages, where their words are, and all that is not text.

`pdfium_file` opens a PDF and reads pages; `annotations`, `tags` and `document_info` read what else
they have; `words` gives the boxes of words for pictures. `pdf/` imports it. Begin with `pdfium_file`.
"""
