"""Small drawings that stand for article photos: one shape a type, own work.

Drawn at four times the size and scaled down, so that edges are smooth.  Nothing of
Odoo is needed here: ``draw("jumbo_bag", "red")`` answers the bytes of a PNG file.
"""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE, SCALE = 256, 3
COLOURS = {
    "red": "#c5423d", "rose": "#dc6675", "pink": "#e6a3b8", "wine": "#8c3b4c",
    "blue": "#4f74ad", "sky": "#86aed0", "teal": "#4f9590", "green": "#4b8a60",
    "olive": "#8a9150", "yellow": "#e0b44c", "tan": "#b98d5f", "cream": "#e3d5b8",
    "grey": "#9aa3ab", "black": "#3d434b",
}  # fmt: skip
INK, LIGHT, PAPER, WOOD = "#4a4640", "#fffdf8", "#f4f1ea", "#a77f56"


class Pen:
    """Draws in a square of 100 by 100 units."""

    def __init__(self, background):
        self.edge = SIZE * SCALE
        self.image = Image.new("RGB", (self.edge, self.edge), background)
        self.canvas = ImageDraw.Draw(self.image)

    def _scaled(self, points):
        return [value * self.edge / 100 for value in points]

    def rect(self, x0, y0, x1, y1, fill, radius=3, outline=None):
        self.canvas.rounded_rectangle(
            self._scaled((x0, y0, x1, y1)),
            radius * self.edge / 100,
            fill,
            outline,
            width=int(1.4 * self.edge / 100),
        )

    def oval(self, x0, y0, x1, y1, fill=None, outline=None, width=1.6):
        self.canvas.ellipse(
            self._scaled((x0, y0, x1, y1)),
            fill,
            outline,
            width=int(width * self.edge / 100),
        )

    def dot(self, x, y, r, fill):
        self.oval(x - r, y - r, x + r, y + r, fill)

    def poly(self, fill, *points):
        self.canvas.polygon(self._scaled(points), fill)

    def line(self, fill, width, *points):
        self.canvas.line(
            self._scaled(points), fill, int(width * self.edge / 100), joint="curve"
        )

    def arc(self, x0, y0, x1, y1, start, end, fill, width=2.5):
        self.canvas.arc(
            self._scaled((x0, y0, x1, y1)),
            start,
            end,
            fill,
            int(width * self.edge / 100),
        )

    def heart(self, x, y, r, fill):
        self.oval(x - 2 * r, y - r * 1.4, x + r * 0.12, y + r * 0.7, fill)
        self.oval(x - r * 0.12, y - r * 1.4, x + 2 * r, y + r * 0.7, fill)
        self.poly(
            fill, x - 1.9 * r, y + r * 0.1, x + 1.9 * r, y + r * 0.1, x, y + 2.3 * r
        )

    def png(self):
        small = self.image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
        out = BytesIO()
        small.quantize(64).save(out, "PNG", optimize=True)
        return out.getvalue()


def jumbo_bag(pen, colour):
    pen.arc(34, 12, 66, 52, 180, 360, colour, 4)
    pen.rect(20, 32, 80, 86, colour, 5)
    for row in range(3):
        for column in range(4):
            pen.dot(29 + column * 14 + row % 2 * 3, 44 + row * 15, 3, LIGHT)


def lunch_bag(pen, colour):
    pen.poly(colour, 30, 30, 70, 30, 78, 44, 22, 44)
    pen.rect(22, 42, 78, 88, colour, 4)
    pen.rect(36, 20, 64, 33, colour, 4)
    pen.line(LIGHT, 1.6, 22, 45, 78, 45)
    for x, y in ((34, 58), (50, 70), (66, 58), (36, 78), (64, 78)):
        pen.dot(x, y, 4, LIGHT)


def pouch_bag(pen, colour):
    pen.oval(20, 38, 80, 90, colour)
    pen.poly(colour, 30, 20, 70, 20, 60, 44, 40, 44)
    pen.line(LIGHT, 3, 36, 42, 64, 42)
    for x, y in ((36, 62), (52, 58), (64, 70), (46, 76)):
        pen.dot(x, y, 4, LIGHT)


