# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading and rewriting the manual pages: generated parts, literal blocks, words without markup."""
import re

OUTPUT = re.compile(r'^\.\\" output: ([^\n]*)\n(\.Bd [^\n]*\n).*?^\.Ed\n', re.M | re.S)
TABLE = re.compile(r'^\.\\" table: (\w+)\n.*?^\.\\" end of table\n', re.M | re.S)
LITERAL = re.compile(r"^\.Bd -literal[^\n]*\n(.*?)^\.Ed\n", re.M | re.S)
HEX_ROW = re.compile("  [0-9a-f]{4}  ")
WIDTH = 75
INDENT = "        "


def escape(line):
    """One line of output as roff input that prints exactly this."""
    line = line.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return "\\&" + line if line.startswith((".", "\\(aq")) else line


def unescape(line):
    if line.startswith("\\&"):
        line = line[2:]
    return line.replace("\\(ga", "`").replace("\\(aq", "'").replace("\\-", "-").replace("\\e", "\\")


def fold(line):
    """Breaks a line behind a blank or a comma, the rest indented. Rows of octets stay whole."""
    while len(line) > WIDTH and not HEX_ROW.match(line):
        floor = len(line) - len(line.lstrip()) + 1
        at = max(line.rfind(" ", floor, WIDTH), line.rfind(",", floor, WIDTH - 1))
        if at <= len(INDENT):
            break
        yield line[:at + 1].rstrip()
        line = INDENT + line[at + 1:].lstrip()
    yield line


def align(rows):
    """Columns under each other instead of the tabs between them."""
    cells = [row.split("\t") for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in cells]


def literal(text):
    """Output of a program as the inside of a literal block."""
    rows = text.splitlines()
    if rows and "\t" in rows[0]:
        rows = align(rows)
    lines = [escape(piece.rstrip()) for row in rows for piece in fold(row)]
    return "".join(line + "\n" for line in lines)


def commands(page):
    """The command lines in literal blocks: from `$ ` on, with the indented lines below."""
    for block in LITERAL.findall(page):
        text = "\n".join(unescape(line) for line in block.splitlines())
        for command in re.findall(r"^\$ (.*(?:\n +.*)*)", text, re.M):
            yield re.sub(r"\s+", " ", command.replace("\\\n", ""))


def words(page):
    """The page without roff's escapes, so that `Fl -json` and `\\-\\-json` are found as they are read."""
    page = re.sub(r'^\.\\".*$', "", page, flags=re.M)
    page = re.sub(r"\bFl ([\w-]+)", r"-\1", page)
    return unescape(page).replace("\\&", "")
