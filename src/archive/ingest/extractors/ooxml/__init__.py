"""What office formats in zip packages have in common: the package, its relationships, names and text.

`package` opens and bounds, `relations` follows, `markup` parses and walks by names, `drawing_text` and
`word_text` take the words out of DrawingML and WordprocessingML, `alternates` chooses among forms of one
content. `pptx/`, `word/` and `odf` import it; it imports none of them. Begin with `package`.
"""
