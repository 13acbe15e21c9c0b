"""pdfminer.six, reading only what text depends on, and faster.

`miner_file` opens a PDF; `interpreter` runs the content streams that `lexer` and `tokens` split; `device`
collects the letters with their places, and `layout` makes lines and boxes of them. `pdf/` imports it; of
`pdf/` it imports `letters`, `spacing` and `streams`. Begin with `miner_file`.
"""
