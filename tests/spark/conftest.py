"""One Spark for all tests: small, on this computer, and quick with the handful of rows that a test has."""

from __future__ import annotations

import logging
import shutil
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "2g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.python.authenticate.socketTimeout": "1h",
    "spark.default.parallelism": "2",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
}


def absent() -> str:
    """What Spark lacks here; empty when it can run."""
    missing = [name for name in ("pyspark", "sqlglot", "pyarrow") if find_spec(name) is None]
    if missing:
        return f"not tested on Spark: {', '.join(missing)} not installed (pip install contractlang[spark])"
    return "" if shutil.which("java") else "not tested on Spark: there is no Java on the search path"


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """The running Spark that every engine of this test run takes. Skips, and says why, where there is none."""
    if absent():
        pytest.skip(absent())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession

        logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
        builder = SparkSession.builder.master("local[2]")
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        running = builder.getOrCreate()
        running.sparkContext.setLogLevel("OFF")
    yield running
    running.stop()
