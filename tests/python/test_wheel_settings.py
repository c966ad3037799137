"""The settings of cibuildwheel, as far as they can be tried without a container."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

tomllib = pytest.importorskip("tomllib")
ROOT = Path(__file__).resolve().parents[2]
# What a library is called by Debian and by AlmaLinux; what only programs, tests and the build itself need has no second name.
ALMA = {"libboost-graph-dev": "boost-devel", "rapidjson-dev": "rapidjson-devel", "libutf8proc-dev": "utf8proc-devel", "zlib1g-dev": "zlib-devel",
        "libsqlite3-dev": "sqlite-devel", "libxxhash-dev": "xxhash-devel"}
NOT_LINKED = {"libcli11-dev", "python3-dev"}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pythons(settings: dict[str, Any]) -> list[tuple[int, int]]:
    return [(int(major), int(minor)) for major, minor in re.findall(r"cp(\d)(\d+)-", settings["build"])]


def test_a_wheel_for_each_python_that_the_project_takes(project: dict[str, Any]) -> None:
    settings = project["tool"]["cibuildwheel"]
    least = tuple(int(part) for part in re.fullmatch(r">=(\d+)\.(\d+)", project["project"]["requires-python"]).groups())
    assert pythons(settings)[0] == least
    assert sys.version_info[:2] in pythons(settings)
    assert settings["skip"].split() == ["*-musllinux_*", "*t-*"]


def test_what_is_linked_here_is_installed_there(project: dict[str, Any]) -> None:
    packages = set(re.search(r"^build_packages=\((.*?)\)", (ROOT / "dev").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)[1].split())
    libraries = {name for name in packages if name.endswith("-dev")} - NOT_LINKED
    assert libraries == ALMA.keys()
    there = set(re.findall(r"[\w-]+-devel", project["tool"]["cibuildwheel"]["before-all"]))
    assert there == set(ALMA.values())


def test_its_commands_name_what_there_is(project: dict[str, Any]) -> None:
    settings = project["tool"]["cibuildwheel"]
    for path in re.findall(r"\{project\}/([\w./-]+)", settings["test-command"]):
        assert (ROOT / path).exists(), path
    assert "{dest_dir}" in settings["repair-wheel-command"]
    assert "{wheel}" in settings["repair-wheel-command"]
    assert {f"manylinux-{arch}-image" for arch in settings["archs"]} <= settings.keys()


def test_cibuildwheel_reads_them(project: dict[str, Any]) -> None:
    program = shutil.which("cibuildwheel") or shutil.which(str(Path(sys.executable).with_name("cibuildwheel")))
    if program is None:
        pytest.skip("no cibuildwheel; pip install cibuildwheel")
    settings = project["tool"]["cibuildwheel"]
    told = subprocess.run([program, "--print-build-identifiers", "--platform", "linux", str(ROOT)], capture_output=True, text=True, check=True).stdout.split()
    wanted = [f"cp{major}{minor}-manylinux_{arch}" for arch in settings["archs"] for major, minor in pythons(settings)]
    assert sorted(told) == sorted(wanted)
