"""Pasted bytes as a program should get them: bracketed if it asked, and never able to type.

Pure, for every engine. A paste comes in parts; what is defused here is defused byte by byte, so a
marker split between two parts can't slip through.
"""

OPEN = b"\x1b[200~"
CLOSE = b"\x1b[201~"

# Control characters that a line discipline or an editor would act on become spaces, as in xterm
# (disallowedPasteControls): NUL, C-c, EOT, ENQ, BS, SI, DC1, DC2, DC3, NAK, SYN, ETB, SUB, ESC, FS,
# DEL. Without ESC there is no end marker.
ACTING = bytes([0, 3, 4, 5, 8, 15, 17, 18, 19, 21, 22, 23, 26, 27, 28, 127])
DEFUSE = bytes.maketrans(ACTING, b" " * len(ACTING))


def encode_paste(data: bytes, first: bool, last: bool, bracketed: bool) -> bytes:
    """One part of a paste. Newlines become Return where the program does not see the brackets."""
    text = data.translate(DEFUSE)
    if not bracketed:
        return text.replace(b"\r\n", b"\r").replace(b"\n", b"\r")
    return (OPEN if first else b"") + text + (CLOSE if last else b"")
