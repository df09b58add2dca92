"""The reply coach: what a reply would do to an upset customer, said before it is sent, with reasons and sources."""
