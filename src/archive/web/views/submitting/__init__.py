"""Files that come in pieces, and what people who are not staff send in: members, and speakers by a link.

`tus.py` is the protocol for all of them, `members.py` the page "Skicka in", `speakers.py` that of a speaker's
link; `proposals.py` is where staff make links, and decide on what came by one.
"""
