"""The ledger: packs as text, changed row by row with a history, exchanged with other tools, and kept in a store."""
