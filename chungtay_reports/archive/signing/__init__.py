"""Digital signatures on published PDFs: PAdES that keeps PDF/A-3a and PDF/UA-1; needs the extra `[sign]`."""
