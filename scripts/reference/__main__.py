"""python -m scripts.reference"""

from . import ROOT, pages

for path, text in pages().items():
    path.write_text(text, "utf-8")
    print(path.relative_to(ROOT))
