"""Exchange with other tools: one file per format, each a pure function from a pack to bytes or from bytes to rows."""
