"""Prose: what authors write, read without evaluating anything, and every number that is not proven refused."""
