"""Tools of the makers; nothing here is part of the product."""
