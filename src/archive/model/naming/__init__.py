"""What a document is called that nobody named: its title and its date, as its file gives them.

`titles` and `dates` choose among what the pages, the properties and the name of the file say; `phrases` knows
what programs and templates leave behind, `file_names` makes a file's name readable, and `model/tidying` mends
how a title is written. Nothing here reads files. Begin with `titles`.
"""