def cakestand(pen, colour):
    pen.line(INK, 1.8, 50, 14, 50, 84)
    for y, half in ((34, 16), (56, 24), (80, 33)):
        pen.oval(50 - half, y - 4, 50 + half, y + 5, LIGHT, colour, 2)
        pen.dot(50 - half / 2, y - 4, 4.5, colour)
        pen.dot(50 + half / 2, y - 4, 4.5, COLOURS["teal"])
    pen.oval(46, 8, 54, 16, None, INK)


def tins(pen, colour):
    for x0, y0, x1 in ((16, 60, 84), (24, 38, 76), (32, 18, 68)):
        pen.rect(x0, y0, x1, y0 + 22, colour, 3)
        pen.rect(x0 - 2, y0, x1 + 2, y0 + 7, LIGHT, 2, colour)


def cake_cases(pen, colour):
    for x, y in ((50, 22), (32, 52), (68, 52)):
        pen.poly(colour, x - 16, y, x + 16, y, x + 11, y + 26, x - 11, y + 26)
        for step in (-8, 0, 8):
            pen.line(LIGHT, 1.3, x + step, y + 2, x + step * 0.7, y + 25)


def jars(pen, colour):
    for x in (18, 54):
        pen.rect(x, 36, x + 28, 84, LIGHT, 5, INK)
        pen.rect(x + 2, 52, x + 26, 82, colour, 4)
        pen.rect(x - 1, 26, x + 29, 38, colour, 3)
        pen.rect(x + 6, 60, x + 22, 72, LIGHT, 2)


def box(pen, colour):
    pen.rect(18, 42, 82, 84, colour, 3)
    pen.poly(WOOD, 18, 42, 30, 24, 70, 24, 82, 42)
    pen.rect(34, 56, 66, 72, LIGHT, 2)
    pen.line(INK, 1.2, 39, 61, 61, 61)
    pen.line(INK, 1.2, 39, 67, 55, 67)


def mould(pen, colour):
    for x, y in ((32, 34), (68, 34), (32, 68), (68, 68)):
        pen.oval(x - 15, y - 12, x + 15, y + 12, colour)
        pen.oval(x - 8, y - 6, x + 8, y + 6, LIGHT)


def teacup(pen, colour):
    pen.oval(14, 70, 86, 86, LIGHT, colour, 2)
    pen.arc(64, 36, 88, 62, 270, 110, colour, 3.4)
    pen.poly(LIGHT, 26, 34, 74, 34, 64, 74, 36, 74)
    pen.rect(26, 31, 74, 39, colour, 3)
    pen.dot(44, 54, 5, colour)
    pen.dot(55, 56, 4, COLOURS["green"])


def baking_set(pen, colour):
    pen.rect(14, 58, 70, 84, colour, 6)
    pen.line(WOOD, 6, 26, 14, 48, 56)
    pen.line(WOOD, 4, 74, 20, 62, 56)
    pen.oval(66, 10, 84, 32, LIGHT, colour, 2)
    for x in (26, 42, 58):
        pen.dot(x, 71, 4, LIGHT)


def bowls(pen, colour):
    for y, half in ((30, 22), (50, 28), (70, 34)):
        edges = pen._scaled((50 - half, y - 16, 50 + half, y + 18))
        pen.canvas.chord(edges, 0, 180, LIGHT, colour, 5)
        pen.rect(50 - half - 2, y - 3, 50 + half + 2, y + 3, colour, 2)


def cutter(pen, colour):
    for x, y, r in ((32, 34, 15), (66, 40, 12), (48, 70, 14)):
        pen.oval(x - r, y - r, x + r, y + r, None, colour, 3)
        pen.oval(x - r + 5, y - r + 5, x + r - 5, y + r - 5, None, colour, 1.4)


