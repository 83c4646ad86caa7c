"""Builds the results of the pages on three corpora and keeps what each page then says of them.

    make claims GOP_TWEETS=Sentiment.csv
    python -m tests.chapters.claims [--corpus real|shipped|shuffled ...] [--page NAME ...] [--reword]

The corpora are the real tweets, the corpus that ships with the course, and the real tweets with
shuffled labels, from which nothing can be learnt. The files in tests/chapters/results hold, for each
claim, what it was told and what it said; test_claims.py holds the one against the other. No tweet is
in them. Pages that read no tweets are run once, on nothing. Beside them, pages.json holds a digest of
the code that has given each of them, so that results of an older page are found without running it.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import jupytext
import nbformat
import numpy as np
import pandas as pd
from nbclient import NotebookClient

from course import claims, kaggle, tweets
from tests.chapters.recorder import CLAIM, decoded

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "results"
DIGESTS = RESULTS / "pages.json"
WITHOUT_TWEETS = "without"
CORPORA = ("real", "shipped", "shuffled")
TIMEOUT = 1800  # seconds for a cell: other work may go on beside it
DRAWS = {"ax", "axes", "figure", "plt", "figures", "glue", "put"}  # they change no number
SAYS = {"claims", "figures"}  # modules of the course that compute nothing

BEFORE = """
import sys
sys.path.insert(0, {root!r})
from tests.chapters import recorder
recorder.install(get_ipython())
"""
AFTER = "recorder.write({path!r})"


def source(page: str) -> str:
    return (ROOT / "chapters" / f"{page}.md").read_text(encoding="utf-8")


def pages_with_claims() -> list[str]:
    """The chapters that state results, those that read tweets last."""
    names = [
        path.stem for path in (ROOT / "chapters").glob("*.md") if f"{CLAIM}(" in source(path.stem)
    ]
    return sorted(names, key=lambda name: (reads_tweets(name), name))


def reads_tweets(page: str) -> bool:
    return "tweets.load(" in source(page)


def corpora_of(page: str) -> tuple[str, ...]:
    """The corpora on which a page's claims are to be held."""
    return CORPORA if reads_tweets(page) else (WITHOUT_TWEETS,)


@contextmanager
def tweets_of(corpus: str) -> Iterator[Path]:
    """The file of tweets that a page is to read.

    Raises FileNotFoundError where the real tweets are wanted and can't be had.
    """
    if corpus in ("shipped", WITHOUT_TWEETS):
        yield ROOT / "course" / "data" / "tweets.csv"
        return
    frame = tweets.load()
    if frame.attrs["source"] != "real":
        raise FileNotFoundError(f"name the real tweets ({kaggle.FILE_NAME}) by GOP_TWEETS")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / kaggle.FILE_NAME
        (shuffled(frame) if corpus == "shuffled" else frame).to_csv(path, index=False)
        yield path


def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
    """The same tweets and the same labels, but no label belongs to its tweet."""
    order = np.random.default_rng(0).permutation(len(frame))
    labels = frame[["sentiment", "sentiment_confidence"]].to_numpy()[order]
    return frame.assign(sentiment=labels[:, 0], sentiment_confidence=labels[:, 1].astype(float))


def run(page: str, corpus: str, executed: Path | None = None) -> list[dict]:
    """What the page's claims are told and say on that corpus; the run notebook, if wanted, is kept."""
    notebook = jupytext.reads(source(page), fmt="md:myst")
    with tempfile.TemporaryDirectory() as folder, tweets_of(corpus) as data:
        kept = Path(folder) / "kept.json"
        first = nbformat.v4.new_code_cell(BEFORE.format(root=str(ROOT)))
        last = nbformat.v4.new_code_cell(AFTER.format(path=str(kept)))
        notebook.cells = [first, *notebook.cells, last]
        environment = {**os.environ, "GOP_TWEETS": str(data)}
        waits = {"timeout": TIMEOUT, "startup_timeout": TIMEOUT}
        client = NotebookClient(notebook, kernel_name="python3", **waits)
        client.execute(cwd=str(ROOT / "chapters"), env=environment)
        if executed:
            executed.mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, executed / f"{page}-{corpus}.ipynb")
        return json.loads(kept.read_text(encoding="utf-8"))


