"""Labels under a head: each question the field disagrees about is one label with an enumerated set of answers."""

from __future__ import annotations

from msgspec import Struct, field

from contractlang.analysis.draft import Draft
from contractlang.analysis.vocabulary import label_text
from contractlang.syntax.tree import Line, Node

# rule of the sentence -> the label that it answers, where several sentences answer one label
SAME = {
    "filled_by": "filled", "filled_in_proportion": "filled", "filled_as_a_whole": "filled",
    "outside_nothing": "outside", "above_nothing": "above", "above_scale": "above",
    "gives_all": "gives", "receives_all": "receives", "instalments_none": "instalments",
    "includes_where": "includes", "reserve_to": "reserve", "matched_by_nothing": "matched_by", "window_days": "window",
    "instalments_on": "instalments", "cents_largest": "cents", "cents_largest_row": "cents",
    "precedence_first": "precedence", "step_rounded": "rounded", "step_scale": "by_scale",
    "step_nothing": "step", "share": "share",
}  # fmt: skip
MANY = {"includes", "per", "step", "share", "by_scale", "rounded"}  # may stand several times

# which labels a head knows; others are refused where they stand
KNOWN = {
    "pay": {"step", "by_scale", "rounded", "volume", "per", "filled", "credits", "part_year", "instalments", "cents", "includes", "matched_by",
            "window", "precedence"},
    "limit": {"per", "part_year", "filled", "last_row", "late_row", "freed_room", "outside", "they_count", "above", "gives",
              "receives", "in_order", "changed", "delivery", "without_amount", "unlined"},
    "adjust": {"by_amount", "step", "by_scale", "rounded", "per"},
    "guarantee": {"per", "part_year", "rounded"},
    "distribute": {"per", "share", "rest", "short", "no_key", "rounded", "cents", "reserve", "left_over"},
    "deduct": {"per", "when_owed", "set_off", "left_over", "interest_none"},
}  # fmt: skip
# the code that asks for a label; its page gives the answers and what each means
ASKS = {
    "per": "ZC431", "part_year": "ZC432", "filled": "ZC433", "last_row": "ZC434", "late_row": "ZC435", "freed_room": "ZC436",
    "outside": "ZC437", "they_count": "ZC438", "above": "ZC439", "rounded": "ZC440", "by_amount": "ZC441",
    "in_order": "ZC442", "gives": "ZC443", "receives": "ZC443", "changed": "ZC444",
}  # fmt: skip


class Labels(Struct):
    """The labels of one head. `inherited` are those that the contract sets for every limit."""

    draft: Draft
    head: Line
    kind: str
    found: dict[str, list[Line]] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)  # labels that are left open
    broken: bool = False  # a line below the head could not be read: absent labels are then not asked for

    def node(self, label: str) -> Node | None:
        """The sentence that answers a label, the first when there are several."""
        lines = self.found.get(label)
        return lines[0].node if lines else None

    def lines(self, *labels: str) -> list[Line]:
        """All sentences of these labels in the order written."""
        wanted = [line for label in labels for line in self.found.get(label, ())]
        return sorted(wanted, key=lambda line: line.place.line)

    def answer(self, label: str) -> str:
        """The terminal that answers an enumerated label; empty when it is absent or left open."""
        node = self.node(label)
        if node is None:
            return ""
        word = node.node(0).word(0)
        if word.terminal == "HOLE":
            self.draft.hole(label, word.place)
            self.opened.append(label)
            return "HOLE"
        return word.terminal

    def require(self, *labels: str) -> bool:
        """Ask for every label that is absent; whether all are there."""
        absent = [label for label in labels if label not in self.found]
        if not self.broken:
            for label in absent:
                if label in ASKS:
                    self.draft.fault(ASKS[label], self.head)
                else:
                    self.draft.fault("ZC462", self.head, label=label)
        return not absent

    def once(self, label: str) -> None:
        """Refuse a second answer to a label that may stand several times below other heads."""
        for line in self.found.get(label, [])[1:]:
            self.draft.fault("ZC204", line, label=label, line=self.found[label][0].place.line)

    def refuse(self, *labels: str, code: str = "ZC445") -> None:
        """Refuse labels that have no meaning beside another answer."""
        for label in labels:
            for line in self.found.get(label, ()):
                if line in self.head.lines:
                    self.draft.fault(code, line)


def refuse_unknown(draft: Draft, lines: tuple[Line, ...], kind: str) -> None:
    """Refuse labels that a kind of head does not know, where the contract sets them for every such head."""
    for line in lines:
        if line.node is not None and SAME.get(line.rule, line.rule) not in KNOWN[kind]:
            _unknown(draft, line, kind)


def _unknown(draft: Draft, line: Line, kind: str) -> None:
    known = sorted(label_text(one, draft.source.language) for one in KNOWN[kind])
    draft.fault("ZC446", line, known=", ".join(known))


def read_labels(draft: Draft, head: Line, kind: str) -> Labels:
    """The labels under a head; misplaced and double ones are faults."""
    labels = Labels(draft, head, kind)
    for line in head.lines:
        if line.node is None:
            labels.broken = True
            continue
        label = SAME.get(line.rule, line.rule)
        if label not in KNOWN[kind]:
            _unknown(draft, line, kind)
        elif label in labels.found and label not in MANY:
            draft.fault("ZC204", line, label=label, line=labels.found[label][0].place.line)
        else:
            labels.found.setdefault(label, []).append(line)
    if kind == "limit":
        for line in draft.limit_labels:
            label = SAME.get(line.rule, line.rule)
            if line.node is not None and label not in labels.found:
                labels.found[label] = [line]
    return labels
