"""A procedure as a picture: BPMN 2.0 XML with diagram interchange, which modelling tools open as they are.

Source: OMG, Business Process Model and Notation 2.0.2, with BPMN DI. Columns follow the longest way from the start, so that
every flow leads to the right; one that would cross a shape, or lie on another flow, goes below all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from adaldyq.measures.permits.domain.linting import ordered, steps_of
from adaldyq.measures.permits.domain.procedures import Procedure, Step

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
SPACES = {"bpmn": MODEL, "bpmndi": DI, "dc": DC, "di": DD}
TARGET = "urn:adaldyq:procedure:1"
COLUMN, ROW, LEFT, TOP = 260, 130, 40, 40
TASK, EVENT, GATEWAY = (140, 80), (36, 36), (50, 50)
GATEWAY_SHIFT = 170
BEGIN_SHIFT = COLUMN - 90
BESIDE, BELOW = 8, 24  # of lines that go below


@dataclass(frozen=True, slots=True)
class Box:
    """Where a shape stands."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> tuple[float, float]:
        """The middle of its left side."""
        return self.x, self.y + self.height / 2

    @property
    def right(self) -> tuple[float, float]:
        """The middle of its right side."""
        return self.x + self.width, self.y + self.height / 2


@dataclass
class Drawing:
    """What is drawn: nodes with their places, and flows between them."""

    process: etree._Element
    plane: etree._Element
    boxes: dict[str, Box] = field(default_factory=dict)
    nodes: dict[str, etree._Element] = field(default_factory=dict)
    flows: int = 0

    def node(self, kind: str, key: str, name: str, box: Box) -> etree._Element:
        """Add a node with its shape."""
        made = etree.SubElement(self.process, f"{{{MODEL}}}{kind}", {"id": key, "name": name})
        shape = etree.SubElement(self.plane, f"{{{DI}}}BPMNShape", {"id": f"{key}_shape", "bpmnElement": key})
        if kind == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        etree.SubElement(shape, f"{{{DC}}}Bounds", {one: f"{value:g}" for one, value in place.items()})
        self.boxes[key], self.nodes[key] = box, made
        return made

    def flow(self, source: str, target: str, name: str = "", channel: float | None = None) -> None:
        """Add a flow with its line.

        Args:
            channel: height at which the line goes below the shapes; None for one that needs not.
        """
        self.flows += 1
        key = f"flow_{self.flows}"
        facts = {"id": key, "sourceRef": source, "targetRef": target, **({"name": name} if name else {})}
        etree.SubElement(self.process, f"{{{MODEL}}}sequenceFlow", facts)
        edge = etree.SubElement(self.plane, f"{{{DI}}}BPMNEdge", {"id": f"{key}_edge", "bpmnElement": key})
        points = line(self.boxes[source].right, self.boxes[target].left, channel)
        for one, other in points:
            etree.SubElement(edge, f"{{{DD}}}waypoint", {"x": f"{one:g}", "y": f"{other:g}"})
        order_in(self.nodes[source], "outgoing", key)
        order_in(self.nodes[target], "incoming", key)


def line(start: tuple[float, float], end: tuple[float, float], channel: float | None) -> list[tuple[float, float]]:
    """The corners of a flow: straight, with one step down or up, or below everything."""
    (x, y), (to_x, to_y) = start, end
    if channel is not None:
        near, far = x + BESIDE, to_x - BESIDE
        return [start, (near, y), (near, channel), (far, channel), (far, to_y), end]
    middle = to_x - (COLUMN - GATEWAY_SHIFT - GATEWAY[0]) / 2
    return [start, end] if y == to_y else [start, (middle, y), (middle, to_y), end]


def order_in(node: etree._Element, kind: str, flow: str) -> None:
    """Name a flow in a node: those that come in stand before those that go out."""
    made = etree.Element(f"{{{MODEL}}}{kind}")
    made.text = flow
    outgoing = node.find(f"{{{MODEL}}}outgoing")
    if kind == "incoming" and outgoing is not None:
        outgoing.addprevious(made)
    else:
        node.append(made)


