"""What was published stays readable: publications in an OCFL storage root, proofs, signatures, hand-over."""
