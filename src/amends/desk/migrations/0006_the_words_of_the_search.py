"""The table in which the search keeps the words of each case: FTS5 on SQLite, tsvector on PostgreSQL.

No model describes it, because Django knows neither; desk/search/ is its only reader and writer.
"""

from django.db import migrations

# Every byte above ASCII is part of a term, and so are the two signs our own terms are built with: the terms are made
# in amends.search, and the database takes them as they are.
SQLITE = [
    "CREATE VIRTUAL TABLE search_words USING fts5(said, forms, noted, tokenize = \"ascii tokenchars '_='\")",
]
POSTGRESQL = [
    "CREATE TABLE search_words (rowid bigint PRIMARY KEY REFERENCES \"case\" (id) ON DELETE CASCADE"
    " DEFERRABLE INITIALLY DEFERRED, terms tsvector NOT NULL)",
    "CREATE INDEX search_words_terms ON search_words USING gin (terms)",
]


def make(apps, schema_editor):
    for line in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(line)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0005_search_views_tags_and_blocks'),
    ]

    operations = [migrations.RunPython(make, drop)]
