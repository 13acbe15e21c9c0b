"""What a document is called that nobody named: its title and its date, as its file gives them.

`titles` and `dates` choose among what the pages, the properties and the name of the file say; `phrases` knows
what programs and templates leave behind, `tidying` mends how a title is written, `file_names` makes a file's
name readable. Nothing here reads files. Begin with `titles`.
"""
