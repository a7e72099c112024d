"""The sample workspace: what `make_sample.py` writes."""