def scales(pen, colour):
    pen.poly(colour, 28, 42, 72, 42, 82, 86, 18, 86)
    pen.oval(34, 46, 66, 78, LIGHT, INK)
    pen.line(COLOURS["red"], 1.6, 50, 62, 58, 53)
    pen.poly(COLOURS["grey"], 16, 24, 84, 24, 72, 36, 28, 36)
    pen.rect(46, 34, 54, 43, COLOURS["grey"], 1)


def lunch_box(pen, colour):
    pen.arc(36, 16, 64, 44, 180, 360, INK, 3)
    pen.rect(16, 30, 84, 80, colour, 8)
    pen.rect(24, 38, 76, 72, LIGHT, 4)
    pen.dot(40, 55, 9, colour)
    pen.poly(COLOURS["yellow"], 62, 44, 66, 55, 62, 66, 58, 55)


def heart(pen, colour):
    pen.line(INK, 1.2, 50, 10, 50, 34)
    pen.heart(50, 46, 16, INK)
    pen.heart(50, 46, 15, colour)
    pen.dot(50, 56, 6, LIGHT)
    pen.poly(COLOURS["yellow"], 50, 46, 53, 56, 50, 60, 47, 56)


def bird(pen, colour):
    pen.line(INK, 1.2, 52, 8, 52, 34)
    pen.oval(24, 34, 76, 74, colour)
    pen.dot(70, 40, 12, colour)
    pen.poly(COLOURS["yellow"], 80, 38, 92, 42, 80, 46)
    pen.poly(colour, 30, 52, 8, 44, 12, 62)
    pen.oval(34, 44, 60, 66, COLOURS["rose"])
    pen.dot(73, 38, 2, INK)


def wicker_heart(pen, colour):
    pen.heart(50, 42, 18, colour)
    for step in range(-24, 25, 8):
        pen.line(LIGHT, 1.2, 50 + step, 26, 50 + step * 0.4, 74)
    pen.heart(50, 46, 9, PAPER)


def slate_heart(pen, colour):
    pen.line(WOOD, 2, 40, 12, 50, 24, 60, 12)
    pen.heart(50, 42, 18, colour)
    for y, half in ((42, 18), (50, 14), (58, 8)):
        pen.line(LIGHT, 1.2, 50 - half, y, 50 + half, y)


def jar_light(pen, colour):
    pen.arc(30, 10, 70, 66, 190, 350, INK, 1.4)
    pen.rect(30, 36, 70, 86, colour, 8)
    pen.rect(33, 30, 67, 38, COLOURS["grey"], 2)
    pen.poly(COLOURS["yellow"], 50, 52, 56, 68, 50, 76, 44, 68)


def glass_light(pen, colour):
    pen.poly(colour, 26, 28, 74, 28, 66, 84, 34, 84)
    pen.oval(26, 22, 74, 34, LIGHT, colour, 1.6)
    pen.rect(40, 66, 60, 80, LIGHT, 2)
    pen.poly(COLOURS["yellow"], 50, 44, 55, 58, 50, 66, 45, 58)


def night_light(pen, colour):
    pen.rect(38, 50, 62, 86, LIGHT, 8, INK)
    pen.canvas.pieslice(pen._scaled((14, 18, 86, 90)), 180, 360, colour)
    for x, y, r in ((32, 40, 5), (50, 30, 6), (68, 42, 5)):
        pen.dot(x, y, r, LIGHT)


def chain_lights(pen, colour):
    pen.line(INK, 1.4, 8, 26, 30, 40, 50, 26, 72, 40, 92, 26)
    for x, y in ((18, 34), (34, 40), (50, 28), (66, 38), (82, 34)):
        pen.poly(colour, x - 6, y + 4, x + 6, y + 4, x + 1, y + 34)
        pen.rect(x - 3, y, x + 3, y + 6, COLOURS["green"], 1)


def bunting(pen, colour):
    pen.line(INK, 1.4, 6, 28, 50, 40, 94, 28)
    parts = (colour, COLOURS["cream"], COLOURS["blue"], COLOURS["yellow"], colour)
    for index, fill in enumerate(parts):
        x, y = 8 + index * 17.5, 30 + (4, 8, 10, 8, 4)[index]
        pen.poly(fill, x, y, x + 15, y, x + 7.5, y + 30)


