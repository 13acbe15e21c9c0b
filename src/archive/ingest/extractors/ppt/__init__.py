"""The reader of PowerPoint 97-2003 files where LibreOffice is missing or does not open them.

`document` follows the binary records to slides and their texts; `reader` makes pages of them. Only the
registry names it. Begin with `reader`.
"""
