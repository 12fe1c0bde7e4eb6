"""Merging two branches of a contract: blocks by what they are called, labels by their words, tables cell by cell."""
