"""Pages: function views, one noun a module; each calls one operation."""
