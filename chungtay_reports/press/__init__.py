"""The printing press: pages of HTML in, PDF files for the archive out, each set by a worker process with limits."""

from chungtay_reports.press.job import Attached, Imprint, Limits, PrintJob, Sheet, TypesetError, TypesetLimitError
from chungtay_reports.press.pool import Press

__all__ = ["Attached", "Imprint", "Limits", "Press", "PrintJob", "Sheet", "TypesetError", "TypesetLimitError"]
