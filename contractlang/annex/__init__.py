"""The contract as a document to sign: every node of the core model as a sentence, in Dutch or English."""
