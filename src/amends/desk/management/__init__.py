"""What `django-admin` can do at a desk; `amends` calls these."""
