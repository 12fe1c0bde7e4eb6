"""A contract under a framework: reading it, filling what it leaves open, the whole written out."""
