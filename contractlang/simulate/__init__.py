"""What-if: a contract settled with other figures in its text, and over more or fewer clients."""
