"""What a text is found by: the same terms for every letter, name, number and note, and for what somebody asks for."""
