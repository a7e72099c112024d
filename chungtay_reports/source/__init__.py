"""Bytes and text: the only place where content files are opened, and strict YAML that knows its lines."""
