"""Hashes pictures with PyPI's pdqhash: the golden file that ours is compared with, bit by bit.

usage: reference.py FOLDER > tests/golden/photo/pdq.tsv

FOLDER is written by `bench_photo --golden FOLDER`. Needs pip install pdqhash pillow numpy, in a
virtual environment; neither the build nor a test does.
"""
import pathlib
import sys

import numpy
import pdqhash
from PIL import Image


def main() -> int:
    print("# seed, PDQ hash, quality, by pdqhash", pdqhash.__version__ if hasattr(pdqhash, "__version__") else "0.2.8")
    print("# Update: bench_photo --golden FOLDER && python3 bench/photo/reference.py FOLDER")
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.png"), key=lambda p: int(p.stem)):
        bits, quality = pdqhash.compute(numpy.array(Image.open(path).convert("RGB")))
        print(path.stem, f"{int(''.join(map(str, bits)), 2):064x}", quality, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
