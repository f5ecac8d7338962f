"""Many small games at once."""
