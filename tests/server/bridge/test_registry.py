"""IDs: who has one, who is refused, and what is left of those that were killed."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from termlab.errors import ServerError, UsageError
from termlab.server.bridge.registry import MAX_ID_CHARS, Claim, check_id, claim, looking, path_of

Env = dict[str, str]


@pytest.fixture
def env(tmp_path: Path) -> Env:
    return {"XDG_RUNTIME_DIR": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}


@pytest.fixture
def claimed(env: Env) -> Iterator[Claim]:
    ours = claim("a", env)
    yield ours
    ours.release()


def files(env: Env) -> list[str]:
    return sorted(os.listdir(os.path.dirname(path_of("a", env))))


@pytest.mark.parametrize("good", ["a", "A-1", "x.y_z", "_", "0", "b" * MAX_ID_CHARS])
def test_a_word_can_be_an_id(good: str) -> None:
    assert check_id(good) == good


@pytest.mark.parametrize(
    "bad", ["", ".", "..", "../x", "a/b", "/a", "-a", ".a", "a\n", "a b", "é", "a\0", "b" * 33]
)
def test_what_could_be_more_than_a_name_is_refused(bad: str) -> None:
    with pytest.raises(UsageError, match="can't be an ID: give up to 32 letters") as refused:
        check_id(bad)
    assert refused.value.exit_code == 2


def test_a_path_that_no_socket_can_have_is_refused(env: Env, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    with pytest.raises(UsageError, match="give a shorter ID"):
        path_of("a", env | {"XDG_RUNTIME_DIR": str(deep), "LOCALAPPDATA": "x" * 300})


def test_its_directory_is_the_users_alone(env: Env, claimed: Claim) -> None:
    mode = os.stat(os.path.dirname(claimed.path)).st_mode
    assert stat.S_IMODE(mode) == 0o700 or sys.platform == "win32"


def test_one_that_others_can_write_to_is_refused(env: Env, tmp_path: Path) -> None:
    (tmp_path / "termlab").mkdir(mode=0o700)
    (tmp_path / "termlab" / "bridge").mkdir()
    (tmp_path / "termlab" / "bridge").chmod(0o777)
    with pytest.raises(ServerError, match="must belong to you alone"):
        claim("a", env)


def test_an_id_has_one_owner(env: Env, claimed: Claim) -> None:
    with pytest.raises(UsageError, match=rf"'a' is in use by process {os.getpid()}: give another"):
        claim("a", env)
    claim("b", env).release()


def test_nothing_stays_of_one_that_was_let_go(env: Env) -> None:
    ours = claim("a", env)
    Path(ours.path).touch()
    ours.release()
    assert files(env) == []
    claim("a", env).release()


def test_a_killed_owner_has_it_no_more_and_is_cleaned_up_behind(env: Env) -> None:
    died = (
        "import os; from termlab.server.bridge.registry import claim; "
        "open(claim('a', os.environ).path, 'w'); claim('b', os.environ); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", died], env={**os.environ, **env})
    assert killed.returncode == -9
    assert files(env) == ["id-a", "id-a.lock", "id-b.lock"]
    other = claim("c", env)
    assert files(env) == ["id-c.lock"]
    other.release()


def test_those_at_work_are_not_cleaned_up(env: Env, claimed: Claim) -> None:
    Path(claimed.path).touch()
    claim("b", env).release()
    assert files(env) == ["id-a", "id-a.lock"]


def test_looking_tells_whether_anything_is_there(env: Env, claimed: Claim) -> None:
    with looking(claimed.path) as there:
        assert not there
    Path(claimed.path).touch()
    with looking(claimed.path) as there:
        assert there
    with looking(path_of("none", env | {"XDG_RUNTIME_DIR": "/nowhere"})) as there:
        assert not there
