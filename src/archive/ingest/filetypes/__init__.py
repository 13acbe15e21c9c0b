"""What type a file is, by its bytes and never by its name.

`detect` is what others call; `media_types` lists the types and says which are decks, documents or pictures;
`compound` and `plain_text` know the two families without a signature of their own. No parser is imported:
this runs outside the sandbox. Begin with `detect`.
"""
