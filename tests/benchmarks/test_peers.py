from benchmarks.peers.peer import Peer, Promise


def peer(*promises):
    return Peer(
        name="Doorbell",
        promises=frozenset(promises),
        worker=("python", "-m", "doorbell"),
        greeting="Here",
        send=print,
    )


def test_a_peer_is_named_with_what_holds_for_its_chains():
    found = peer(Promise.NO_DOUBLES, Promise.KILLED_WORKER).label

    assert found == "Doorbell (killed worker, no doubles)"


def test_a_peer_that_promises_nothing_says_so():
    assert peer().label == "Doorbell (nothing)"
