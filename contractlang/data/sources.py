"""One file of a table: what its cells speak for, then how it is handed to an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from contractlang.data import files, parquet
from contractlang.data.cache import Cache, Kept, key_of
from contractlang.data.delimited import Delimited, read_delimited
from contractlang.data.evidence import Evidence, look_large
from contractlang.data.faults import Refusal, shown
from contractlang.data.headings import fold, names_of
from contractlang.data.notation import Notation, is_read
from contractlang.data.prepared import Dialect, Prepared
from contractlang.data.quotes import records
from contractlang.data.reading import Reading
from contractlang.data.rewrite import changed, changes, written
from contractlang.model.tables import Column, Kind, Table

PARQUET = ";"  # what stands for the delimiter of a file that has none: a point in its texts proves nothing


class Columnar(Struct, frozen=True):
    """A Parquet file that both engines can read, with the type of every column; `temporary` when it is a link of ours."""

    path: Path
    types: dict[str, str]
    temporary: bool


class Seen(Struct, frozen=True):
    """What was seen of a file: its headings, how cells are told apart, the types of a Parquet file, what cells speak for."""

    header: tuple[str, ...]
    delimiter: str
    types: dict[str, str]
    notes: dict[str, Evidence]

    @property
    def manner(self) -> tuple[bool, str]:
        """Files with the same manner of writing speak for each other."""
        return bool(self.types), self.delimiter


class Source(Struct, frozen=True):
    """A file of a table that was looked at, with where its columns stand."""

    path: Path
    origin: str
    sha256: str | Future[str]
    seen: Seen
    positions: dict[str, int]
    ignored: tuple[str, ...]
    opened: Delimited | Columnar | None  # None: a cache says what was seen of it before

    def forget(self, but: Path | None = None) -> None:
        """Remove the copy that was made, unless it is the file that an engine will read."""
        if self.opened is not None and self.opened.temporary and self.opened.path != but:
            self.opened.path.unlink(missing_ok=True)


def look_at(reading: Reading, table: Table, value: str | Path) -> Source:
    """Look through a file. Raises Refusal when it cannot be used; a copy made by then is removed."""
    path, origin = Path(value), shown(value, 200)
    files.readable(path, origin)
    if reading.cache is not None:
        digest = files.sha256(path)
        key = key_of("seen", digest, *_asked(reading, table))
        seen = seen_before(reading.cache, key)
        if seen is not None:
            return _source(reading, table, Source(path, origin, digest, seen, {}, (), None))
        made = _look_through(reading, table, path, origin, digest)
        keep_seen(reading.cache, key, made.seen, lambda: files.sha256(path) == digest)
        return made
    return _look_through(reading, table, path, origin, _hashing(path))


def _look_through(reading: Reading, table: Table, path: Path, origin: str, digest: str | Future[str]) -> Source:
    opened = _opened(reading, table, path, origin)
    try:
        header = opened.header if isinstance(opened, Delimited) else tuple(opened.types)
        first = Seen(header, opened.dialect.delimiter, {}, {}) if isinstance(opened, Delimited) else Seen(
            header, PARQUET, opened.types, {}
        )  # fmt: skip
        source = _source(reading, table, Source(path, origin, digest, first, {}, (), opened))
        notes = _text(table, opened, source) if isinstance(opened, Delimited) else _cells(table, opened, source)
        return replace(source, seen=replace(first, notes=notes))
    except BaseException:
        if opened.temporary:
            opened.path.unlink(missing_ok=True)
        raise


def _source(reading: Reading, table: Table, source: Source) -> Source:
    """With where the columns stand. Raises Refusal when one is missing."""
    types = source.seen.types
    positions, ignored = placed(reading, table, source.seen.header, source.origin, not types)
    if types:
        reading.faults += parquet.type_faults(_wanted(table, source.seen.header, positions), types, source.origin)
    return replace(source, positions=positions, ignored=ignored)


def _asked(reading: Reading, table: Table) -> tuple[object, ...]:
    """What decides how the files of a table are looked at and read, beside their content."""
    mapped = reading.mapped(table)
    values = sorted((name, sorted(texts.items())) for name, texts in mapped.values.items())
    return table.columns, table.key, table.submitted, sorted(mapped.headings.items()), values


def together(sources: Iterable[Source]) -> dict[tuple[bool, str], dict[str, Evidence]]:
    """What the cells of all files that are written in one manner speak for."""
    found: dict[tuple[bool, str], dict[str, Evidence]] = {}
    for source in sources:
        notes = found.setdefault(source.seen.manner, {})
        for column, note in source.seen.notes.items():
            for way, number in note.count.items():
                notes.setdefault(column, Evidence()).note(way, note.sample[way], number)
            notes.setdefault(column, Evidence())
    return found


def prepared(reading: Reading, table: Table, source: Source, every: Mapping[str, Evidence]) -> Prepared:
    """A file as an engine reads it. `every` is what all files in its manner speak for. Raises Refusal; copies are removed."""
    keep = None
    try:
        told = reading.notation(table, source.seen.notes, source.seen.delimiter, source.origin, every)
        if source.seen.types:
            fill(table, source.positions, told)
        kept = _kept(reading, table, source, told)
        if kept is not None and kept.path is not None:
            return replace(_as_read(table, source, told), path=source.path, kept=kept)
        source = _read_again(reading, table, source)
        made = _of(reading, table, source, told)
        keep = made.path
        return replace(made, kept=kept)
    finally:
        source.forget(keep)


def _kept(reading: Reading, table: Table, source: Source, told: Notation) -> Kept | None:
    """Where a cache has the rows, or will have them; it is told which."""
    if reading.cache is None:
        return None
    digest = source.sha256 if isinstance(source.sha256, str) else source.sha256.result()
    written_so = sorted(told.decimal.items()), sorted(told.dates.items()), sorted(told.short)
    key = key_of("rows", digest, *_asked(reading, table), source.positions, *written_so)
    path = reading.cache.find(key)
    (reading.cache.read if path is None else reading.cache.found).append((source.path.name, source.path.stat().st_size))
    return Kept(reading.cache, key, path, source.path, digest)


def _read_again(reading: Reading, table: Table, source: Source) -> Source:
    """A file of which a cache said what it looks like, but not what its rows are. Raises Refusal when it is another by now."""
    if source.opened is not None:
        return source
    again = _look_through(reading, table, source.path, source.origin, source.sha256)
    if again.seen != source.seen:
        again.forget()
        raise Refusal("ZC703", file=source.origin, fault="changed")
    return again


def _of(reading: Reading, table: Table, source: Source, told: Notation) -> Prepared:
    if isinstance(source.opened, Columnar):
        return _of_parquet(reading, table, source, source.opened, told)
    assert source.opened is not None
    return _of_text(reading, table, source, source.opened, told)


def placed(
    reading: Reading, table: Table, header: tuple[str, ...], origin: str, text: bool
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where the columns stand. Raises Refusal when one is missing, or when nothing tells the cells apart."""
    if text and len(header) == 1 and sum(column.used for column in table.columns) > 1:
        raise Refusal("ZC742", file=origin, header=shown(header[0]))
    return reading.place(table, header, origin)


