"""What `amends bench mail` needs: the mails, our side, the peer's side."""
