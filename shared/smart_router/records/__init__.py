"""Tables, migrations, writer and queries: what happened, kept in Open WebUI's database."""