def paper_chain(pen, colour):
    fills = (colour, COLOURS["rose"], COLOURS["yellow"], COLOURS["teal"], colour)
    for index, fill in enumerate(fills):
        x, y = 8 + index * 16, (46, 36, 44, 36, 46)[index]
        pen.oval(x, y, x + 21, y + 21, None, fill, 4.6)


def napkins(pen, colour):
    for step in (12, 6, 0):
        pen.rect(18 + step, 20 + step, 70 + step, 72 + step, LIGHT, 2, colour)
    for x, y in ((32, 34), (52, 34), (32, 54), (52, 54), (42, 44)):
        pen.dot(x, y, 4, colour)


def popcorn(pen, colour):
    for x, y in ((34, 28), (48, 22), (62, 28), (42, 34), (56, 34)):
        pen.dot(x, y, 9, COLOURS["yellow"])
    pen.poly(colour, 22, 36, 78, 36, 68, 88, 32, 88)
    for x in (34, 50, 66):
        pen.poly(LIGHT, x - 4, 36, x + 4, 36, x + 3 - (x - 50) / 8, 88, x - 3, 88)


def ribbons(pen, colour):
    fills = (colour, COLOURS["rose"], COLOURS["olive"])
    for index, fill in enumerate(fills):
        y = 16 + index * 25
        pen.rect(20, y, 80, y + 19, fill, 9)
        pen.oval(42, y + 2, 58, y + 17, LIGHT)


def sign(pen, colour):
    pen.line(INK, 1.4, 26, 34, 50, 14, 74, 34)
    pen.rect(12, 32, 88, 78, colour, 4, INK)
    for y, half in ((44, 26), (55, 30), (66, 18)):
        pen.line(INK, 3, 50 - half, y, 50 + half, y)


def clock(pen, colour):
    pen.dot(34, 22, 8, colour)
    pen.dot(66, 22, 8, colour)
    pen.line(colour, 5, 30, 78, 24, 88)
    pen.line(colour, 5, 70, 78, 76, 88)
    pen.oval(20, 22, 80, 82, LIGHT, colour, 6)
    pen.line(INK, 2.4, 50, 36, 50, 52, 62, 58)


def frame(pen, colour):
    pen.rect(20, 12, 80, 88, colour, 3, WOOD)
    pen.rect(31, 24, 69, 76, COLOURS["sky"], 1)
    pen.poly(COLOURS["green"], 31, 76, 45, 52, 58, 66, 63, 58, 69, 76)
    pen.dot(58, 38, 5, COLOURS["yellow"])


def doormat(pen, colour):
    pen.poly(colour, 20, 30, 80, 30, 94, 76, 6, 76)
    pen.line(LIGHT, 1.8, 26, 36, 74, 36, 85, 70, 15, 70, 26, 36)
    for y, half in ((46, 18), (54, 22), (62, 16)):
        pen.line(LIGHT, 2.6, 50 - half, y, 50 + half, y)


def hot_bottle(pen, colour):
    pen.rect(42, 8, 58, 24, COLOURS["grey"], 3)
    pen.rect(24, 22, 76, 90, colour, 14)
    pen.heart(50, 52, 8, LIGHT)


def draw(kind, colour):
    """The drawing of a kind of article in a colour, as the bytes of a PNG."""
    pen = Pen(PAPER)
    globals()[kind](pen, COLOURS[colour])
    return pen.png()


def logo():
    """The finch of Finch & Harbour, as the bytes of a PNG file."""
    pen = Pen(PAPER)
    pen.rect(4, 4, 96, 96, "#714b67", 16)
    pen.oval(24, 36, 70, 76, LIGHT)
    pen.dot(64, 42, 13, LIGHT)
    pen.poly(LIGHT, 30, 54, 10, 46, 14, 64)
    pen.poly(COLOURS["yellow"], 75, 39, 88, 43, 75, 48)
    pen.dot(67, 39, 2.4, "#714b67")
    return pen.png()
