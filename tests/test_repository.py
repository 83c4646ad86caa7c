"""What stands around the code: versions, citation, workflows, the hooks before a commit."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
VERSION = r"\d+\.\d+\.\d+"


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def yaml_of(name: str | Path) -> dict:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


# ---------------------------------------------------------------- versions


def released() -> str:
    """The newest version of the changelog: where a version is told first."""
    return re.search(rf"^## ({VERSION})\b", text_of("CHANGELOG.md"), re.MULTILINE)[1]


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")[:3]))


def test_the_package_has_the_newest_version_or_is_on_the_way_to_the_next():
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    if "## Unreleased" in text_of("CHANGELOG.md"):
        assert re.fullmatch(rf"{VERSION}\.dev\d+", version)
        assert numbers(version) > numbers(released())
    else:
        assert version == released()


def test_the_version_that_is_cited_is_the_newest():
    assert yaml_of("CITATION.cff")["version"] == released()


def test_images_are_taken_in_the_newest_version():
    ours = re.compile(
        rf"recurrent-networks-course/[\w-]+:({VERSION})|^ +tag: \"({VERSION})\"", re.MULTILINE
    )
    files = [*(ROOT / "hub").glob("helm/*.yaml"), *(ROOT / "hub").glob("images/*/Dockerfile")]
    found = [(p.name, a or b) for p in files for a, b in ours.findall(p.read_text("utf-8"))]
    assert len(found) >= 6
    assert {version for _, version in found} == {released()}, found


def test_the_course_is_cited_under_its_title():
    cited = yaml_of("CITATION.cff")
    assert cited["title"] == yaml_of("_config.yml")["title"]
    assert cited["license"] == tomllib.loads(text_of("pyproject.toml"))["project"]["license"]
    students = yaml_of("_config.yml")["repository"]["url"]
    assert Path(cited["repository-code"]).parent == Path(students).parent
    assert {"cff-version", "message", "authors", "type"} <= set(cited)


# ---------------------------------------------------------------- workflows


def steps(workflow: Path) -> list[dict]:
    return [step for job in yaml_of(workflow)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_what_is_run_is_there(workflow):
    targets = set(re.findall(r"^(\S+):", text_of("Makefile"), re.MULTILINE))
    targets |= {".venv/.course"}  # $(INSTALLED)
    for step in steps(workflow):
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"])
        for target in re.findall(r"(?:^|\s)make (\S+)", step.get("run", "")):
            assert target in targets
        for script in re.findall(r"bash (\S+)", step.get("run", "")):
            assert (ROOT / script).is_file()


def test_every_python_and_system_that_the_readme_promises_is_tried():
    promised = re.search(
        r"Linux or macOS, Python (3\.\d+), (3\.\d+) or (3\.\d+)", text_of("README.md")
    )
    jobs = yaml_of(".github/workflows/ci.yml")["jobs"]
    assert jobs["pythons"]["strategy"]["matrix"]["python"] == list(promised.groups())
    assert jobs["pythons"]["runs-on"].startswith("ubuntu")
    mac = [job for job in jobs.values() if job["runs-on"].startswith("macos")]
    assert any(step.get("run") == "make book" for job in mac for step in job["steps"])
    assert (
        tomllib.loads(text_of("pyproject.toml"))["project"]["requires-python"] == f">={promised[1]}"
    )


def test_every_folder_with_pinned_packages_is_kept_up_to_date():
    known = {
        (u["package-ecosystem"], u["directory"])
        for u in yaml_of(".github/dependabot.yml")["updates"]
    }
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    if not listed.stdout:
        pytest.skip("no checkout of git")
    files = [Path(name) for name in listed.stdout.splitlines()]
    kinds = {"package-lock.json": "npm", "requirements.txt": "pip"}
    wanted = {
        (kinds[f.name], "/" + ("" if str(f.parent) == "." else str(f.parent)))
        for f in files
        if f.name in kinds
    }
    assert wanted <= known


# ---------------------------------------------------------------- before a commit

HOOKS = yaml_of(".pre-commit-config.yaml")["repos"][0]["hooks"]
EXCLUDED = "tests/bench/answers/bptt.py"  # students' files, as they are: some are no Python


@pytest.mark.parametrize(
    "hook", [h for h in HOOKS if h["language"] == "system"], ids=lambda h: h["id"]
)
def test_a_hook_leaves_alone_what_make_lint_leaves_alone(hook):
    """Hooks get the names of files, and a tool may take a name for an order."""
    program, *options = hook["entry"].split()
    command = [str(Path(sys.executable).with_name(Path(program).name)), *options]
    before = text_of(EXCLUDED)
    try:
        done = subprocess.run([*command, EXCLUDED], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        assert text_of(EXCLUDED) == before
    finally:
        if text_of(EXCLUDED) != before:
            (ROOT / EXCLUDED).write_text(before, encoding="utf-8")


@pytest.mark.parametrize(
    ("hook", "refused", "taken"),
    [
        ("tweets", "course/data/Sentiment.csv", "course/data/tweets.csv"),
        ("tweets", "database.sqlite", "hub/database.py"),
        ("answers", "exercises/lstm/lstm.ipynb", "exercises/lstm/lstm.md"),
    ],
)
def test_what_must_not_be_committed_is_refused_by_name(hook, refused, taken):
    (pattern,) = [h["files"] for h in HOOKS if h["id"] == hook]
    assert re.search(pattern, refused)
    assert not re.search(pattern, taken)
