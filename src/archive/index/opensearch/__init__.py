"""The engine on OpenSearch, for an archive that outgrows one machine.

`engine.py` keeps the contract of `index/engine.py`. `connection.py` opens the client and says which setting
is wrong; `mapping.py` is what an index is made with, `terms.py` how our terms are written so that the server
takes them as they are, `pages.py` what is sent of a document. `generations.py` names the indexes and swaps
them, `state.py` says how far one has come, `bulk.py`, `writing.py` and `rebuilding.py` fill them.
`snapshot.py` gives each search one state to read, `statistics.py` knows and weighs words by the pages a
visitor may see, `compile.py` makes the server's query, `answering.py`, `counting.py` and `listing.py` the
answer. Nothing but `index/engines.py` imports this package, and nothing else imports `opensearchpy`. Begin
with `engine.py`.
"""
