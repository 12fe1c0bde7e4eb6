"""The engine on Apache Spark: the statements of the fast engine, in Spark's SQL."""
