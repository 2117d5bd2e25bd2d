"""The province's count: indicators, targets, denominators, attainments, rollups.

One person attains an indicator once. What is counted here was completed here; a confirmation
on VNeID is another fact, recorded with its source, and the two are never added together.
"""
