"""Two versions of a contract: what differs in meaning, and what each difference does in euros."""
