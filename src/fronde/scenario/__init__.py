"""Case folders: reading, checking, and turning them into the arrays the engine needs."""
