"""Each declaration of a file is known by the line at which it begins, of JSON as of XML."""

from __future__ import annotations

import codecs

import pytest

from adaldyq.measures.declarations.adapters.sent_files import declarations_in


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b'{"declarations": [\n {"a": "]}{\\"["},\n\n {"b": [{}, [1]]}, {}\n]}', [2, 4, 4]),
        (codecs.BOM_UTF8 + '\n{\n"declarations":\n[{"имя": "Ә\\\\"},\r\n{}]}'.encode(), [4, 5]),
        (b'{"declarations": [{},\n{}]}', [1, 2]),
        (b'{"declarations": [7,\n{}]}', [0, 0]),
        (b'{"declarations": ["a",\nnull]}', [0, 0]),
    ],
)
def test_lines_of_declarations_in_json(content: bytes, lines: list[int]) -> None:
    assert [one.line for one in declarations_in(content)] == lines
