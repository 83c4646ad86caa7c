"""``quiz``: a question to check oneself with, and a word on every choice.

.. code-block:: markdown

   :::{quiz} Which gate decides what is erased from the cell state?
   - [ ] The output gate
     It only decides what is shown.
   - [x] The forget gate
     Yes: it multiplies the old cell state.
   :::

A choice is the first line of its list item; everything after that line is its feedback. One ``[x]``
makes radio buttons, several make checkboxes. What stands before the list belongs to the question.

The page carries the question as a fieldset and the answers as a ``details`` list that opens without
scripts; ``quiz.js`` moves each answer to its choice and shows it when the reader checks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

MARK = re.compile(r"\[([ xX])\]\s+")

logger = logging.getLogger(__name__)


class quiz(nodes.General, nodes.Element):  # noqa: N801 (docutils names its nodes so)
    """The whole: children are ``quiz_question``, choices, and ``quiz_answers``."""


class quiz_question(nodes.General, nodes.Element):  # noqa: N801
    """The question, the legend of the fieldset."""


class quiz_choice(nodes.General, nodes.Element):  # noqa: N801
    """One choice: a radio button or checkbox with its label."""


class quiz_answers(nodes.General, nodes.Element):  # noqa: N801
    """The answers, a list in a ``details`` element."""


class quiz_answer(nodes.General, nodes.Element):  # noqa: N801
    """Right or wrong, and why: the feedback to one choice."""


@dataclass
class Choice:
    """A choice as written: its text's nodes, its feedback's nodes, and whether it is right."""

    right: bool
    text: list[nodes.Node] = field(default_factory=list)
    feedback: list[nodes.Node] = field(default_factory=list)


class Quiz(SphinxDirective):
    """A question with choices, each with the reason why it is right or wrong."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The question and its choices, or nothing but a warning."""
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        choices = [self.read(item) for item in take_list(body)]
        self.check(choices)
        return [self.build(body.children, [choice for choice in choices if choice])]

    def read(self, item: nodes.list_item) -> Choice | None:
        """Split one list item into its mark, its first line and the rest."""
        first = item.children[0] if item.children else None
        mark = first and isinstance(first, nodes.paragraph) and MARK.match(first.astext())
        if not mark:
            self.warn("every choice of a quiz starts with [ ] or [x] and its text")
            return None
        text, rest = split_first_line(first)
        text[0] = nodes.Text(MARK.sub("", text[0].astext(), count=1))
        feedback = ([nodes.paragraph("", "", *rest)] if rest else []) + item.children[1:]
        if not feedback:
            self.warn(
                f"the choice “{''.join(part.astext() for part in text)}” has no feedback: "
                "say why it is right or wrong, indented, on the line after it"
            )
        return Choice(mark[1] in "xX", text, feedback)

    def check(self, choices: list[Choice | None]) -> None:
        """Warn of a quiz that cannot be answered."""
        if len(choices) < 2:
            self.warn("a quiz needs a list of at least two choices")
        elif not any(choice and choice.right for choice in choices):
            self.warn("a quiz needs at least one right choice, marked [x]")

    def warn(self, message: str) -> None:
        """Say in the build's log what is wrong with this directive."""
        logger.warning(
            "quiz “%s”: %s",
            self.arguments[0],
            message,
            location=self.get_location(),
            type="course",
            subtype="quiz",
        )

    def build(self, preamble: list[nodes.Node], choices: list[Choice]) -> quiz:
        """The nodes of a quiz: its question, choices and answers."""
        name = f"quiz-{self.env.new_serialno('quiz') + 1}"
        several = sum(choice.right for choice in choices) > 1
        root = quiz(name=name, several=several)
        self.set_source_info(root)
        question = quiz_question(several=several)
        question += self.state.inline_text(self.arguments[0], self.lineno)[0]
        root += question
        root += preamble
        answers = quiz_answers()
        for number, choice in enumerate(choices, start=1):
            common = {"quiz": name, "number": number, "right": choice.right, "several": several}
            repeated = nodes.inline("", "", *[part.deepcopy() for part in choice.text])
            repeated["classes"].append("quiz-repeated")
            root += quiz_choice("", *choice.text, **common)
            answers += quiz_answer("", repeated, *choice.feedback, **common)
        root += answers
        return root


