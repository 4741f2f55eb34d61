#!/usr/bin/env python3
"""Pushes over a network that loses, repeats and reorders, and acknowledgements that nobody sent (reliability R15, R22, R24).

    datagrams.py [--muster PATH]
"""
import gzip
import heapq
import json
import random
import select
import socket
import threading
import time

import common
import lib
from lib import expect

SERVICE = "pushed"
# Only clients that are known to listen are pushed to.
AGENT = {"User-Agent": "Nacos-Java-Client:v1.4.8"}


class Subscriber:
    """A client's UDP socket and what it made of what came. The network between is its own: `chance` decides."""

    def __init__(self, registry):
        self.registry = registry
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.weight = None
        self.sent = []
        self.arrived = set()
        self.applied = -1

    def poll(self):
        self.apply(self.registry.list(SERVICE, udpPort=self.port, clientIP="127.0.0.1", headers=AGENT))

    def apply(self, answer):
        if answer["hosts"]:
            self.weight = answer["hosts"][0]["weight"]


class Network(threading.Thread):
    """Carries datagrams to subscribers and acknowledgements back: 30 % are lost, 10 % come twice, 25 % late."""

    def __init__(self, subscribers, seed):
        super().__init__(daemon=True)
        self.chance = random.Random(seed)
        self.by_descriptor = {subscriber.socket.fileno(): subscriber for subscriber in subscribers}
        self.queue = []
        self.number = 0
        self.end = threading.Event()
        self.problems = []

    def carry(self, deliver, *what):
        """Hands `what` on as often, and as late, as chance wants."""
        if self.chance.random() < 0.30:
            return
        for _ in range(2 if self.chance.random() < 0.10 else 1):
            delay = self.chance.uniform(0.0, 0.15) if self.chance.random() < 0.25 else 0.0
            self.number += 1
            heapq.heappush(self.queue, (time.monotonic() + delay, self.number, deliver, what))

    def run(self):
        try:
            poll = select.poll()
            for descriptor in self.by_descriptor:
                poll.register(descriptor, select.POLLIN)
            while not self.end.is_set():
                wait = max(0.0, self.queue[0][0] - time.monotonic()) if self.queue else 0.05
                for descriptor, _ in poll.poll(min(wait, 0.05) * 1000):
                    self.take(self.by_descriptor[descriptor])
                while self.queue and self.queue[0][0] <= time.monotonic():
                    _, _, deliver, what = heapq.heappop(self.queue)
                    deliver(*what)
        except Exception as problem:
            self.problems.append(problem)

    def take(self, subscriber):
        datagram, sender = subscriber.socket.recvfrom(65536)
        packet, content = common.push_of(datagram)
        subscriber.sent.append((packet["lastRefTime"], content["lastRefTime"], content["hosts"][0]["weight"]))
        self.carry(self.arrive, subscriber, packet, content, sender)

    def arrive(self, subscriber, packet, content, sender):
        # A client takes an older list too, with a warning (naming-client-v1 1.5). Nobody but the network is to blame for a
        # copy that comes after its original was acknowledged and a newer list sent.
        is_copy = packet["lastRefTime"] in subscriber.arrived
        subscriber.arrived.add(packet["lastRefTime"])
        if not is_copy and content["lastRefTime"] < subscriber.applied:
            self.problems.append(f"an older list came after a newer one at {subscriber.port}")
        subscriber.applied = content["lastRefTime"]
        subscriber.apply(content)
        self.carry(subscriber.socket.sendto, common.acknowledgement(packet), sender)


def bad_network(program, options):
    """R15: a hundred subscribers end with the last of two hundred changes, and nobody is sent an older list after a newer."""
    with lib.Server(program, "--memory") as server:
        registry = common.Registry(server)
        registry.register(SERVICE, "10.0.0.1", 80, ephemeral="false")
        subscribers = [Subscriber(registry) for _ in range(100)]
        network = Network(subscribers, seed=15)
        for subscriber in subscribers:
            subscriber.poll()
        network.start()
        for number in range(200):
            registry.must("PUT", "/instance", serviceName=SERVICE, ip="10.0.0.1", port=80, weight=1 + number % 99, ephemeral="false")
            time.sleep(network.chance.uniform(0, 0.02))
        final = float(1 + 199 % 99)
        end = time.monotonic() + 12
        # Clients poll every ten seconds (cacheMillis), whatever is pushed to them.
        threading.Timer(9, lambda: [subscriber.poll() for subscriber in subscribers]).start()
        lib.wait_until(
            "everybody's last list", lambda: all(subscriber.weight == final for subscriber in subscribers),
            max(0, end - time.monotonic()), 0.1)
        network.end.set()
        network.join()
        check_order(subscribers)
        expect(not network.problems, f"{len(network.problems)} problems: {network.problems[:3]}")
        datagrams = sum(len(subscriber.sent) for subscriber in subscribers)
        expect(datagrams > len(subscribers), f"only {datagrams} datagrams came")
        print(f"      {datagrams} datagrams for 200 changes to {len(subscribers)} subscribers", flush=True)


