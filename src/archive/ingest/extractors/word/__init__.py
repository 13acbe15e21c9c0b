"""The reader of Word documents for machines or files where LibreOffice makes no PDF of them.

`reader` opens the package and adds headers, notes and comments; `body` writes the main text down in its
order. Only the registry names it; it imports `ooxml/` and `flowing/`. Begin with `reader`.
"""
