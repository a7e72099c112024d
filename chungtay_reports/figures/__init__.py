"""From records to figures with their proof, and the ledger of all that an edition prints."""
