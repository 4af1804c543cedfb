#!/usr/bin/env python3
"""Invented adverts as pictures, by condition, and the truth about them.

usage: pictures.py FOLDER PICTURES_PER_CONDITION
writes: FOLDER/CONDITION-I.png or .jpg, FOLDER/truth.tsv (file, condition, number, text with "\\n" for line ends)
"""
import io
import os
import random
import sys

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = "/usr/share/fonts/truetype/dejavu/"
NAMES = ["Camila", "Eva", "Lea", "Sofia", "Ines", "Marta", "Julie", "Anna"]
TOWNS = ["Gante", "Lille", "Porto", "Köln", "Utrecht", "Murcia", "Liège", "Braga"]
TEXTS = [
    "Recién llegada a {town}\n{name} {age} años, piso privado\nllama {phone}\nsolo esta semana",
    "Nova em {town}, {name}\natendimento discreto\nliga já {phone}\npreço 150 EUR",
    "{name} de passage à {town}\nréservation au {phone}\npas d'appel masqué",
    "Nieuw in {town}: {name} ({age})\nbel {phone}\nprivé ontvangst",
    "Neu in {town}, {name} {age}\nRuf an {phone}\nnur diese Woche",
    "New in {town}, {name} {age}\ncall {phone}\nquiet flat, parking",
]


def number(rng):
    tail = f"{rng.randrange(1000):03}"
    written = rng.choice(["+44 7700 900{}", "07700 900{}", "+447700900{}", "+44 (0)7700-900-{}", "0044 7700 900 {}"])
    return "+447700900" + tail, written.format(tail)


def advert(rng):
    e164, written = number(rng)
    text = rng.choice(TEXTS).format(town=rng.choice(TOWNS), name=rng.choice(NAMES), age=rng.randrange(21, 50),
                                    phone=written)
    return e164, text


def page(text, font="DejaVuSans", size=28, ink="black", paper="white"):
    face = ImageFont.truetype(FONTS + font + ".ttf", size)
    lines = text.split("\n")
    width = int(max(face.getlength(line) for line in lines)) + 4 * size
    picture = Image.new("RGB", (width, int((len(lines) + 3) * size * 1.5)), paper)
    ImageDraw.Draw(picture).multiline_text((2 * size, 2 * size), text, font=face, fill=ink, spacing=size // 2)
    return picture


def noisy(picture, sigma, rng):
    values = numpy.asarray(picture).astype(float)
    noise = numpy.random.default_rng(rng.randrange(1 << 30)).normal(0, sigma, values.shape)
    return Image.fromarray(numpy.clip(values + noise, 0, 255).astype("uint8"))


def compressed(picture, quality):
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=quality)
    return Image.open(io.BytesIO(held.getvalue())).convert("RGB")


def on_gradient(text):
    paper = page(text, ink="white", paper="black", font="DejaVuSans-Bold")
    height, width = paper.size[1], paper.size[0]
    slope = numpy.linspace(0, 1, width)[None, :, None] * numpy.array([70, 20, 110])[None, None, :]
    back = numpy.broadcast_to(numpy.array([150, 40, 90]) - slope, (height, width, 3))
    mask = numpy.asarray(paper).astype(float) / 255
    return Image.fromarray((back * (1 - mask) + 255 * mask).astype("uint8"))


def perspective(picture, rng, share):
    width, height = picture.size
    shift = lambda side: rng.uniform(0, share) * side
    corners = [(shift(width), shift(height)), (width - shift(width), shift(height)),
               (width - shift(width), height - shift(height)), (shift(width), height - shift(height))]
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners, [(0, 0), (width, 0), (width, height), (0, height)]):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    weights = numpy.linalg.solve(numpy.array(rows, float), numpy.array(wanted, float))
    return picture.transform(picture.size, Image.Transform.PERSPECTIVE, tuple(weights), Image.Resampling.BICUBIC,
                             fillcolor=(90, 90, 90))


def screen_photo(text, rng, depth):
    """Stripes of sub-pixels seen askew by the camera's own grid, uneven light, blur, JPEG."""
    shown = numpy.asarray(page(text, size=36)).astype(float)
    height, width, _ = shown.shape
    y, x = numpy.mgrid[0:height, 0:width]
    pitch = rng.uniform(2.6, 3.4)
    waves = [numpy.sin(2 * numpy.pi * (x * (1 + 0.02 * c) + 0.15 * y) / pitch) for c in range(3)]
    shown *= 1 - depth * (0.5 + 0.5 * numpy.stack(waves, axis=2))
    light = 1 - 0.35 * ((x / width - 0.2) ** 2 + (y / height - 0.3) ** 2)
    picture = Image.fromarray(numpy.clip(shown * light[:, :, None], 0, 255).astype("uint8"))
    picture = perspective(picture, rng, 0.06).filter(ImageFilter.GaussianBlur(0.8))
    return compressed(noisy(picture, 8, rng), 70)


CONDITIONS = {
    "sans 28": lambda text, rng: page(text),
    "serif 28": lambda text, rng: page(text, font="DejaVuSerif"),
    "mono 28": lambda text, rng: page(text, font="DejaVuSansMono"),
    "sans 16": lambda text, rng: page(text, size=16),
    "sans 12": lambda text, rng: page(text, size=12),
    "white on gradient": lambda text, rng: on_gradient(text),
    "grey on grey": lambda text, rng: page(text, ink=(130, 130, 130), paper=(190, 190, 190)),
    "noise 25": lambda text, rng: noisy(page(text), 25, rng),
    "noise 60": lambda text, rng: noisy(page(text), 60, rng),
    "blur 1.5": lambda text, rng: page(text).filter(ImageFilter.GaussianBlur(1.5)),
    "blur 3": lambda text, rng: page(text).filter(ImageFilter.GaussianBlur(3)),
    "JPEG 15": lambda text, rng: compressed(page(text, size=20), 15),
    "turned 4 degrees": lambda text, rng: page(text).rotate(4, Image.Resampling.BICUBIC, True, fillcolor="white"),
    "photo of a screen": lambda text, rng: screen_photo(text, rng, 0.25),
    "photo, strong moire": lambda text, rng: screen_photo(text, rng, 0.6),
}


def main():
    folder, n = sys.argv[1], int(sys.argv[2])
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "truth.tsv"), "w", encoding="utf-8") as truth:
        for condition, make in CONDITIONS.items():
            rng = random.Random(condition)
            for i in range(n):
                e164, text = advert(rng)
                name = f"{condition.replace(' ', '_').replace(',', '')}-{i:02}.png"
                make(text, rng).save(os.path.join(folder, name))
                shown = text.replace("\n", "\\n")
                truth.write(f"{name}\t{condition}\t{e164}\t{shown}\n")


if __name__ == "__main__":
    main()
