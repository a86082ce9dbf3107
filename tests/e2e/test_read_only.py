"""A client that may only look: it sees all, and nothing it does reaches anybody."""

import sys

import pytest

if sys.platform != "win32":
    from termlab.model.geometry import Size
    from tests.e2e.outer import SIZE
    from tests.e2e.session import OwnServer, echoes
else:
    pytest.skip("there are no PTYs", allow_module_level=True)

assert sys.platform != "win32"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("placement")]


def test_a_read_only_client_sees_what_happens_and_types_nothing(own: OwnServer) -> None:
    writer = own.shell()
    reader = own.open("attach", "--read-only")
    reader.wait_for("read-only")
    reader.type("echo never\r\x1b[200~echo never pasted\r\x1b[201~")
    echoes(writer, "seen")
    reader.wait_for("^seen$")
    assert "never" not in own.ok("capture")
    reader.type("\x02%")
    reader.wait_for("attached read-only")
    assert "%1" not in own.ok("ls", "--json")


def test_a_small_read_only_client_sees_it_cut_and_changes_no_size(own: OwnServer) -> None:
    writer = own.shell()
    writer.type("printf '%060d\\n' 7\r")
    writer.wait_for("0007$")
    reader = own.open("attach", "--read-only", size=Size(30, 8))
    reader.wait_for(r"^0{30}$")
    assert f'"cols": {SIZE.cols}' in own.ok("ls", "--json")
    reader.type("\x02d")
    reader.wait_exit()
    echoes(writer, "still")
