"""The registry of units: what they are called on a day, what they belong to, what became of them."""
