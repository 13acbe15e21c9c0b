"""Reads, draws and cuts PDF files.

Two engines read each page: `miner/` (pdfminer.six) for the layout, `pdfium/` for plain text and
annotations; `unite` takes the fuller reading, `blocks` and `margins` make blocks of it. `letters`,
`spacing` and `repair` mend what fonts and typesetting break. `draw` makes pictures, `cut` single pages
without what visitors may not see (`off_layers`, `unseen`). The registry names it, `keynote` and `images/`
reuse it. Begin with `reader`.
"""
