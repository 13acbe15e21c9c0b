"""pdfminer.six, reading only what text depends on, and faster.

`miner_file` opens a PDF and collects the letters with their places; `interpreter` runs the content streams
that `lexer` and `tokens` split, and `layout` makes lines and boxes of them. `pdf/` imports it; of
`pdf/` it imports `letters`, `spacing` and `streams`. Begin with `miner_file`.
"""
