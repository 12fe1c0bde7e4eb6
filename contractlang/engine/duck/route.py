"""Rows to their contracts in the database: every file is read once, the rows that have a contract are put in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import duckdb
from msgspec import Struct, field

from contractlang.engine.duck.accept import Acceptor
from contractlang.engine.duck.load import Loaded, Loader, quoted
from contractlang.engine.duck.results import submitted_cents
from contractlang.engine.duck.slices import Part, Shared, Slice
from contractlang.engine.protocol import Engine
from contractlang.engine.routing import FileRows, Member, Stake, Stray, by_file, clashing, deciding, stakes
from contractlang.model import claim
from contractlang.model.claim import selections


class Batch(Struct, frozen=True):
    """Stakes on one relation that tell provider and day alike: they are matched with the rows in one join."""

    loaded: Loaded
    own: str | None  # column of the provider in SQL
    day: str | None
    joins: str
    exclusive: bool
    stakes: list[Stake] = field(default_factory=list)

    def routes(self) -> str:
        """What each stake asks of a row, as a relation."""
        rows = ", ".join(
            f"({one.number}, {quoted(one.claim.own[1]) if one.claim.own else 'NULL'}, "
            f"DATE '{one.claim.term.first}', DATE '{one.claim.term.last}')"
            for one in self.stakes
        )
        return f"(VALUES {rows}) r(k, code, first, last)"

    def claimed(self, more: str) -> str:
        """The rows that the stakes claim: k, n (the number of the row) and `more` columns of the relation."""
        tests = [f"{self.own} = r.code"] if self.own else []
        tests += [f"{self.day} BETWEEN r.first AND r.last"] if self.day else []
        return (
            f"SELECT r.k, w.rowid + 1 AS n{more} FROM {self.loaded.relation} w {self.joins} "
            f"JOIN {self.routes()} ON {' AND '.join(tests) or 'true'}"
        )

    def way(self) -> str:
        """How near a row comes to a stake of the batch, as an index of `claim.WAY`."""
        cases = []
        if self.own:
            codes = ", ".join(sorted({quoted(one.claim.own[1]) for one in self.stakes if one.claim.own}))
            cases += [f"WHEN {self.own} IS NULL THEN CASE WHEN w.bad THEN 0 ELSE 1 END"]
            cases += [f"WHEN {self.own} NOT IN ({codes}) THEN 2"]
        cases += [f"WHEN {self.day} IS NULL THEN 3"] if self.day else []
        return f"CASE {' '.join(cases)} ELSE 4 END"


class DuckRouter:
    """See `contractlang.engine.routing.Router`."""

    def __init__(self, members: Sequence[Member], as_of: date | None) -> None:
        self.connection = duckdb.connect(config={"preserve_insertion_order": True})
        self.loader = Loader(self.connection)
        self.as_of = as_of
        self.loaded: dict[tuple[int, str], Loaded] = {}  # by layout and table
        self.texts: dict[str, str] = {}  # texts of cells that cannot be read, by relation
        self.stakes = stakes(members)
        self._files: dict[str, FileRows] = {}
        self.by_file = by_file(self.stakes)
        self._counts: dict[int, int] = {}
        self._ordered: set[str] = set()
        self._of: dict[int, list[Stake]] = {}
        for stake in self.stakes:
            self._of.setdefault(stake.member.number, []).append(stake)
        try:
            for member in members:
                self._load(member)
            for number, (file, on_file) in enumerate(self.by_file.items()):
                self._files[file] = self._route(number, file, on_file)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give back memory and remove temporary files."""
        self.connection.close()
        self.loader.close()

    # ---------------------------------------------------------------- reading

    def _load(self, member: Member) -> None:
        for table in member.contract.tables:
            if table.made or (member.layout, table.name) in self.loaded:
                continue
            made = self.loader.load(len(self.loaded), table, member.data.get(table.name))
            relation = f"main.{made.relation}"
            self.loaded[member.layout, table.name] = Loaded(relation, made.columns, made.read, made.wide, made.texts)

    def _texts_of(self, loaded: Loaded) -> str:
        """The texts of the rows that cannot be read: the file is read once more for all contracts together."""
        if loaded.relation not in self.texts:
            name = f"main.texts{len(self.texts)}"
            self.connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM ({loaded.texts}) "
                f"WHERE n IN (SELECT rowid + 1 FROM {loaded.relation} WHERE bad)"
            )
            self.texts[loaded.relation] = name
        return self.texts[loaded.relation]

    # ---------------------------------------------------------------- routing

    def _batches(self, on_file: Iterable[Stake]) -> list[Batch]:
        found: dict[tuple[object, ...], Batch] = {}
        for stake in on_file:
            loaded = self.loaded[stake.member.layout, stake.table.name]
            acceptor = Acceptor(self.connection, stake.member.contract, stake.member.data, self.as_of)
            emitter = acceptor.emitter(stake.table, loaded.columns, {})
            day = None if stake.claim.role is None else emitter.decides(stake.claim.role)
            own = None if stake.claim.own is None else f"w.{loaded.columns[stake.claim.own[0]]}"
            key = (loaded.relation, own, day, " ".join(emitter.joins), stake.claim.exclusive)
            found.setdefault(key, Batch(loaded, own, day, key[3], stake.claim.exclusive)).stakes.append(stake)
        return list(found.values())

    def _route(self, number: int, file: str, on_file: list[Stake]) -> FileRows:
        batches = self._batches(on_file)
        clashes = clashing(on_file)
        if clashes:
            self._settle_clashes(number, batches, clashes)
        relations: dict[str, list[Batch]] = {}
        for batch in batches:
            relations.setdefault(batch.loaded.relation, []).append(batch)
        for relation, some in relations.items():
            self._put_in_order(number if clashes else None, relation, some)
        decide = {stake.number for stake in deciding(on_file)}
        parts = " UNION ALL ".join(f"SELECT n FROM {ordered(r)} WHERE k IN ({_listed(decide)})" for r in relations)
        rows = self._number(f"SELECT count(*) FROM {batches[0].loaded.relation}")
        given = self._number(f"SELECT count(DISTINCT n) FROM ({parts})")
        if given < rows:
            self._gather_strays(number, batches, decide, parts, bool(clashes))
        return FileRows(file, rows, given)

    def _put_in_order(self, clashed: int | None, relation: str, batches: list[Batch]) -> None:
        """The rows of each stake together, in the order of the file."""
        loaded = batches[0].loaded
        more = "".join(f", w.{loaded.columns[column.name]}" for column in loaded.read) + ", w.bad"
        parts = []
        for batch in batches:
            query = f"SELECT c.* FROM ({batch.claimed(more)}) c"
            if clashed is not None and batch.exclusive:
                query += (
                    f" LEFT JOIN clash{clashed} x ON x.n = c.n LEFT JOIN kept{clashed} g ON g.n = c.n AND g.k = c.k "
                    f"WHERE x.n IS NULL OR (x.reason IS NULL AND (g.k IS NOT NULL OR NOT EXISTS "
                    f"(SELECT 1 FROM claim{clashed} t WHERE t.n = c.n AND t.k = c.k AND t.clashes)))"
                )
            parts.append(query)
        self.connection.execute(f"CREATE TABLE {ordered(relation)} AS {' UNION ALL '.join(parts)} ORDER BY k, n")
        self._ordered.add(relation)

    def _settle_clashes(self, number: int, batches: list[Batch], clashes: list[tuple[int, int]]) -> None:
        """Rows that two overlapping contracts claim: those whose clauses select the row keep their claim on it.

        Makes clash (n and, when nobody gets the row, the reason), claim (k, n, whether it clashes) and kept (k, n).
        """
        involved = {one for pair in clashes for one in pair}
        claims = " UNION ALL ".join(batch.claimed("") for batch in batches if batch.exclusive)
        pairs = ", ".join(f"({one}, {other}), ({other}, {one})" for one, other in clashes)
        both = "EXISTS (SELECT 1 FROM {0} o JOIN pairs{1} p ON p.a = {2}.k AND p.b = o.k WHERE o.n = {2}.n)"
        self.connection.execute(f"CREATE TABLE pairs{number} AS SELECT * FROM (VALUES {pairs}) v(a, b)")
        self.connection.execute(f"CREATE TABLE all{number} AS {claims}")
        self.connection.execute(
            f"CREATE TABLE claim{number} AS SELECT c.*, {both.format(f'all{number}', number, 'c')} AS clashes "
            f"FROM all{number} c WHERE c.k IN ({_listed(involved)})"
        )
        self.connection.execute(f"CREATE TABLE kept{number} (k INTEGER, n BIGINT)")
        for batch in batches:
            for stake in batch.stakes:
                if stake.number in involved:
                    self._keep_selected(number, batch, stake)
        self.connection.execute(
            f"CREATE TABLE clash{number} AS SELECT c.n, CASE WHEN NOT EXISTS (SELECT 1 FROM kept{number} g WHERE g.n = c.n) "
            f"THEN {quoted(claim.NOT_SELECTED)} WHEN EXISTS (SELECT 1 FROM kept{number} g WHERE g.n = c.n AND "
            f"{both.format(f'kept{number}', number, 'g')}) THEN {quoted(claim.SEVERAL)} END AS reason "
            f"FROM (SELECT DISTINCT n FROM claim{number} WHERE clashes) c"
        )

    def _keep_selected(self, number: int, batch: Batch, stake: Stake) -> None:
        """The rows on which a stake clashes and that a clause of its contract selects."""
        found = self._number(f"SELECT count(*) FROM claim{number} WHERE clashes AND k = {stake.number}")
        if not found:
            return
        engine = Slice(Shared(self.connection, self._parts(stake.member, routed=False)), stake.member, self.as_of)
        try:
            emitter = engine.acceptor.emitter(stake.table, batch.loaded.columns, {})
            tests = [emitter.condition(where) for where in selections(stake.member.contract, stake.table.name)]
            engine.connection.execute(
                f"INSERT INTO main.kept{number} SELECT c.k, c.n FROM main.claim{number} c "
                f"JOIN {batch.loaded.relation} w ON w.rowid + 1 = c.n {' '.join(emitter.joins)} "
                f"WHERE c.clashes AND c.k = {stake.number} AND ({' OR '.join(tests) or 'false'})"
            )
        finally:
            engine.close()

    def _gather_strays(self, number: int, batches: list[Batch], decide: set[int], given: str, clashed: bool) -> None:
        """Every row that nobody got, with its reason and who claims it."""
        base = batches[0].loaded.relation
        self.connection.execute(
            f"CREATE TABLE stray{number} AS SELECT rowid + 1 AS n FROM {base} WHERE rowid + 1 NOT IN (SELECT n FROM ({given}))"
        )
        ways = " UNION ALL ".join(
            f"SELECT s.n, {batch.way()} AS way FROM stray{number} s JOIN {batch.loaded.relation} w ON w.rowid + 1 = s.n {batch.joins}"
            for batch in batches
            if any(stake.number in decide for stake in batch.stakes)
        )
        names = "CASE way " + " ".join(f"WHEN {i} THEN {quoted(name)}" for i, name in enumerate(claim.WAY)) + " END"
        why, join = names, ""
        if clashed:
            why = f"coalesce(x.reason, {names})"
            members = " ".join(f"WHEN {one.number} THEN {one.member.number}" for one in self.stakes)
            join = (
                f"LEFT JOIN clash{number} x ON x.n = s.n LEFT JOIN (SELECT n, list(DISTINCT CASE k {members} END) AS ks "
                f"FROM all{number} GROUP BY n) a ON x.reason IS NOT NULL AND a.n = s.n"
            )
        self.connection.execute(
            f"CREATE TABLE told{number} AS SELECT s.n, {why} AS reason, {'a.ks' if clashed else 'NULL::INTEGER[]'} AS ks "
            f"FROM (SELECT n, max(way) AS way FROM ({ways}) GROUP BY n) s {join}"
        )

    # ---------------------------------------------------------------- what became of the rows

    def files(self) -> tuple[FileRows, ...]:
        """The files of which rows are claimed."""
        return tuple(self._files.values())

    def strays(self) -> Iterator[Stray]:
        """Rows that nobody got, by file and row."""
        for number, (file, on_file) in enumerate(self.by_file.items()):
            if self._files[file].given < self._files[file].rows:
                yield from self._read(file, on_file, f"SELECT n, reason, ks FROM told{number}")

    def given(self, member: Member) -> Iterator[Stray]:
        """The rows that one member alone got."""
        for file, on_file in self.by_file.items():
            decide = deciding(on_file)
            relations = {self.loaded[one.member.layout, one.table.name].relation for one in decide}
            every = " UNION ALL ".join(f"SELECT k, n FROM {ordered(relation)}" for relation in sorted(relations))
            own = [one.number for one in decide if one.member is member]
            other = [one.number for one in decide if one.member is not member]
            if own:
                query = (
                    f"SELECT DISTINCT n, {quoted(claim.NOT_SETTLED)} AS reason, [{member.number}] AS ks FROM ({every}) "
                )
                query += f"WHERE k IN ({_listed(own)})"
                if other:
                    query += f" AND n NOT IN (SELECT n FROM ({every}) WHERE k IN ({_listed(other)}))"
                yield from self._read(file, on_file, query)

    def _read(self, file: str, on_file: list[Stake], query: str) -> Iterator[Stray]:
        claimed, join = "NULL", ""
        told = next((stake for stake in on_file if stake.table.submitted is not None), None)
        if told is not None and told.table.submitted is not None:
            loaded = self.loaded[told.member.layout, told.table.name]
            cents = submitted_cents(
                told.table.column(told.table.submitted).decimals, f"w.{loaded.columns[told.table.submitted]}"
            )
            claimed, join = f"coalesce({cents}, 0)", f"JOIN {loaded.relation} w ON w.rowid + 1 = s.n"
        cursor = self.connection.cursor()
        cursor.execute(f"SELECT s.n, s.reason, s.ks, {claimed} FROM ({query}) s {join} ORDER BY s.n")
        while rows := cursor.fetchmany(10_000):
            for n, reason, members, cents in rows:
                yield Stray(file, n, reason, tuple(sorted(members or ())), None if cents is None else int(cents))

    def count(self, member: Member, table: str) -> int | None:
        """How many rows of a table a member got."""
        stake = self._stake(member, table)
        if stake is None:
            return None
        if not self._counts:
            for relation in dict.fromkeys(loaded.relation for loaded in self.loaded.values()):
                if relation in self._ordered:
                    self._counts |= dict(
                        self.connection.execute(f"SELECT k, count(*) FROM {ordered(relation)} GROUP BY k").fetchall()
                    )
        return self._counts.get(stake.number, 0)

    def rows_of(self, member: Member, table: str) -> Sequence[int] | None:
        """The numbers in the file of the rows that a member got."""
        stake = self._stake(member, table)
        if stake is None:
            return None
        relation = self.loaded[member.layout, table].relation
        rows = self.connection.execute(f"SELECT n FROM {ordered(relation)} WHERE k = {stake.number} ORDER BY n")
        return [n for (n,) in rows.fetchall()]

    def engine(self, member: Member, as_of: date | None) -> Engine:
        """An engine over the rows of a member."""
        return Slice(Shared(self.connection, self._parts(member)), member, as_of)

    def _parts(self, member: Member, routed: bool = True) -> dict[str, Part]:
        """Where a member finds the rows of its tables: its own among those in order, or the whole table."""
        found = {}
        for table in member.contract.tables:
            if not table.made:
                loaded = self.loaded[member.layout, table.name]
                stake = self._stake(member, table.name) if routed else None
                query = None if stake is None else f"{ordered(loaded.relation)} WHERE k = {stake.number}"
                found[table.name] = Part(loaded, query, self._texts_of)
        return found

    def _stake(self, member: Member, table: str) -> Stake | None:
        return next((one for one in self._of.get(member.number, ()) if one.table.name == table), None)

    def _number(self, query: str) -> int:
        return int((self.connection.execute(query).fetchone() or (0,))[0])


def ordered(relation: str) -> str:
    """The relation with the claimed rows of another, those of each stake together in the order of the file."""
    return f"{relation}_in_order"


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))
