"""The file: engine, reading, migrations, history, search, backup, check. Knows no feature."""
