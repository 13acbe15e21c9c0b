"""The system of record: tables, migrations, documents, pages, jobs, changes, events, audit."""
