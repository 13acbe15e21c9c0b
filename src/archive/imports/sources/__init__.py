"""What may say what a seminar was. Each source meets `base.Source` and its contract.

`imports/opening.py` names them in the order they are asked; a web page is what nothing else recognises.
"""
