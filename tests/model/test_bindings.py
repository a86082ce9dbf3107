import msgspec

from termlab.model.bindings import Binding


def test_a_binding_crosses_the_wire() -> None:
    binding = Binding("Up", "select-pane -U", "go to the pane above", True)
    data = msgspec.msgpack.encode(binding)
    assert msgspec.msgpack.decode(data, type=Binding) == binding
