"""A small plot as SVG: CPU microseconds per text over the number of texts."""
import math
import pathlib

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 360, 60, 20, 150, 40
COLOURS = ("#1f4e79", "#b85c00", "#2e7d32", "#7b1fa2")


def draw(path: pathlib.Path, lines: dict[str, list[tuple[int, float]]]) -> None:
    """@param lines  per name: (texts, microseconds), in order."""
    points = [point for line in lines.values() for point in line]
    low, high = (math.log10(f(n for n, _ in points)) for f in (min, max))
    most = 1.1 * max(us for _, us in points)

    def x(n: float) -> float:
        return LEFT + (math.log10(n) - low) / max(1e-9, high - low) * (WIDTH - LEFT - RIGHT)

    def y(us: float) -> float:
        return HEIGHT - BOTTOM - us / most * (HEIGHT - TOP - BOTTOM)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
           ' font-family="sans-serif" font-size="11">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
           f'<text x="{LEFT}" y="{TOP - 6}">CPU us per text, one thread</text>',
           f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="black"/>']
    for power in range(math.ceil(low), math.floor(high) + 1):
        n = 10 ** power
        out.append(f'<text x="{x(n):.0f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{n:,}</text>')
    for part in range(5):
        us = most * part / 4
        out.append(f'<text x="{LEFT - 6}" y="{y(us) + 4:.0f}" text-anchor="end">{us:.1f}</text>')
    for (name, line), colour in zip(lines.items(), COLOURS):
        where = " ".join(f"{x(n):.1f},{y(us):.1f}" for n, us in line)
        out.append(f'<polyline points="{where}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x(n):.1f}" cy="{y(us):.1f}" r="3" fill="{colour}"/>' for n, us in line]
        out.append(f'<text x="{x(line[-1][0]) + 6:.0f}" y="{y(line[-1][1]) + 4:.0f}" fill="{colour}">{name}</text>')
    path.write_text("\n".join([*out, "</svg>\n"]), encoding="utf-8")
