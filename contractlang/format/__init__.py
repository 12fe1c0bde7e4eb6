"""Contracts as canonical text, in Dutch or English."""