@cache
def claims_of(chapter: str) -> dict[str, Callable[..., str]]:
    """The page's claims, with what they need: its other functions and what it spells out."""
    space = {"np": np, "pd": pd, "claims": claims}
    for statement in ast.parse(code_of(chapter)).body:
        if isinstance(statement, ast.Assign):
            try:
                ast.literal_eval(statement.value)
            except ValueError:
                continue
        elif not isinstance(statement, ast.FunctionDef):
            continue
        try:
            exec(compile(ast.Module([statement], []), chapter, "exec"), space)
        except NameError:  # a default that the page computes: no claim has one
            continue
    return {name: value for name, value in space.items() if name.endswith(CLAIM)}


def code_of(page: str) -> str:
    cells = jupytext.reads(source(page), fmt="md:myst").cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


class Numbers(ast.NodeTransformer):
    """A page's code without what changes no number: claims, docstrings, drawing, words around values."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST | None:
        return None if node.name.endswith(CLAIM) else self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        value = node.value
        if isinstance(value, ast.Constant):
            return None
        name = ast.unparse(value.func) if isinstance(value, ast.Call) else ""
        drawn = name.split(".")[0].split("[")[0] in DRAWS or name == "claims.put"
        return None if drawn else self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        node.values = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        return self.generic_visit(node)


def digest(page: str, corpus: str) -> str:
    """Of all that decides a page's results: its code, the course's, and the corpus that ships."""
    code = ast.parse(code_of(page))
    imports = [node for node in ast.walk(code) if isinstance(node, ast.ImportFrom)]
    used = {alias.name for node in imports if node.module == "course" for alias in node.names}
    used |= {
        node.module.split(".")[1] for node in imports if (node.module or "").startswith("course.")
    }
    texts = [(ROOT / "course" / f"{name}.py").read_text("utf-8") for name in sorted(used - SAYS)]
    kept = hashlib.sha256()
    for tree in (code, *map(ast.parse, texts)):
        kept.update(ast.dump(Numbers().visit(tree)).encode())
    if corpus == "shipped":
        kept.update((ROOT / "course" / "data" / "tweets.csv").read_bytes())
    return kept.hexdigest()[:16]


def digests() -> dict[str, str]:
    """The digest of the page that has given each result, as in "real/lstm"."""
    return json.loads(DIGESTS.read_text(encoding="utf-8")) if DIGESTS.is_file() else {}


def reworded(page: str, kept: list[dict]) -> list[dict]:
    """The same calls with what the page says today: its words have changed, not its results."""
    said, again = claims_of(page), []
    for entry in kept:
        told = {name: decoded(value) for name, value in entry["told"].items()}
        again.append({**entry, "said": said[entry["claim"]](**told)})
    return again


def write(path: Path, kept: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", nargs="+", choices=(WITHOUT_TWEETS, *CORPORA))
    parser.add_argument("--page", nargs="+", choices=pages_with_claims())
    parser.add_argument(
        "--reword", action="store_true", help="run nothing: say what was measured in today's words"
    )
    parser.add_argument("--executed", type=Path, help="a folder for the executed pages")
    options = parser.parse_args()
    for page in options.page or pages_with_claims():
        for corpus in corpora_of(page):
            if options.corpus and corpus not in options.corpus:
                continue
            start = time.perf_counter()
            path = RESULTS / corpus / f"{page}.json"
            if options.reword:
                if path.is_file():
                    write(path, reworded(page, json.loads(path.read_text(encoding="utf-8"))))
                continue
            of_the_page = digest(page, corpus)  # a page may be edited while it runs
            kept = run(page, corpus, options.executed)
            write(path, kept)
            stamped = digests() | {f"{corpus}/{page}": of_the_page}
            DIGESTS.write_text(
                json.dumps(stamped, indent=1, sort_keys=True) + "\n", encoding="utf-8"
            )
            took = time.perf_counter() - start
            print(f"{page} ({corpus}): {len(kept)} claims in {took:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
