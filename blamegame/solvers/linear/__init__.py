"""Linear systems and programmes: exact optima, complementary pivoting."""
