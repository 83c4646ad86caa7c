"""No stale results: a page is executed again when anything that it rests on has changed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from coursebook import execution_cache, tweets

from tests.book.test_directives import CONF, EXTENSION, sphinx

PAGE = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
---

# Page

```{{code-cell}} ipython3
from course import answer
{code}
```
"""


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A tree with a course package, its corpus and a list of packages."""
    monkeypatch.delenv("GOP_TWEETS", raising=False)
    (tmp_path / "course" / "data").mkdir(parents=True)
    (tmp_path / "course" / "__init__.py").write_text("answer = 41\n")
    (tmp_path / "course" / "data" / "tweets.csv").write_text("text\nshipped\n")
    (tmp_path / "course" / "kaggle.py").write_text("")
    (tmp_path / "requirements.txt").write_text("numpy==2.4.6\n")
    (tmp_path / "tests" / "bench").mkdir(parents=True)
    (tmp_path / "tests" / "bench" / "results.json").write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "course/__init__.py",
        "course/data/tweets.csv",
        "requirements.txt",
        "tests/bench/results.json",
    ],
)
def test_the_fingerprint_follows_code_corpus_and_packages(course, name):
    before = execution_cache.fingerprint(course)
    (course / name).write_text("something else")
    assert execution_cache.fingerprint(course) != before


def test_the_fingerprint_follows_the_contents_of_the_tweets_file(course, monkeypatch):
    """Also where the path stays the same, and where it names the folder."""
    real = course / "real"
    real.mkdir()
    (real / "Sentiment.csv").write_text("one")
    monkeypatch.setenv("GOP_TWEETS", str(real))
    before = execution_cache.fingerprint(course)
    (real / "Sentiment.csv").write_text("two")
    after = execution_cache.fingerprint(course)
    monkeypatch.setenv("GOP_TWEETS", str(real / "Sentiment.csv"))
    assert before != after == execution_cache.fingerprint(course)


def test_the_fingerprint_follows_the_version_of_python(course, monkeypatch):
    before = execution_cache.fingerprint(course)
    monkeypatch.setattr(execution_cache.platform, "python_version", lambda: "3.99.0")
    assert execution_cache.fingerprint(course) != before


def test_compiled_files_and_other_folders_do_not_matter(course):
    before = execution_cache.fingerprint(course)
    (course / "course" / "__pycache__").mkdir()
    (course / "course" / "__pycache__" / "x.pyc").write_text("x")
    (course / "tests" / "x.py").write_text("x")
    assert execution_cache.fingerprint(course) == before


def test_the_oldest_caches_go(tmp_path):
    now = time.time()
    for age in range(6):
        (tmp_path / f"cache-{age}").mkdir()
        os.utime(tmp_path / f"cache-{age}", (now - age, now - age))
    execution_cache.prune(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache-0", "cache-1", "cache-2"]


def test_the_tweets_that_were_asked_for_are_the_ones_that_pages_read(course, monkeypatch):
    monkeypatch.chdir(course)
    monkeypatch.setenv("GOP_TWEETS", "my/Sentiment.csv")
    tweets.settle(course)
    assert os.environ["GOP_TWEETS"] == str(course / "my" / "Sentiment.csv")


@pytest.mark.parametrize(
    ("found", "expected"), [("real.csv", "real.csv"), (None, "course/data/tweets.csv")]
)
def test_without_a_wish_all_pages_read_the_download_or_the_corpus(
    course, monkeypatch, found, expected
):
    monkeypatch.setattr(tweets, "find_download", lambda root: found and course / found)
    monkeypatch.setenv("GOP_TWEETS", "")
    tweets.settle(course)
    assert os.environ["GOP_TWEETS"] == str(course / expected)


def write_page(root: Path, code: str) -> None:
    (root / "chapters" / "page.md").write_text(PAGE.format(code=code))


def shown(root: Path) -> str:
    return (root / "_build/html/chapters/page.html").read_text()


@pytest.mark.slow
def test_a_page_shows_what_the_present_code_gives_and_never_forgets_a_failure(course):
    """The cache serves an unchanged course, not a changed one; a failed page fails until mended."""
    (course / "chapters").mkdir()
    conf = CONF.format(extension=str(EXTENSION)).replace('"off"', '"cache"')
    (course / "conf.py").write_text(conf.replace("chapters/intro", "chapters/page"))
    (course / "course" / "data" / "tweets.csv").unlink()  # no tweets, no look for a download

    write_page(course, "print('answer', answer + 1)")
    assert "WARNING: " not in sphinx(course).stderr
    assert "answer 42" in shown(course)

    (course / "course" / "__init__.py").write_text("answer = 1\n")
    assert "WARNING: " not in sphinx(course).stderr
    assert "answer 2" in shown(course)

    write_page(course, "print(answer / 0)")
    assert "Executing notebook failed" in sphinx(course).stderr
    assert "Executing notebook failed" in sphinx(course).stderr, "though nothing has changed"
    assert list(course.glob("_build/html/reports/**/*.err.log"))

    write_page(course, "print('answer', answer + 2)")
    assert "WARNING: " not in sphinx(course).stderr
    assert "answer 3" in shown(course)
    assert not list(course.glob("_build/html/reports/**/*.err.log"))


RENDEZVOUS = """
import pathlib, time
pathlib.Path("{own}").touch()
end = time.monotonic() + 60
while not pathlib.Path("{other}").exists() and time.monotonic() < end:
    time.sleep(0.1)
print("together" if pathlib.Path("{other}").exists() else "alone")
"""


@pytest.mark.slow
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor runs one page at a time")
def test_several_pages_are_executed_side_by_side(course):
    """Each waits for a sign of the other, which it gets only if both run."""
    (course / "chapters").mkdir()
    conf = CONF.format(extension=str(EXTENSION)).replace('"off"', '"cache"')
    (course / "conf.py").write_text(conf.replace("chapters/intro", "chapters/page"))
    (course / "course" / "data" / "tweets.csv").unlink()
    contents = "\n```{toctree}\nsecond\n```\n"
    write_page(course, RENDEZVOUS.format(own="one", other="two"))
    (course / "chapters" / "second.md").write_text(
        PAGE.format(code=RENDEZVOUS.format(own="two", other="one"))
    )
    with (course / "chapters" / "page.md").open("a") as page:
        page.write(contents)
    assert "WARNING: " not in sphinx(course).stderr
    assert "together" in shown(course)
    assert "together" in (course / "_build/html/chapters/second.html").read_text()
