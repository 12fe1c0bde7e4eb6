"""The Spark that a run works on: the one that its usual configuration gives, else one of this computer."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from contractlang.base.workplace import ResourceFault

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NEEDED = ("pyspark", "sqlglot", "pyarrow")
# only where nothing else is configured
USUAL = {
    "spark.master": "local[*]",
    "spark.app.name": "contractlang",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "4g",
    "spark.python.authenticate.socketTimeout": "1h",  # the usual 15 s are too few on a busy computer, and rows would hang
}
# what the statements rely on, in a session of their own: nobody else's settings change
RELIED_ON = {
    "spark.sql.ansi.enabled": "true",  # what does not fit is an error and never a null
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.groupByAliases": "true",
    "spark.sql.groupByOrdinal": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.int96RebaseModeInRead": "CORRECTED",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
}


def require() -> None:
    """Raises ResourceFault ZC960 when a package is missing without which nothing of this folder can be imported."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ResourceFault("ZC960", missing=", ".join(missing))


def session() -> SparkSession:
    """A new session, with temporary tables of its own. Raises ResourceFault ZC961 or ZC962 when there is no Spark to be had."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the libraries think of each other's versions
        running = _spark()
        made = running.newSession()
    own = {name: value for name, value in running.conf.getAll.items() if made.conf.isModifiable(name)}
    for name, value in (own | RELIED_ON).items():
        made.conf.set(name, value)
    # files are cut into the same parts whenever they are read, however many executors there are by then
    made.conf.set("spark.sql.files.minPartitionNum", str(made.sparkContext.defaultParallelism))
    return made


def active() -> SparkSession | None:
    """The session that the program which runs this has, if any."""
    from pyspark.sql import SparkSession

    return SparkSession.getActiveSession()


def _spark() -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
    if "SPARK_REMOTE" in os.environ:
        raise ResourceFault(
            "ZC962", fault="SPARK_REMOTE names a server of Spark Connect, which this engine does not speak to"
        )
    running = active()
    if running is not None:
        return running
    builder = SparkSession.builder
    if not any(name in os.environ for name in ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS")):
        if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
            raise ResourceFault("ZC961")
        for name, value in (USUAL | {"spark.sql.shuffle.partitions": str(os.cpu_count() or 2)}).items():
            if name not in _configured():
                builder = builder.config(name, value)
    with _quiet() as said:
        try:
            return builder.getOrCreate()
        except (PySparkException, Py4JError, RuntimeError, OSError) as fault:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-1:] or [str(fault).strip().split("\n")[0]]
            raise ResourceFault("ZC962", fault=last[0][:300]) from fault


def _configured() -> set[str]:
    """What the defaults of this installation say: a cluster is named there, and its settings."""
    home = os.environ.get("SPARK_HOME", "")
    folder = os.environ.get("SPARK_CONF_DIR") or (str(Path(home) / "conf") if home else "")
    path = Path(folder) / "spark-defaults.conf"
    if not folder or not path.is_file():
        return set()
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    found = {line[0] for line in lines if line and not line[0].startswith("#")}
    # the partitions of one computer are not those of a cluster
    return found | {"spark.sql.shuffle.partitions"} if "spark.master" in found else found


@contextmanager
def _quiet() -> Iterator[BinaryIO]:
    """What Java writes while it starts, and whatever it writes later, goes to a file without a name instead of between our lines."""
    with tempfile.TemporaryFile() as said:
        sys.stderr.flush()
        ours = os.dup(2)
        os.dup2(said.fileno(), 2)
        try:
            yield said
        finally:
            os.dup2(ours, 2)
            os.close(ours)
