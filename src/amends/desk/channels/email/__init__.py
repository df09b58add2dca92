"""E-mail: read by IMAP, received by SMTP or from files, sent by SMTP."""
