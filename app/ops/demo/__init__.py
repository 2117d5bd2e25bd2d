"""The demo world: today's units of Đà Nẵng, invented workplaces, about 300 invented people.

Everything happens through the same verbs as in life, at moments spread over the last months:
people are entered, study, sit tests, fail, pass, and the register and the count follow.
The same seed gives the same people. Nobody here exists.
"""