def check_order(subscribers):
    for subscriber in subscribers:
        # A repeat carries the number of what it repeats.
        fresh = [sent for place, sent in enumerate(subscriber.sent) if sent[0] not in {old[0] for old in subscriber.sent[:place]}]
        times = [inner for _, inner, _ in fresh]
        expect(times == sorted(times), f"{subscriber.port} was sent an older list after a newer one: {times}")


def changes_during_a_push(program, options):
    """R22: a thousand times two changes close together; the last one always arrives."""
    with lib.Server(program, "--memory") as server:
        registry = common.Registry(server)
        registry.register(SERVICE, "10.0.0.1", 80, ephemeral="false")
        subscriber = Subscriber(registry)
        subscriber.poll()
        subscriber.socket.settimeout(5)
        chance = random.Random(22)
        polled = time.monotonic()
        for number in range(options.races):
            weights = [1 + 2 * number % 5000, 2 + 2 * number % 5000]
            for weight in weights:
                registry.must("PUT", "/instance", serviceName=SERVICE, ip="10.0.0.1", port=80, weight=weight, ephemeral="false")
                if chance.random() < 0.5:
                    time.sleep(chance.uniform(0, 0.003))
            while subscriber.weight != float(weights[-1]):
                try:
                    datagram, sender = subscriber.socket.recvfrom(65536)
                except TimeoutError:
                    raise lib.Failure(f"change {number} did not arrive: {subscriber.weight}, not {weights[-1]}")
                packet, content = common.push_of(datagram)
                subscriber.apply(content)
                subscriber.socket.sendto(common.acknowledgement(packet), sender)
            if time.monotonic() - polled > 5:
                subscriber.poll()
                polled = time.monotonic()
        print(f"      {options.races} races, every last change arrived", flush=True)


def forged_acknowledgements(program, options):
    """R24: what is no acknowledgement of ours is passed over, and what is one still counts."""
    junk = [
        b"", b"\0", b"{", b"[" * 10_000, b'{"type":"push-ack"}', b'{"type":"push-ack","lastRefTime":"abc","data":""}',
        b'{"type":"push-ack","lastRefTime":1e999,"data":""}', b'{"type":"push-ack","lastRefTime":"-1","data":""}',
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000, gzip.compress(b'{"type":"push-ack","lastRefTime":"1","data":""}'),
        b"\xff\xfe\xc0\xaf" * 100, bytes(65_000), random.Random(24).randbytes(60_000),
        json.dumps({"type": "push-ack", "lastRefTime": str(2**63), "data": "x" * 60_000}).encode(),
    ]
    with lib.Server(program, "--memory") as server:
        registry = common.Registry(server)
        registry.register(SERVICE, "10.0.0.1", 80, ephemeral="false")
        subscriber = Subscriber(registry)
        subscriber.poll()
        subscriber.socket.settimeout(5)
        registry.must("PUT", "/instance", serviceName=SERVICE, ip="10.0.0.1", port=80, weight=7, ephemeral="false")
        datagram, address = subscriber.socket.recvfrom(65536)
        packet, _ = common.push_of(datagram)
        before = common.resident_bytes(server)
        stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        logged = len(server.log())
        for _ in range(200):
            for piece in junk + [common.acknowledgement(packet)]:
                stranger.sendto(piece, address)
            expect(registry.is_well(), "the server does not answer")
        stranger.close()
        expect(len(server.log()) - logged < 2_000, f"it talks too much of it: {server.log()[-500:]}")
        expect(common.resident_bytes(server) - before < 16 << 20, "memory grew with what strangers sent")
        # The stranger's copy of the right number did not count: it is sent again. Then ours does.
        datagram, address = subscriber.socket.recvfrom(65536)
        again, content = common.push_of(datagram)
        expect(content["hosts"][0]["weight"] == 7.0, f"{content}")
        subscriber.socket.sendto(common.acknowledgement(again), address)
        registry.must("PUT", "/instance", serviceName=SERVICE, ip="10.0.0.1", port=80, weight=8, ephemeral="false")
        datagram, _ = subscriber.socket.recvfrom(65536)
        expect(common.push_of(datagram)[1]["hosts"][0]["weight"] == 8.0, "no push after junk")


def add_options(parser):
    parser.add_argument("--races", type=int, default=1000, help="rounds of R22 (default 1000)")


if __name__ == "__main__":
    common.main(
        __doc__.splitlines()[0],
        {
            "R15 loss, repeats and reordering": bad_network,
            "R22 changes during a push": changes_during_a_push,
            "R24 forged acknowledgements": forged_acknowledgements,
        }, add_options)