def fill(table: Table, positions: Mapping[str, int], told: Notation) -> None:
    """Columns that hold exact numbers and dates instead of texts are written with a point and as ISO."""
    for column in table.columns:
        if column.name in positions and column.kind is Kind.NUMBER:
            told.decimal.setdefault(column.name, ".")
        if column.name in positions and column.kind is Kind.DATE:
            told.dates.setdefault(column.name, "iso")


def needed(table: Table, column: Column) -> bool:
    """Whether anybody looks at the cells of a column."""
    return is_read(table, column) or column.name == table.key


def seen_before(cache: Cache, key: str) -> Seen | None:
    """What a cache says of a file."""
    path = cache.find(key)
    if path is None:
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Seen)
    except (OSError, msgspec.MsgspecError):
        cache.drop(path)
        return None


def keep_seen(cache: Cache, key: str, seen: Seen, same: Callable[[], bool]) -> None:
    """Have a cache say so from now on."""
    cache.keep(key, "json", lambda path: path.write_bytes(msgspec.json.encode(seen)), same)


def _hashing(path: Path) -> Future[str]:
    """The hash is another pass over the bytes, on another core."""
    beside = ThreadPoolExecutor(1)
    digest = beside.submit(files.sha256, path)
    beside.shutdown(wait=False)
    return digest


def _opened(reading: Reading, table: Table, path: Path, origin: str) -> Delimited | Columnar:
    if not files.is_parquet(path):
        known = {fold(name) for column in table.columns for name in names_of(column)}
        known |= {fold(name) for name in reading.mapped(table).headings.values()}
        return read_delimited(path, origin, known)
    safe, temporary = files.for_engines(path, packed=False)
    try:
        return Columnar(safe, parquet.parquet_types(safe, origin), temporary)
    except BaseException:
        if temporary:
            safe.unlink(missing_ok=True)
        raise


def _text(table: Table, file: Delimited, source: Source) -> dict[str, Evidence]:
    there = source.positions
    return file.look([(column, there[column.name]) for column in table.columns if column.name in there]).notes


def _cells(table: Table, file: Columnar, source: Source) -> dict[str, Evidence]:
    wanted = _wanted(table, source.seen.header, source.positions)
    texts = [(one, source.positions[one.name]) for name, one in wanted.items() if file.types[name] == "VARCHAR"]
    found = look_large(texts, parquet.parquet_source(file.path, file.types))
    if found is None:
        raise Refusal("ZC706", file=source.origin)
    return found.notes


def _wanted(table: Table, header: tuple[str, ...], positions: Mapping[str, int]) -> dict[str, Column]:
    """The columns at whose cells anybody looks, by their heading."""
    return {header[positions[c.name]]: c for c in table.columns if c.name in positions and needed(table, c)}


def _of_text(reading: Reading, table: Table, source: Source, file: Delimited, told: Notation) -> Prepared:
    made = changes(source.positions, reading.mapped(table), told.short)
    path, dialect, temporary = file.path, file.dialect, file.temporary
    if made:
        path = written(file.header, changed(records(path, dialect, file.origin), made), dialect.delimiter)
        dialect, temporary = Dialect(dialect.delimiter), True
    elif not temporary:
        path, temporary = files.for_engines(path, dialect.compressed)
    return replace(_as_read(table, source, told), path=path, dialect=dialect, temporary=temporary)


def _of_parquet(reading: Reading, table: Table, source: Source, file: Columnar, told: Notation) -> Prepared:
    changing = changes(source.positions, reading.mapped(table), told.short)
    whole = _as_read(table, source, told)
    if changing:
        rows = parquet.parquet_texts(file.path, file.types, source.origin)
        return replace(whole, path=written(source.seen.header, changed(rows, changing), ","), temporary=True)
    return replace(whole, path=file.path, parquet=True, temporary=file.temporary)


def _as_read(table: Table, source: Source, told: Notation) -> Prepared:
    """All but where the cells are."""
    return Prepared(
        table.name, source.origin, header=source.seen.header, positions=source.positions, decimal=told.decimal,
        dates=told.dates, ignored=source.ignored, sha256=source.sha256,
    )  # fmt: skip
