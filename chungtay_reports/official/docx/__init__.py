"""Papers as DOCX, which offices edit in Word or LibreOffice: real styles, tables, fields, and blanks to fill in."""
