"""Contracts under git: setting a repository up, contracts at a revision, their history, and merging two branches."""
