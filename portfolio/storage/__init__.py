"""The database: engine, migrations, one write path, queries. Only here is known which one it is."""
