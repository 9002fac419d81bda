"""HTML as a tree that can be compared: no white space, no order of attributes or classes, ids by what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "br", "img", "hr", "meta", "link", "path"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby")


@dataclass
class Node:
    """An element, or the text between elements (then `tag` is empty)."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def classes(self) -> set[str]:
        """Its classes."""
        return set(self.attrs.get("class", "").split())

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The tree as lines, for a difference that a person can read."""
        indent = "  " * depth
        if not self.tag:
            yield f"{indent}{self.text}"
            return
        attrs = dict(self.attrs)
        if "class" in attrs:
            attrs["class"] = " ".join(sorted(self.classes))
        yield indent + " ".join([self.tag, *(f"{name}={value!r}" for name, value in sorted(attrs.items()))])
        for child in self.children:
            yield from child.lines(depth + 1)


class Reader(HTMLParser):
    """Reads HTML into nodes.

    Raises:
        ValueError: an element is closed that is not open.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag in VOID:
            return
        if self.open[-1].tag != tag:
            raise ValueError(f"</{tag}> closes <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text, its white space made one."""
        text = " ".join(data.split())
        if text:
            self.open[-1].children.append(Node("", text=text))


def read(html: str) -> Node:
    """The tree of a piece of HTML.

    Raises:
        ValueError: an element is left open.
    """
    reader = Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) != 1:
        raise ValueError(f"<{reader.open[-1].tag}> is never closed")
    return reader.root


def without(root: Node, unwanted: Callable[[Node], bool]) -> None:
    """Take elements out, with what is in them."""
    for node in root.walk():
        node.children = [child for child in node.children if not unwanted(child)]


def ids_by_use(root: Node) -> None:
    """Name ids by their place in the tree, so that only what refers to what is compared.

    Raises:
        ValueError: two elements have one id.
    """
    referred = {part for node in root.walk() for name in REFERENCES for part in node.attrs.get(name, "").split()}
    given = [node.attrs["id"] for node in root.walk() if "id" in node.attrs]
    if len(given) != len(set(given)):
        raise ValueError(f"an id stands twice among {given}")
    places = {one: f"id{place}" for place, one in enumerate(one for one in given if one in referred)}
    for node in root.walk():
        if "id" in node.attrs:
            node.attrs["id"] = places.get(node.attrs["id"], "")
            if not node.attrs["id"]:
                del node.attrs["id"]
        for name in REFERENCES:
            if name in node.attrs:
                node.attrs[name] = " ".join(places.get(part, part) for part in node.attrs[name].split())
