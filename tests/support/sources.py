"""The sources of the project, and who may import whom."""

from tests.support import ROOT

MAY_IMPORT = {
    "validation": {"validation"},
    "analysis": {"validation", "analysis"},
    "figures": {"validation", "analysis", "figures"},
    "exports": {"validation", "analysis", "exports"},
    "curation": {"validation", "curation"},
    "app_pages": {"validation", "analysis", "figures", "exports", "app_pages"},
    "dashboard.py": {"app_pages", "exports"},
}
FILES = [ROOT / "dashboard.py", *sorted(path for name in MAY_IMPORT for path in (ROOT / name).rglob("*.py"))]
