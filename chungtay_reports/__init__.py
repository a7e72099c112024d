"""Chung tay Reports: bulletins and reports whose every number is proven by records."""

__version__ = "0.1.0"
