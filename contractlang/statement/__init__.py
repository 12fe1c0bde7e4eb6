"""The statement: what was settled, as data."""
