"""The slide basket: its page, and the files that are made of it.

Which slides are in it stands in the address alone; the browser keeps a list of its own. Begin with `page.py`.
"""
