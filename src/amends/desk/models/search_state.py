"""How far the search has read."""

from django.db import models

from amends.desk.models.case import Case


class IndexedCase(models.Model):
    """A case as the search last read it: `event` is the newest event on it that was there to be read.

    The words themselves stand in the table `search_words`, which is no model: FTS5 or tsvector.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="indexed")
    event = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        db_table = "indexed_case"

    def __str__(self) -> str:
        return f"{self.case_id} through {self.event}"


class SearchCursor(models.Model):
    """How far the search has followed the log, and how far it is with reading every case anew. There is one row.

    `rebuilding` is the next case that a rebuild reads, downwards from the newest; empty when none is under way.
    """

    event = models.BigIntegerField(default=0)
    rebuilding = models.BigIntegerField(null=True, blank=True)
    rebuild_began_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "search_cursor"

    def __str__(self) -> str:
        return f"through event {self.event}"


class KnownWord(models.Model):
    """A word that was ever said here: what a mistyped one is compared with."""

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        db_table = "known_word"

    def __str__(self) -> str:
        return self.word
