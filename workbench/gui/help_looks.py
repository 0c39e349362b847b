"""How a page of the guide looks: room between lines, headings apart, links in the theme's colour.

Qt's reader of Markdown takes links from the palette of the program, not of the window, and sets
lines close. GUI thread.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

_LINES = 130.0
"""Height of a line of prose, in percent of the font's own."""
_ABOVE = {1: 4.0, 2: 22.0, 3: 16.0}
"""Room above a heading by its level, in pixels."""
_BELOW = 7.0


def dress(document: QTextDocument, link: QColor) -> None:
    """Give a page that was just read its looks."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        cursor.mergeBlockFormat(_format(block, in_table=cursor.currentTable() is not None))
        _colour_links(cursor, block, link)
        block = block.next()
    cursor.endEditBlock()
    document.clearUndoRedoStacks()


def _format(block: QTextBlock, *, in_table: bool) -> QTextBlockFormat:
    made = QTextBlockFormat()
    own = block.blockFormat()
    if level := own.headingLevel():
        made.setTopMargin(_ABOVE.get(level, 12.0))
        made.setBottomMargin(_BELOW)
    elif not in_table and not own.nonBreakableLines():
        made.setLineHeight(_LINES, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made


def _colour_links(cursor: QTextCursor, block: QTextBlock, link: QColor) -> None:
    places = []
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        if piece.isValid() and piece.charFormat().isAnchor():
            places.append((piece.position(), piece.length(), piece.charFormat()))
        pieces += 1
    for start, length, look in places:
        look.setForeground(link)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(look)
