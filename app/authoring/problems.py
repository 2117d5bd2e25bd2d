"""What keeps an act of the studio from being done."""


class StudioProblem(ValueError):
    """Nothing was changed; the message says why, and what to do, in Vietnamese."""


class Locked(StudioProblem):
    """The draft waits for review or publication: its texts may not be changed now."""


class NotThere(StudioProblem):
    """The thing is not, or no longer, in the open draft."""
