"""What a page shows, read from rows through the access door and made ready for a template; nothing here writes."""
