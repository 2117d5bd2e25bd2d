"""The ledger of steps: who enrolled, which steps were completed, when a course is complete.

`complete_step` is the one verb for every door.
"""
