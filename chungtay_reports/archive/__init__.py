"""What was published stays readable: publications in an OCFL storage root, proofs, signatures, hand-over."""

ARCHIVE = "archive"  # the folder of a workspace that holds the storage root
