"""Characters whose width terminals disagree about. Behind each a row says its column again.

Every cell of several code points is disputed as well; that is for the engine to see.
"""

import re
import unicodedata

# Characters of their own cell that terminals give different widths, or join with the one before:
# soft hyphen, regional indicators, skin tones, two long dashes, marks of interlinear text and of
# hieroglyphs, tone marks, and the spacing marks of the scripts of South and South-East Asia.
REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)
_SPACING_MARKS = (
    *(*range(0x900, 0x1D00), *range(0xA800, 0xAC00), *range(0x11000, 0x12000)),
    *(0x302E, 0x302F, *range(0x16F00, 0x17000), *range(0x1D165, 0x1D173)),
)
LONE_DISPUTED = frozenset(
    [0xAD, *REGIONAL_INDICATORS, *range(0x1F3FB, 0x1F400), 0x2E3A, 0x2E3B, *range(0xFFF9, 0xFFFC)]
    + [*range(0x13430, 0x13440), 0x1171E]
    + [point for point in _SPACING_MARKS if unicodedata.category(chr(point)) == "Mc"]
)
MAY_DISPUTE = re.compile(
    rb"\xc2\xad|\xf0\x9f(?:\x87[\xa6-\xbf]|\x8f[\xbb-\xbf])|\xe0[\xa4-\xbf]"
    rb"|\xe1[\x80-\x82\x9c-\x9f\xa4-\xb3]|\xe2\xb8[\xba\xbb]|\xe3\x80[\xae\xaf]|\xea[\xa0-\xaf]"
    rb"|\xef\xbf[\xb9-\xbb]|\xf0\x91|\xf0\x93\x90|\xf0\x96[\xbc-\xbf]|\xf0\x9d\x85"
)