def columns_of(procedure: Procedure) -> Mapping[str, int]:
    """The column of each step and end: one more than the farthest that leads to it."""
    steps, found = steps_of(procedure), {procedure.start: 1}
    for one in ordered(procedure):
        for answer in steps[one].answers:
            found[answer.to] = max(found.get(answer.to, 0), found.get(one, 1) + 1)
    return found


def bpmn(procedure: Procedure, language: str, days: str) -> bytes:
    """The picture of a procedure that the linter has passed.

    Args:
        language: in which it is written.
        days: a sentence with `%(days)s` in it, for the deadline of a step.
    """
    root = etree.Element(
        f"{{{MODEL}}}definitions", {"id": "definitions", "targetNamespace": TARGET, "exporter": "Adaldyq"}, SPACES
    )
    name = spoken(procedure.names, language)
    process = etree.SubElement(root, f"{{{MODEL}}}process", {"id": "process", "name": name, "isExecutable": "false"})
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": "diagram", "name": name})
    plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane", {"id": "plane", "bpmnElement": "process"})
    drawing = Drawing(process, plane)
    draw_nodes(drawing, procedure, language, days)
    draw_flows(drawing, procedure, language)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def draw_nodes(drawing: Drawing, procedure: Procedure, language: str, days: str) -> None:
    """Place the start, the steps, the forks behind them and the ends."""
    columns, rows = columns_of(procedure), dict[int, int]()
    people = {one.id: spoken(one.names, language) for one in procedure.participants}
    drawing.node("startEvent", "begin", spoken(procedure.names, language), placed(0, 0, EVENT, BEGIN_SHIFT))
    for step in procedure.steps:
        column = columns[step.id]
        row = rows[column] = rows.get(column, -1) + 1
        made = drawing.node("userTask", node_of(step.id), spoken(step.names, language), placed(column, row, TASK))
        words = etree.SubElement(made, f"{{{MODEL}}}documentation")
        words.text = f"{people[step.by]}. {days % {'days': step.days}}"
        if step.answers[1:]:
            fork = placed(column, row, GATEWAY, GATEWAY_SHIFT)
            drawing.node("exclusiveGateway", fork_of(step), "", fork)
    for end in procedure.ends:
        column = columns[end.id]
        row = rows[column] = rows.get(column, -1) + 1
        drawing.node("endEvent", node_of(end.id), spoken(end.names, language), placed(column, row, EVENT))


def draw_flows(drawing: Drawing, procedure: Procedure, language: str) -> None:
    """Draw the ways between them, each with its answer."""
    columns, below = columns_of(procedure), max(box.y + box.height for box in drawing.boxes.values())
    drawing.flow("begin", node_of(procedure.start))
    for step in procedure.steps:
        source, drawn = node_of(step.id), set[str]()
        if step.answers[1:]:
            drawing.flow(source, fork_of(step))
            source = fork_of(step)
        for answer in step.answers:
            far = columns[answer.to] - columns[step.id] > 1
            channel = None
            if far or answer.to in drawn:
                below += BELOW
                channel = below
            drawn.add(answer.to)
            drawing.flow(source, node_of(answer.to), spoken(answer.names, language), channel)


def placed(column: int, row: int, size: tuple[int, int], shift: int = 0) -> Box:
    """Where a shape of a size stands in its column and row, all of a row in one line."""
    width, height = size
    middle = TOP + row * ROW + TASK[1] / 2
    return Box(LEFT + column * COLUMN + shift, middle - height / 2, width, height)


def node_of(key: str) -> str:
    """Id of a step or an end in the picture."""
    return f"step_{key}"


def fork_of(step: Step) -> str:
    """Id of the fork behind a step."""
    return f"fork_{step.id}"


def spoken(names: Mapping[str, str], language: str) -> str:
    """A name in a language, else in the first that there is."""
    return names.get(language) or next(iter(names.values()))
