"""The system of record: tables, migrations, queries and importers. Imports only `engine`."""
