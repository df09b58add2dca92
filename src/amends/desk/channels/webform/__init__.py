"""The web form: one public page on which anybody can write to us, kept and filed like a mail."""
