"""Rows to their contracts in the database: every layout of a file is read once, and every contract finds its rows there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from contractlang.data.database import connect
from contractlang.data.prepared import Places, places
from contractlang.engine.duck.accept import Acceptor
from contractlang.engine.duck.family import Family, Kin, kin
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

    def own_rows(self, numbers: Iterable[int]) -> str:
        """The rows of these stakes, which share one term, as a test in SQL; the column of the provider tells them apart."""
        wanted = set(numbers)
        some = [one for one in self.stakes if one.number in wanted]
        tests = [f"{self.own} IN ({_codes(some)})"] if self.own else []
        tests += (
            [f"{self.day} BETWEEN DATE '{some[0].claim.term.first}' AND DATE '{some[0].claim.term.last}'"]
            if self.day
            else []
        )
        return f"coalesce({' AND '.join(tests) or 'true'}, false)"

    def unclaimed(self) -> str:
        """Whether no stake of the batch claims a row, as SQL over the rows themselves."""
        if len({one.claim.term for one in self.stakes}) == 1:
            return f"NOT {self.own_rows(one.number for one in self.stakes)}"
        tests = [f"{self.own} = r.code"] if self.own else []
        tests += [f"{self.day} BETWEEN r.first AND r.last"] if self.day else []
        return f"NOT EXISTS (SELECT 1 FROM {self.routes()} WHERE {' AND '.join(tests) or 'true'})"

    def way(self) -> str:
        """How near a row comes to a stake of the batch, as an index of `claim.WAY`."""
        cases = []
        if self.own:
            cases += [f"WHEN {self.own} IS NULL THEN CASE WHEN w.bad THEN 0 ELSE 1 END"]
            cases += [f"WHEN {self.own} NOT IN ({_codes(self.stakes)}) THEN 2"]
        cases += [f"WHEN {self.day} IS NULL THEN 3"] if self.day else []
        return f"CASE {' '.join(cases)} ELSE 4 END"


class DuckRouter:
    """See `contractlang.engine.routing.Router`."""

    def __init__(self, members: Sequence[Member], as_of: date | None) -> None:
        self.connection = connect()
        self.loader = Loader(self.connection)
        self.as_of = as_of
        self.loaded: dict[tuple[int, str], Loaded] = {}  # by layout and table
        self.texts: dict[str, str] = {}  # texts of cells that cannot be read, by relation
        self.stakes = stakes(members)
        self.by_file = by_file(self.stakes)
        self._of: dict[int, list[Stake]] = {}
        for stake in self.stakes:
            self._of.setdefault(stake.member.number, []).append(stake)
        self._files: dict[str, FileRows] = {}
        self._batch: dict[int, Batch] = {}  # by stake
        self._lost: dict[int, str] = {}  # by stake: the rows that it claims and does not get
        self._counts: dict[int, int] = {}
        self._ordered: dict[int, str] = {}  # by stake
        self._families: dict[int, list[Member]] = {}  # by member
        self._made: dict[tuple[int, date | None], Family] = {}
        try:
            self._start(members)
        except BaseException:
            self.close()
            raise

    def _start(self, members: Sequence[Member]) -> None:
        for member in members:
            self._load(member)
        for number, (file, on_file) in enumerate(self.by_file.items()):
            self._files[file] = self._route(number, file, on_file)
        self._find_families(members)
        self._put_in_order([stake for stake in self.stakes if stake.member.number not in self._families])

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
            self.loaded[member.layout, table.name] = replace(made, relation=f"main.{made.relation}")

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
            batch = found.setdefault(key, Batch(loaded, own, day, key[3], stake.claim.exclusive))
            batch.stakes.append(stake)
            self._batch[stake.number] = batch
        return list(found.values())

    def _route(self, number: int, file: str, on_file: list[Stake]) -> FileRows:
        batches = self._batches(on_file)
        if clashes := clashing(on_file):
            self._settle_clashes(number, batches, clashes)
            self._lost |= {one.number: f"main.lost{number}" for one in on_file if one.claim.exclusive}
        for batch in batches:
            query = f"SELECT k, count(*) FROM ({self._given(batch)}) GROUP BY k"
            self._counts |= dict(self.connection.execute(query).fetchall())
        decide = {stake.number for stake in deciding(on_file)}
        rows = self._number(f"SELECT count(*) FROM {batches[0].loaded.relation}")
        parts = " UNION ALL ".join(
            f"SELECT n FROM ({self._given(batch)})" for batch in batches if batch.stakes[0].number in decide
        )
        if not clashes and all(one.claim.exclusive and one.claim.role for one in on_file):
            given = sum(self._counts.get(one, 0) for one in decide)  # who does not clash shares no row with another
        else:
            given = self._number(f"SELECT count(DISTINCT n) FROM ({parts})")
        if given < rows:
            alike = len({batch.loaded.relation for batch in batches}) == 1 and not clashes
            deciding_ones = [batch for batch in batches if batch.stakes[0].number in decide]
            simple = " AND ".join(batch.unclaimed() for batch in deciding_ones)
            missing = simple if alike else f"w.rowid + 1 NOT IN (SELECT n FROM ({parts}))"
            self._gather_strays(number, batches[0].loaded.relation, deciding_ones, missing, bool(clashes))
        return FileRows(file, rows, given)

    def _given(self, batch: Batch, more: str = "", numbers: Iterable[int] | None = None) -> str:
        """The rows that the stakes of a batch claim and get: k, n and `more` columns."""
        query = f"SELECT c.* FROM ({batch.claimed(more)}) c"
        lost = self._lost.get(batch.stakes[0].number)
        if lost:
            query += f" ANTI JOIN {lost} x ON x.n = c.n AND x.k = c.k"
        return query if numbers is None else f"{query} WHERE c.k IN ({_listed(numbers)})"

    def _put_in_order(self, some: Iterable[Stake]) -> None:
        """The rows of each of these stakes together, in the order of the file."""
        batches: dict[int, list[Stake]] = {}
        for stake in some:
            if stake.number not in self._ordered:
                batches.setdefault(id(self._batch[stake.number]), []).append(stake)
        for own in batches.values():
            batch, name = self._batch[own[0].number], f"main.ordered{len(self._ordered)}"
            more = "".join(f", w.{batch.loaded.columns[column.name]}" for column in batch.loaded.read) + ", w.bad"
            query = self._given(batch, more, [one.number for one in own])
            self.connection.execute(f"CREATE TABLE {name} AS {query} ORDER BY k, n")
            self._ordered |= {one.number: name for one in own}

    def _settle_clashes(self, number: int, batches: list[Batch], clashes: list[tuple[int, int]]) -> None:
        """Rows that two overlapping contracts claim: those whose clauses select the row keep their claim on it.

        Makes clash (n and, when nobody gets the row, the reason) and lost (k, n): the claims that are not met.
        """
        involved = {one for pair in clashes for one in pair}
        claims = " UNION ALL ".join(batch.claimed("") for batch in batches if batch.exclusive)
        pairs = ", ".join(f"({one}, {other}), ({other}, {one})" for one, other in clashes)
        both = "EXISTS (SELECT 1 FROM {0} o JOIN pairs{1} p ON p.b = o.k WHERE o.n = {2}.n AND p.a = {2}.k)"
        run = self.connection.execute
        run(f"CREATE TABLE pairs{number} AS SELECT * FROM (VALUES {pairs}) v(a, b)")
        run(f"CREATE TABLE all{number} AS {claims}")
        run(
            f"CREATE TABLE claim{number} AS SELECT c.* FROM all{number} c "
            f"WHERE c.k IN ({_listed(involved)}) AND {both.format(f'all{number}', number, 'c')}"
        )
        run(f"CREATE TABLE kept{number} (k INTEGER, n BIGINT)")
        for batch in batches:
            for stake in batch.stakes:
                if stake.number in involved:
                    self._keep_selected(number, batch, stake)
        run(
            f"CREATE TABLE clash{number} AS SELECT c.n, CASE WHEN c.n NOT IN (SELECT n FROM kept{number}) "
            f"THEN {quoted(claim.NOT_SELECTED)} WHEN c.n IN (SELECT g.n FROM kept{number} g WHERE "
            f"{both.format(f'kept{number}', number, 'g')}) THEN {quoted(claim.SEVERAL)} END AS reason "
            f"FROM (SELECT DISTINCT n FROM claim{number}) c"
        )
        run(
            f"CREATE TABLE lost{number} AS SELECT c.k, c.n FROM all{number} c JOIN clash{number} x ON x.n = c.n "
            f"WHERE x.reason IS NOT NULL UNION "
            f"SELECT c.k, c.n FROM claim{number} c ANTI JOIN kept{number} g ON g.k = c.k AND g.n = c.n"
        )

    def _keep_selected(self, number: int, batch: Batch, stake: Stake) -> None:
        """The rows on which a stake clashes and that a clause of its contract selects."""
        if not self._number(f"SELECT count(*) FROM claim{number} WHERE k = {stake.number}"):
            return
        engine = Slice(Shared(self.connection, self._parts(stake.member, None)), stake.member, self.as_of)
        try:
            emitter = engine.acceptor.emitter(stake.table, batch.loaded.columns, {})
            tests = [emitter.condition(where) for where in selections(stake.member.contract, stake.table.name)]
            engine.connection.execute(
                f"INSERT INTO main.kept{number} SELECT c.k, c.n FROM main.claim{number} c "
                f"JOIN {batch.loaded.relation} w ON w.rowid + 1 = c.n {' '.join(emitter.joins)} "
                f"WHERE c.k = {stake.number} AND ({' OR '.join(tests) or 'false'})"
            )
        finally:
            engine.close()

    def _gather_strays(self, number: int, base: str, batches: list[Batch], missing: str, clashed: bool) -> None:
        """Every row that nobody got, with its reason and who claims it."""
        self.connection.execute(f"CREATE TABLE stray{number} AS SELECT w.rowid + 1 AS n FROM {base} w WHERE {missing}")
        ways = " UNION ALL ".join(
            f"SELECT s.n, {batch.way()} AS way FROM stray{number} s JOIN {batch.loaded.relation} w ON w.rowid + 1 = s.n {batch.joins}"
            for batch in batches
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

    # ---------------------------------------------------------------- families

    def _find_families(self, members: Sequence[Member]) -> None:
        """Contracts that an engine cannot tell apart but by their provider are settled by one engine."""
        found: dict[object, list[Member]] = {}
        for member in members:
            common = None if member.contract.holes else kin(member.contract)
            own = self._of.get(member.number, ())
            if common is None or any(self._batch[stake.number].joins or not stake.claim.own for stake in own):
                continue
            key, twin = (member.layout, common), 0
            code = member.contract.parties.code
            while any(one.contract.parties.code == code for one in found.get((key, twin), ())):
                twin += 1
            found.setdefault((key, twin), []).append(member)
        for family in found.values():
            if len(family) > 1:
                self._families |= {member.number: family for member in family}

    def _family(self, members: list[Member], as_of: date | None) -> Family:
        key = (id(members), as_of)
        if key not in self._made:
            tests = {table.name: self._elsewhere(members, table.name) for table in members[0].contract.tables}
            shared = Shared(self.connection, self._parts(members[0], None))
            self._made[key] = Family(shared, members, tests.__getitem__, as_of)
        return self._made[key]

    def _elsewhere(self, members: list[Member], table: str) -> str:
        """Whether a row of a table belongs to no member of a family, as SQL; empty when it is handed over whole."""
        own = [stake.number for member in members if (stake := self._stake(member, table))]
        if not own:
            return ""
        batch, lost = self._batch[own[0]], self._lost.get(own[0])
        test = f"NOT {batch.own_rows(own)}"
        return f"({test} OR w.rowid + 1 IN (SELECT n FROM {lost} WHERE k IN ({_listed(own)})))" if lost else f"({test})"

    def alone(self, member: Member) -> None:
        """Settle the members of a family one by one from here on."""
        family = self._families.get(member.number, [])
        for one in family:
            self._families.pop(one.number, None)
        self._put_in_order([stake for one in family for stake in self._of.get(one.number, ())])

    def leave(self, member: Member) -> None:
        """A member turns out not to be settled: nobody waits for it."""
        for (_, _), family in self._made.items():
            family.leave(member.number)

    def engine(self, member: Member, as_of: date | None) -> Engine:
        """An engine over the rows of a member."""
        members = self._families.get(member.number)
        if members is not None:
            return Kin(self._family(members, as_of), member)
        return Slice(Shared(self.connection, self._parts(member, self._ordered)), member, as_of)

    def _parts(self, member: Member, ordered: dict[int, str] | None) -> dict[str, Part]:
        """Where a member finds the rows of its tables: its own among those in order, or the whole table."""
        found = {}
        for table in member.contract.tables:
            if not table.made:
                stake = None if ordered is None else self._stake(member, table.name)
                query = (
                    None if stake is None or ordered is None else f"{ordered[stake.number]} WHERE k = {stake.number}"
                )
                found[table.name] = Part(self.loaded[member.layout, table.name], query, self._texts_of)
        return found

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
            own = [one for one in decide if one.member is member]
            other = [one for one in decide if one.member is not member]
            if not own:
                continue
            query = f"SELECT DISTINCT n, {quoted(claim.NOT_SETTLED)} AS reason, [{member.number}] AS ks FROM ({self._got(own)})"
            if other and not all(one.claim.exclusive and one.claim.role for one in decide):
                query += f" WHERE n NOT IN (SELECT n FROM ({self._got(other)}))"
            yield from self._read(file, on_file, query)

    def _got(self, some: Sequence[Stake]) -> str:
        by_batch: dict[int, list[int]] = {}
        for one in some:
            by_batch.setdefault(id(self._batch[one.number]), []).append(one.number)
        return " UNION ALL ".join(
            f"SELECT n FROM ({self._given(self._batch[own[0]], numbers=own)})" for own in by_batch.values()
        )

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
        found = self.places(on_file[0].member, on_file[0].table.name)
        while rows := cursor.fetchmany(10_000):
            for n, reason, members, cents in rows:
                part, row = ("", n) if found is None else found.find(n)
                claimants = tuple(sorted(members or ()))
                yield Stray(file, row, reason, claimants, None if cents is None else int(cents), part)

    def places(self, member: Member, table: str) -> Places | None:
        """Where the rows of a table of several files stand."""
        return places(member.data.get(table), self.loaded[member.layout, table].sizes)

    def count(self, member: Member, table: str) -> int | None:
        """How many rows of a table a member got."""
        stake = self._stake(member, table)
        return None if stake is None else self._counts.get(stake.number, 0)

    def rows_of(self, member: Member, table: str) -> Sequence[int] | None:
        """The numbers in the file of the rows that a member got, when its engine numbers them otherwise."""
        stake = self._stake(member, table)
        if stake is None or member.number in self._families:
            return None
        rows = self.connection.execute(
            f"SELECT n FROM {self._ordered[stake.number]} WHERE k = {stake.number} ORDER BY n"
        )
        return [n for (n,) in rows.fetchall()]

    def _stake(self, member: Member, table: str) -> Stake | None:
        return next((one for one in self._of.get(member.number, ()) if one.table.name == table), None)

    def _number(self, query: str) -> int:
        return int((self.connection.execute(query).fetchone() or (0,))[0])


def _codes(some: Iterable[Stake]) -> str:
    return ", ".join(sorted({quoted(one.claim.own[1]) for one in some if one.claim.own}))


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))
