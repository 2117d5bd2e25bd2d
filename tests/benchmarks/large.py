"""`make bench-large`: rendering, three thousand courses on the shelf and in the search, mergers
and twins among many people.

Each part prints its figures; the exit code is 1 when any of their bounds does not hold.
"""

import sys

from tests.benchmarks import rendering, replay, search, shelf, twins


def main() -> int:
    """Run the parts one after the other, all of them."""
    return max([part.main() for part in (rendering, shelf, search, replay, twins)])


if __name__ == "__main__":
    sys.exit(main())
