"""Each benchmark writes its own section of the page and leaves the others."""

from __future__ import annotations

from pathlib import Path

from bench.report import REPORT, Limit, write_section


def test_a_section_is_written_in_its_place(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    write_section("one", "## One\n\nfirst", page)
    write_section("two", "## Two\n\nother \\1", page)
    write_section("one", "## One\n\nsecond\n", page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Speed\n")
    assert "first" not in text
    assert text.index("second") < text.index("other \\1")
    assert text.count("<!-- section: ") == 2
    write_section("two", "## Two\n\nother \\1", page)
    assert page.read_text(encoding="utf-8") == text


def test_the_page_has_sections_only() -> None:
    head, *sections = REPORT.read_text(encoding="utf-8").split("<!-- section: ")
    assert head.startswith("# Speed\n")
    assert sections
    assert all("\n## " in section for section in sections)


def test_a_limit_says_whether_it_is_kept() -> None:
    assert Limit("x", 2, most=1).line == "| x | 2.00 | ≤ 1.00 | NO |"
    assert Limit("x", 2000, least=1000, places=0).line == "| x | 2,000 | ≥ 1,000 | yes |"
