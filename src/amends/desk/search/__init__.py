"""Find a case by what a person remembers of it: its number, an order, a name, an address, a word that was said."""
