"""The HTTP server: Waitress, and the bounds that no server in Python has by itself.

Waitress moves bytes in one thread and runs the application in others, so that none of these waits for a
client. What is added: a time for a whole request and for an answer to get on (`bounds.py`, `channel.py`), a
number of connections of each address, past which the one that has kept us waiting for longest is closed
(`listen.py`), refusal of requests whose end is not certain (`parser.py`), with the headers of every page
(`channel.py`), and a stop that lets what was asked be answered. Begin reading in `listen.py`;
docs/security.md weighs other servers.
"""
