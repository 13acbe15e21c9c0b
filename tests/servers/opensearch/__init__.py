"""Real OpenSearch nodes for tests: `installation.py` fetches them once, `cluster.py` starts and ends them.

One node serves a whole run of tests (`shared_node.py`); each test has names of its own in it.
"""
