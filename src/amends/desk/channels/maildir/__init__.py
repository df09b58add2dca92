"""Mail that a mail server on this machine lays into a folder (Maildir)."""
