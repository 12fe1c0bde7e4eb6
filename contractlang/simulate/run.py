"""Settling every scenario: the data are read once, drawn once for each volume and seed, and settled under each contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct, field

from contractlang.api import settle_prepared
from contractlang.base.diagnostics import word
from contractlang.data.prepare import cleanup, prepare
from contractlang.data.prepared import Prepared
from contractlang.engine.protocol import BrokenLaw, DataFault
from contractlang.model.contract import Contract
from contractlang.model.tables import Table
from contractlang.simulate.faults import SimulationFault
from contractlang.simulate.outcomes import Amounts, Run, Scenario, Simulation, amounts_of
from contractlang.simulate.plan import Asked, Plan, Point
from contractlang.simulate.resample import Resampler
from contractlang.simulate.variants import Variant

Given = Mapping[str, Prepared]


def simulate(plan: Plan, tick: Callable[[], None] = lambda: None) -> Simulation:
    """Settle everything; `tick` is called after each settlement.

    Raises DataError, DataFault and BrokenLaw for the contract as it stands, SimulationFault ZC929 for a scenario that
    cannot be settled.
    """
    contract, asked = plan.source.contract, plan.asked
    with _desk(asked) as desk:
        data = desk.data(contract)
        statement = settle_prepared(contract, data, as_of=asked.as_of, engine=asked.engine)
        tick()
        drawing = Resampler(contract, data, plan.volume) if plan.volume else None
        runs = _runs(plan, desk, drawing, tick)
    return Simulation(
        contract.name, contract.version, contract.language, {one.article: one.title for one in statement.titles},
        amounts_of(statement), tuple(one.place for one in plan.settings), plan.volume.table if plan.volume else None,
        drawing.person if drawing else None, plan.seeds, _scenarios(plan, runs),
    )  # fmt: skip


def _runs(
    plan: Plan, desk: _Desk, drawing: Resampler | None, tick: Callable[[], None]
) -> dict[tuple[int, int], list[Run]]:
    """The settlements of each contract at each volume; what is drawn is removed when all contracts have seen it."""
    runs: dict[tuple[int, int], list[Run]] = {}
    for (at, point), seed in ((one, seed) for one in enumerate(plan.points) for seed in one[1].seeds):
        try:
            for number, variant in enumerate(plan.variants):
                given, drawn = desk.data(variant.contract), None
                if drawing and point.volume and seed is not None:
                    given, drawn = drawing.drawn(given, point.volume.value, seed)
                amounts = _settled(plan, variant, point, seed, given)
                runs.setdefault((number, at), []).append(Run(seed, amounts, drawn))
                tick()
        finally:
            if drawing:
                drawing.forget()
    return runs


def _settled(plan: Plan, variant: Variant, point: Point, seed: int | None, given: Given) -> Amounts:
    """One scenario. Raises SimulationFault ZC929 when it cannot be settled."""
    try:
        asked = plan.asked
        return amounts_of(settle_prepared(variant.contract, given, as_of=asked.as_of, engine=asked.engine))
    except (DataFault, BrokenLaw) as fault:
        language = plan.source.contract.language
        named = [f"{one.place}: {value.text}" for one, value in zip(plan.settings, variant.values, strict=True)]
        if point.volume is not None:
            named.append(f"{point.volume.written(language, signed=True)}" + (f" (seed {seed})" if seed else ""))
        arguments = getattr(fault, "arguments", {"law": str(fault)})
        text = f"{fault.code} {word(fault.code, 'text', language, arguments)}"
        raise SimulationFault("ZC929", scenario=", ".join(named), fault=text) from fault


def _scenarios(plan: Plan, runs: Mapping[tuple[int, int], Sequence[Run]]) -> tuple[Scenario, ...]:
    return tuple(
        Scenario(
            1 + number * len(plan.points) + at,
            variant.values,
            point.volume,
            variant.made,
            tuple(runs[number, at]),
        )
        for number, variant in enumerate(plan.variants)
        for at, point in enumerate(plan.points)
    )


class _Desk(Struct):
    """The data, read once for all contracts that read the same columns."""

    asked: Asked
    read: list[tuple[tuple[Table, ...], Given]] = field(default_factory=list)

    def data(self, contract: Contract) -> Given:
        """The data for a contract. Raises DataError."""
        for tables, given in self.read:
            if tables == contract.tables:
                return given
        given = prepare(contract, self.asked.data, mapping=self.asked.mapping, decimal=self.asked.decimal)
        self.read.append((contract.tables, given))
        return given


@contextmanager
def _desk(asked: Asked) -> Iterator[_Desk]:
    desk = _Desk(asked)
    try:
        yield desk
    finally:
        for _, given in desk.read:
            cleanup(given)
