"""Reports: a statement for people and for programs; the only place that formats numbers for people."""