def take_list(body: nodes.Element) -> list[nodes.list_item]:
    """Remove the last bullet list from ``body`` and give its items."""
    for child in reversed(body.children):
        if isinstance(child, nodes.bullet_list):
            body.remove(child)
            return list(child.children)
    return []


def split_first_line(paragraph: nodes.paragraph) -> tuple[list[nodes.Node], list[nodes.Node]]:
    """The inline nodes before and after the first line break of a paragraph."""
    for position, child in enumerate(paragraph.children):
        if isinstance(child, nodes.Text) and "\n" in child:
            before, after = child.astext().split("\n", 1)
            first = [*paragraph.children[:position], nodes.Text(before)]
            rest = [nodes.Text(after), *paragraph.children[position + 1 :]]
            return [*first], [part for part in rest if part.astext()]
    return list(paragraph.children), []


def visit_quiz(self, node: quiz) -> None:
    """The frame around question, choices and answers."""
    # Not a form: nothing is sent, and without scripts Enter must not reload the page.
    self.body.append(f'<div class="quiz" id="{node["name"]}"><fieldset>')


def depart_quiz(self, node: quiz) -> None:
    """Its end."""
    self.body.append("</div>\n")


def visit_question(self, node: quiz_question) -> None:
    """The question, and a word where several choices are right."""
    hint = " <span class='quiz-hint'>(more than one)</span>" if node["several"] else ""
    self.body.append('<legend><span class="quiz-kicker">Check yourself</span> ')
    self.context.append(f"{hint}</legend>\n")


def depart_question(self, node: quiz_question) -> None:
    """What the visit left for the end."""
    self.body.append(self.context.pop())


def visit_choice(self, node: quiz_choice) -> None:
    """A button to choose, with its label."""
    kind = "checkbox" if node["several"] else "radio"
    ident = f"{node['quiz']}-{node['number']}"
    self.body.append(
        f'<div class="quiz-choice"><input type="{kind}" id="{ident}" name="{node["quiz"]}" '
        f'value="{node["number"]}"{spoken_name(node)}><label for="{ident}">'
    )


def spoken_name(node: quiz_choice) -> str:
    """A name for a choice that is nothing but mathematics, which not every reader speaks."""
    words = [part for part in node.children if not isinstance(part, nodes.math)]
    if any(part.astext().strip() for part in words):
        return ""
    return f' aria-label="{escape(" ".join(node.astext().split()))}"'


def depart_choice(self, node: quiz_choice) -> None:
    """The label's end."""
    self.body.append("</label></div>\n")


def visit_answers(self, node: quiz_answers) -> None:
    """The list that unfolds."""
    self.body.append(
        '</fieldset>\n<details class="quiz-answers"><summary>Show the answers</summary>\n<ol>\n'
    )


def depart_answers(self, node: quiz_answers) -> None:
    """The list's end."""
    self.body.append("</ol></details>\n")


def visit_answer(self, node: quiz_answer) -> None:
    """The answer to one choice: right or wrong, and why."""
    verdict = "right" if node["right"] else "wrong"
    self.body.append(
        f'<li data-for="{node["quiz"]}-{node["number"]}" data-verdict="{verdict}">'
        f'<strong class="quiz-verdict">{verdict.capitalize()}:</strong> '
    )


def depart_answer(self, node: quiz_answer) -> None:
    """Its end."""
    self.body.append("</li>\n")


def add_script(app: Sphinx, pagename, templatename, context, doctree) -> None:
    """The quiz's script, on the pages that have one."""
    if doctree and next(doctree.findall(quiz), None):
        app.add_js_file("quiz.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Enter it in Sphinx."""
    app.add_directive("quiz", Quiz)
    app.add_node(quiz, html=(visit_quiz, depart_quiz))
    app.add_node(quiz_question, html=(visit_question, depart_question))
    app.add_node(quiz_choice, html=(visit_choice, depart_choice))
    app.add_node(quiz_answers, html=(visit_answers, depart_answers))
    app.add_node(quiz_answer, html=(visit_answer, depart_answer))
    app.connect("html-page-context", add_script)
