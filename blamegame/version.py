"""The version of this library, as files and results name it."""

__version__ = "0.1.0"
