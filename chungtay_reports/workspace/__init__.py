"""What lies in a workspace: which files are read as what, and what must hold within and between them."""
