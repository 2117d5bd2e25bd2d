"""What processes hold of the machine's memory, pages they share counted once."""

from pathlib import Path


def held_mib(process: int) -> float:
    """MiB of a process and of all that it started; what is gone meanwhile holds nothing."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0.0
    own = int(rollup.partition("\nPss:")[2].split()[0]) / 1024 if "\nPss:" in rollup else 0.0
    return own + sum(held_mib(int(child)) for child in children)
