#!/bin/sh
# Make sure that the browser tests have a Chromium: the system's, else Debian's package, else Playwright's own. A bare Debian
# also lacks a library of Playwright's driver.
if { command -v chromium-headless-shell || command -v chromium; } >/dev/null 2>&1 && .venv/bin/playwright --version >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && apt-get install -y -qq chromium-headless-shell libatomic1 >/dev/null && exit 0
fi
.venv/bin/playwright install chromium && exit 0
echo "The browser tests need Chromium: install the package chromium-headless-shell or chromium (on Debian libatomic1 too), then run make test again." >&2
exit 1
