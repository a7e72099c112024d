"""Forms for people who use Excel: records to a workbook, and a filled-in workbook back to records.

`form.py` writes, `importing.py` reads; `sheets.py` is the table of sheets and columns that both go by.
"""
