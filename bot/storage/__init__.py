"""SQLite: one module per aggregate, one statement per function. Beyond this room nobody sees a row."""
