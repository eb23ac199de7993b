"""What a good table is, and the only way in to the tables.

`load(folder)` reads and checks them and returns a `Dataset`; `python -m validation` prints what was found.
"""

from validation.dataset import Dataset, datasets_folder, load
from validation.findings import Finding

__all__ = ["Dataset", "Finding", "datasets_folder", "load"]
