"""Characters whose width terminals disagree about. Behind each a row says its column again.

Every cell of several code points is disputed as well; that is for the engine to see.
"""

import re
import unicodedata

# Characters of their own cell that terminals give different widths, or join with the one before:
# soft hyphen, regional indicators, skin tones, spacing marks of Indic scripts.
REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)
LONE_DISPUTED = frozenset(
    [0xAD, *REGIONAL_INDICATORS, *range(0x1F3FB, 0x1F400)]
    + [point for point in range(0x900, 0x1800) if unicodedata.category(chr(point)) == "Mc"]
)
MAY_DISPUTE = re.compile(
    rb"\xc2\xad|\xf0\x9f(?:\x87[\xa6-\xbf]|\x8f[\xbb-\xbf])|\xe0[\xa4-\xbf]|\xe1[\x80-\x9f]"
)
