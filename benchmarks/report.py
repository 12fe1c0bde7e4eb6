"""What was measured last (benchmarks/results.json) into docs/performance.md, with a plot.

python -m benchmarks.report
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import RESULTS, ROOT
from benchmarks.tables import Record, filled, names, number

DOCUMENT = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "performance.svg"


def plot(records: Sequence[Record], path: Path) -> None:
    """Seconds by lines, both on logarithmic scales, a line for each engine."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "contractlang", "svg.fonttype": "none", "font.family": "sans-serif"}
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5), layout="constrained")
    for name, mark in zip(names(records), "so^Dv", strict=False):
        own = [one for one in records if one["engine"] == name and "absent" not in one]
        axes.loglog(
            [number(one, "lines") for one in own], [number(one, "wall") for one in own], marker=mark, label=name
        )
    axes.set_xlabel("lines")
    axes.set_ylabel("seconds on the clock")
    axes.grid(which="major", alpha=0.3)
    axes.legend()
    figure.savefig(path, metadata={"Date": None}, facecolor="white")


def main() -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    DOCUMENT.write_text(filled(DOCUMENT.read_text(encoding="utf-8"), results), encoding="utf-8")
    if "ceiling" in results:
        plot(results["ceiling"], PLOT)


if __name__ == "__main__":
    main()
