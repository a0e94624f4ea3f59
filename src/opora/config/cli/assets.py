"""`opora assets`: copies styles, scripts, icons and fonts out of node_modules. No bundler, no network."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

import opora

PACKAGE = Path(opora.__file__).parent
ICON_LIST = PACKAGE / "foundation" / "ui" / "icons.txt"


def target() -> Path:
    """Where assets live: `OPORA_ASSETS`, else `.assets` beside the source."""
    return Path(os.environ.get("OPORA_ASSETS", PACKAGE.parents[1] / ".assets"))


def run(asked: argparse.Namespace) -> int:
    modules: Path = asked.modules
    if not (modules / "@tabler").is_dir():
        print(f"Нет папки {modules}: сначала установите пакеты npm (make setup).")
        return 1
    place = target()
    shutil.rmtree(place, ignore_errors=True)
    _copy(modules / "@tabler/core/dist/css/tabler.min.css", place / "static/tabler/tabler.min.css")
    _copy(modules / "@tabler/core/dist/js/tabler.min.js", place / "static/tabler/tabler.min.js")
    for subset in ("cyrillic", "latin"):
        name = f"golos-text-{subset}-wght-normal.woff2"
        _copy(modules / "@fontsource-variable/golos-text/files" / name, place / "static/fonts" / name)
    for line in ICON_LIST.read_text(encoding="utf-8").splitlines():
        name = line.strip()
        if name and not name.startswith("#"):
            _copy(modules / f"@tabler/icons/icons/outline/{name}.svg", place / f"static/icons/{name}.svg")
    for family in ("pt-serif", "pt-sans"):
        for font in sorted((modules / "@expo-google-fonts" / family).glob("*/*.ttf")):
            _copy(font, place / "fonts" / font.name)
    print(f"Оформление и шрифты: {sum(1 for one in place.rglob('*') if one.is_file())} файлов.")
    return 0


def _copy(source: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    text = source.read_bytes()
    if source.suffix in (".css", ".js"):  # the maps are not copied, so their address would be an error in the page
        text = b"\n".join(line for line in text.split(b"\n") if b"sourceMappingURL=" not in line or len(line) > 300)
        cut = text.rfind(b"/*# sourceMappingURL=") if source.suffix == ".css" else text.rfind(b"//# sourceMappingURL=")
        text = text[:cut] if cut > 0 else text
    destination.write_bytes(text)
