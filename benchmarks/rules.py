"""The contract of the benchmark as a team with a rule engine (zen-engine) would settle it: the rules row by row.

    python -m benchmarks.rules DATA

A decision table says whether a row is accepted, an expression what it is worth. What a rule engine sees is one row: the
price of the day is looked up, doubles are found and the ceiling is filled in Python. Inside, the engine counts in decimals
of 28 digits and rounds half away from zero; what goes in and comes out is a binary float, so that amounts of more than 15
digits would not be exact. Sums are kept in whole cents. Prints JSON as the expert's SQL does, without its digest.
"""

from __future__ import annotations

import csv
import json
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import zen

FIRST, LAST = date(2024, 1, 1), date(2025, 12, 31)
INPUTS = {"known": "known", "day": "day", "waited": "waited", "quantity": "quantity", "double": "double"}
REJECTED = {
    "unknown-code": {"known": "false"},
    "outside-term": {"day": f"not in [{FIRST.toordinal()}..{LAST.toordinal()}]"},
    "late": {"waited": "> 365"},
    "negative": {"quantity": "< 0"},
    "double": {"double": "true"},
    "paid": {},
}
AMOUNT = "reason == 'paid' ? round(quantity * tariff, 2) : 0"


def decision() -> str:
    """The decision graph: a table with the first rule that fits, and the amount."""
    nothing = dict.fromkeys(INPUTS, "")
    rules = [{"_id": reason, **nothing, **tests, "reason": f"'{reason}'"} for reason, tests in REJECTED.items()]
    table = {
        "hitPolicy": "first", "passThrough": True, "rules": rules,
        "inputs": [{"id": name, "name": name, "field": field} for name, field in INPUTS.items()],
        "outputs": [{"id": "reason", "name": "reason", "field": "reason"}],
    }  # fmt: skip
    worth = {
        "expressions": [
            {"id": key, "key": key, "value": sql} for key, sql in (("reason", "reason"), ("amount", AMOUNT))
        ]
    }
    nodes = [
        ("in", "inputNode", None),
        ("accept", "decisionTableNode", table),
        ("price", "expressionNode", worth),
        ("out", "outputNode", None),
    ]
    return json.dumps({
        "nodes": [
            {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, **({"content": content} if content else {})}
            for name, kind, content in nodes
        ],
        "edges": [
            {"id": f"{one[0]}-{other[0]}", "type": "edge", "sourceId": one[0], "targetId": other[0]}
            for one, other in pairwise(nodes)
        ],
    })  # fmt: skip


class Prices:
    """The price of a product and level on a day."""

    def __init__(self, path: Path) -> None:
        self.starts: dict[tuple[str, str], list[date]] = defaultdict(list)
        self.versions: dict[tuple[str, str], list[tuple[date, float]]] = defaultdict(list)
        with path.open(encoding="utf-8", newline="") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: row["valid_from"])
        for row in rows:
            key = row["product_code"], row["level"]
            self.starts[key].append(date.fromisoformat(row["valid_from"]))
            self.versions[key].append((date.fromisoformat(row["valid_to"]), float(row["tariff"])))
        self.products = {product for product, _ in self.starts}

    def at(self, product: str, level: str, day: date) -> float:
        """The tariff; nothing when there is none, which only rejected rows have here."""
        place = bisect_right(self.starts.get((product, level), []), day) - 1
        if place < 0:
            return 0.0
        last, tariff = self.versions[product, level][place]
        return tariff if day <= last else 0.0


def judge(data: Path) -> tuple[Counter[str], dict[tuple[str, int], list[tuple[date, int, int]]]]:
    """Rows by reason, and the paid rows of every provider and year: day, number, cents."""
    content = zen.ZenDecisionContent(decision())
    engine = zen.ZenEngine({"loader": lambda key: content})
    prices, seen = Prices(data / "prices.csv"), set[str]()
    reasons: Counter[str] = Counter()
    paid: dict[tuple[str, int], list[tuple[date, int, int]]] = defaultdict(list)
    with (data / "care.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            day, product, claim = date.fromisoformat(row["care_date"]), row["product_code"], row["claim_id"]
            asked = {
                "known": product in prices.products, "day": day.toordinal(), "quantity": float(row["quantity"]),
                "waited": (date.fromisoformat(row["claim_date"]) - day) // timedelta(days=1), "double": claim in seen,
                "tariff": prices.at(product, row["level"], day),
            }  # fmt: skip
            seen.add(claim)
            found = engine.evaluate("care", asked)["result"]
            reasons[found["reason"]] += 1
            if found["reason"] == "paid":
                paid[row["provider_id"], day.year].append((day, number, round(found["amount"] * 100)))
    return reasons, paid


def main() -> None:
    data = Path(sys.argv[1])
    reasons, paid = judge(data)
    with (data / "ceilings.csv").open(encoding="utf-8", newline="") as file:
        room = {(row["provider_id"], int(row["year"])): row["amount"].replace(".", "") for row in csv.DictReader(file)}
    priced = payable = 0
    for scope, rows in paid.items():
        left = int(room[scope])
        for _, _, cents in sorted(rows):
            part = min(cents, left)
            left -= part
            priced, payable = priced + cents, payable + part
    sums = {"priced": f"{priced // 100}.{priced % 100:02d}", "payable": f"{payable // 100}.{payable % 100:02d}"}
    print(json.dumps({"reasons": dict(sorted(reasons.items())), **sums}))


if __name__ == "__main__":
    main()
