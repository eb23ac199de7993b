"""What a good table is, and the only way in to the tables.

`load(folder)` reads and checks them and returns a `Record`; `python -m validation` prints what was found.
"""

from validation.findings import Finding
from validation.record import Record, datasets_folder, load

__all__ = ["Finding", "Record", "datasets_folder", "load"]
