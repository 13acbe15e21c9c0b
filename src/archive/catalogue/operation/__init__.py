"""What staff look at to see what became of the files: work, failures, questions, and how much there is.

Each read is bounded and goes by an index: the page of jobs is asked for every few seconds, of a million pages
too. Begin with `running.py` and `failed.py`.
"""
