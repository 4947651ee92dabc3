from benchmarks.machine import Machine, _cpu_model


def test_the_machine_is_described_for_people():
    text = str(Machine.this_one())

    assert "cores (" in text
    assert "Python 3" in text


def test_the_processor_is_named_by_its_model():
    assert _cpu_model("processor\t: 0\nmodel name\t: Abacus 3 @ 1 bead/s\nflags\t: a b\n") == (
        "Abacus 3 @ 1 bead/s"
    )
