"""The reader, the drawer and the cutter of pictures.

`opening` opens a picture within bounds and upright; the others use it, and `keynote` uses them. Begin with
`opening`.
"""
