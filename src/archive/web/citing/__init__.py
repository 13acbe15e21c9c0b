"""What the pages share that let their record be cited: which record is meant, in which form it is asked for.

Begin with `negotiation.py`: the one place where `Accept` chooses between a page and a record for programs.
"""
