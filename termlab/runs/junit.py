"""Cases as JUnit XML, which CI servers show as tests; after the schema of Jenkins' xunit plug-in.

Written by the standard library: four elements need no library that knows more of the format, and
its writer escapes what is in a text. What XML has no way to say is a question mark.
"""

import re
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from termlab.runs.check_case import CheckCase

# Not a character of XML 1.0, escaped or not.
_UNSAYABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(suite: str, command: str, cases: Sequence[CheckCase]) -> str:
    """The document. ``suite`` says what was checked, ``command`` what of."""
    root = Element("testsuites")
    counts = {
        "tests": len(cases),
        "failures": sum(case.status == "failed" for case in cases),
        "errors": 0,
        "skipped": sum(case.status == "skipped" for case in cases),
    }
    named = {"name": _said(suite), **{name: str(count) for name, count in counts.items()}}
    tests = SubElement(root, "testsuite", named)
    for case in cases:
        one = SubElement(
            tests, "testcase", {"classname": _said(command), "name": _said(case.name), "time": "0"}
        )
        if case.file:
            one.set("file", _said(case.file))
            one.set("line", str(case.line))
        if case.status == "failed":
            SubElement(one, "failure", {"message": _said(case.said)}).text = _said(case.said)
        elif case.status == "skipped":
            SubElement(one, "skipped", {"message": _said(case.said)})
        else:
            SubElement(one, "system-out").text = _said(case.said)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'


def _said(text: str) -> str:
    return _UNSAYABLE.sub("?", text)
