#!/usr/bin/env python3
"""Clients that mean harm, or are broken as if they did (reliability R26-R31).

    hostile.py [--muster PATH]
"""
import gzip
import resource
import select
import socket
import statistics
import subprocess
import time

import common
import lib
from common import status_of
from lib import expect

LIST = b"GET /nacos/v1/ns/instance/list?serviceName=s HTTP/1.1\r\nHost: h\r\n\r\n"


def slow_clients(program, options):
    """R26: thousands that send a byte a second are put out after ten, and nobody else notices."""
    count = min(options.connections, more_descriptors() - 200)
    with lib.Server(program, "--memory") as server:
        registry = common.Registry(server)
        quiet = latency(registry)
        connections = []
        for _ in range(count):
            connection = registry.connect()
            connection.setblocking(False)
            connections.append(connection)
        begin = time.monotonic()
        busy, open_ones = [], set(connections)
        poll = select.poll()
        by_descriptor = {connection.fileno(): connection for connection in connections}
        for descriptor in by_descriptor:
            poll.register(descriptor, select.POLLIN)
        text = b"GET /nacos/v1/ns/operator/metrics HTTP/1.1\r\nX: "
        position = 0
        while open_ones and time.monotonic() - begin < 30:
            byte = text[position:position + 1] or b"x"
            position += 1
            for connection in open_ones:
                try:
                    connection.send(byte)
                except OSError:
                    pass
            busy.append(latency(registry, 20))
            end = begin + position
            while (wait := end - time.monotonic()) > 0:
                for descriptor, _ in poll.poll(wait * 1000):
                    poll.unregister(descriptor)
                    connection = by_descriptor[descriptor]
                    open_ones.discard(connection)
                    connection.close()
        expect(not open_ones, f"{len(open_ones)} of {count} slow clients are still there after 30 s")
        expect(time.monotonic() - begin > 5, "they were put out at once")
        print(
            f"      {count} slow clients, gone after {time.monotonic() - begin:.0f} s; a request took "
            f"{quiet * 1000:.1f} ms before, {statistics.median(busy) * 1000:.1f} ms meanwhile", flush=True)


def latency(registry, count=50):
    """The median of some requests, seconds; that they are answered at all is the test."""
    times = []
    for _ in range(count):
        start = time.monotonic()
        expect(registry.is_well(), "an honest request failed")
        times.append(time.monotonic() - start)
    return statistics.median(times)


def more_descriptors():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def connection_flood(program, options):
    """R27: more connections than descriptors: those who came before are served, and all are when the flood is over."""
    with limited(program, 128) as server:
        registry = common.Registry(server)
        early = registry.connect()
        flood = []
        for _ in range(400):
            connection = socket.socket()
            connection.setblocking(False)
            connection.connect_ex((registry.host, registry.port))
            flood.append(connection)
        for _ in range(20):
            early.sendall(LIST)
            expect(status_of(early.recv(65536)) == 200, "an early connection is served no more")
            time.sleep(0.05)
        before = cpu_seconds(server)
        time.sleep(1)
        expect(cpu_seconds(server) - before < 0.5, "it spins while it has no descriptors")
        for connection in flood:
            connection.close()
        early.close()
        lib.wait_until("service after the flood", lambda: served(registry), 20, 0.2)


def served(registry):
    try:
        return registry.is_well()
    except OSError:
        return False


def cpu_seconds(server):
    with open(f"/proc/{server.process.pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def limited(program, descriptors):
    """A server that may have only so many descriptors."""
    import tempfile
    script = tempfile.NamedTemporaryFile("w", suffix=".sh")
    script.write(f'#!/bin/sh\nulimit -n {descriptors}\nexec "{program}" "$@"\n')
    script.flush()
    subprocess.run(["chmod", "+x", script.name], check=True)
    # The text must not be open for writing when it is run.
    path = script.name + ".run"
    subprocess.run(["cp", "-p", script.name, path], check=True)
    try:
        return lib.Server(path, "--memory")
    finally:
        subprocess.run(["rm", "-f", path], check=True)


# What is sent, and what may be answered. An answer of 0 is a connection that was closed without one.
REQUESTS = {
    "a 10 MB header": (b"GET / HTTP/1.1\r\nHost: h\r\nX: " + b"x" * (10 << 20) + b"\r\n\r\n", {431}),
    "a 10 MB request line": (b"GET /" + b"x" * (10 << 20) + b" HTTP/1.1\r\n\r\n", {414}),
    "a thousand headers": (b"GET / HTTP/1.1\r\nHost: h\r\n" + b"X: y\r\n" * 1000 + b"\r\n", {431}),
    "a body of 1 GB, announced": (b"POST /nacos/v1/ns/instance HTTP/1.1\r\nHost: h\r\nContent-Length: 1073741824\r\n\r\n", {413}),
    "a length of 30 digits": (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\n", {400, 413}),
    "a negative length": (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", {400}),
    "two lengths": (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", {400}),
    "length and chunks": (
        b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    "chunks without end": (
        b"POST /nacos/v1/ns/instance HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        + (b"100000\r\n" + b"x" * (1 << 20) + b"\r\n") * 40, {413}),
    "a chunk of 2^64": (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff0\r\n", {400, 413}),
    "a zero byte in the path": (b"GET /nacos/v1\0/ns HTTP/1.1\r\nHost: h\r\n\r\n", {400}),
    "a zero byte in a header": (b"GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", {400}),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 50 + b"\r\n\r\n", {400, 0}),
    "HTTP/3.0": (b"GET / HTTP/3.0\r\nHost: h\r\n\r\n", {400, 505}),
    "a folded header": (b"GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n", {200, 302, 400}),
    "a space before the colon": (b"GET / HTTP/1.1\r\nHost: h\r\nContent-Length : 4\r\n\r\n", {400}),
    "a method nobody knows": (b"BREW /nacos/v1/ns/instance HTTP/1.1\r\nHost: h\r\n\r\n", {400, 405, 501}),
}


def malformed_requests(program, options):
    """R28: an error and the end of the connection; what follows in it is not taken for another request."""
    smuggled = b"DELETE /nacos/v1/ns/instance?serviceName=s&ip=10.0.0.1&port=80 HTTP/1.1\r\nHost: h\r\n\r\n"
    with lib.Server(program, "--memory") as server:
        registry = common.Registry(server)
        registry.register("s", "10.0.0.1", 80)
        before = common.resident_bytes(server)
        for name, (request, expected) in REQUESTS.items():
            answer = registry.raw(request, seconds=3)
            expect(status_of(answer) in expected, f"{name}: {answer[:80]!r}")
            # What is well-formed is refused alone, and the next request is one.
            if status_of(answer) not in {200, 302, 405, 501}:
                answer = registry.raw(request + smuggled, seconds=3)
                expect(answer.count(b"HTTP/1.1 ") <= 1, f"{name}: what followed was answered too")
        expect(len(registry.instances("s")) == 1, "a request was smuggled in")
        expect(common.resident_bytes(server) - before < 64 << 20, "memory grew with what was refused")


def pipelines(program, options):
    """R29: a thousand requests at once are answered in order; half-closed and broken-off connections leave nothing."""
    with lib.Server(program, "--memory") as server:
        registry = common.Registry(server)
        for number in range(10):
            registry.register(f"s{number}", "10.0.0.1", 80 + number)
        requests = b"".join(
            b"GET /nacos/v1/ns/instance/list?serviceName=s%d HTTP/1.1\r\nHost: h\r\n\r\n" % (number % 10)
            for number in range(1000))
        start = common.descriptors(server)
        with registry.connect(10) as connection:
            connection.sendall(requests)
            connection.shutdown(socket.SHUT_WR)
            answer = common.read_all(connection)
        order = [int(piece.split(b'"')[0]) for piece in answer.split(b'"dom":"s')[1:]]
        expect(order == [number % 10 for number in range(1000)], f"{len(order)} answers, not in order")
        for _ in range(200):
            connection = registry.connect()
            connection.sendall(requests)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.close()
        lib.wait_until("connections to be forgotten", lambda: common.descriptors(server) <= start, 10, 0.1)
        expect(registry.is_well(), "an honest request failed")


def compressed_body(program, options):
    """R30: a body that unpacks to very much more is not unpacked."""
    bomb = gzip.compress(b"serviceName=s&x=" + b"a" * (200 << 20))
    with lib.Server(program, "--memory") as server:
        registry = common.Registry(server)
        before = common.resident_bytes(server)
        head = (
            b"POST /nacos/v1/ns/instance HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(bomb))
        answer = registry.raw(head + bomb, seconds=5)
        expect(status_of(answer) in {400, 413, 415}, f"{answer[:100]!r}")
        expect(common.resident_bytes(server) - before < 32 << 20, "memory grew")
        expect(registry.is_well(), "an honest request failed")


def endless_registering(program, options):
    """R31: names and metadata have bounds that are said, and refused registrations leave nothing behind."""
    with lib.Server(program, "--memory") as server:
        registry = common.Registry(server)
        registry.register("honest", "10.0.0.1", 80)
        refused = {
            "a name of 1 kB": {"serviceName": "n" * 1024},
            "a group of 1 kB": {"serviceName": "s", "groupName": "g" * 1024},
            "a namespace of 1 kB": {"serviceName": "s", "namespaceId": "n" * 1024},
            "a cluster of 1 kB": {"serviceName": "s", "clusterName": "c" * 1024},
            "an app of 1 kB": {"serviceName": "s", "app": "a" * 1024},
            "many keys": {"serviceName": "s", "metadata": "{%s}" % ",".join('"k%d":"v"' % n for n in range(500))},
        }
        for name, parameters in refused.items():
            status, body = registry.call("POST", "/instance", ip="10.0.0.2", port=80, **parameters)
            expect(status in {400, 403}, f"{name}: {status} {str(body)[:100]}")
        body = b"serviceName=s&ip=10.0.0.2&port=80&metadata=" + b"a%3D" + b"x" * (100 << 10)
        answer = registry.raw(
            b"POST /nacos/v1/ns/instance HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        expect(status_of(answer) in {400, 403}, f"100 kB of metadata: {answer[:100]!r}")
        names = registry.must("GET", "/service/list", pageNo=1, pageSize=10)
        expect(names["count"] == 1, f"refused registrations left services: {names}")
        with registry.connect(30) as connection:
            before = common.resident_bytes(server)
            many(connection, 20_000)
            grown = common.resident_bytes(server) - before
        expect(grown < 20_000 * 2_000, f"{grown / 20_000:.0f} bytes an instance")
        expect(len(registry.instances("honest")) == 1, "the honest instance has gone")


def many(connection, count):
    """Registers as fast as one connection can, a hundred under way."""
    for start in range(0, count, 100):
        connection.sendall(b"".join(
            b"POST /nacos/v1/ns/instance?serviceName=flood&ip=10.%d.%d.%d&port=%d HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"
            % (number >> 16, number >> 8 & 255, number & 255, 1000 + number % 1000)
            for number in range(start, start + 100)))
        answers = b""
        while answers.count(b"HTTP/1.1 ") < 100 or not answers.endswith(b"ok"):
            piece = connection.recv(65536)
            expect(piece, f"the connection was closed after {start} instances")
            answers += piece
        expect(answers.count(b"HTTP/1.1 200") == 100, f"{answers[:200]!r}")


def add_options(parser):
    parser.add_argument("--connections", type=int, default=5000, help="slow clients of R26 (default 5000)")


if __name__ == "__main__":
    common.main(
        __doc__.splitlines()[0],
        {
            "R26 slow clients": slow_clients,
            "R27 more connections than descriptors": connection_flood,
            "R28 malformed requests": malformed_requests,
            "R29 pipelines, half-closed and broken off": pipelines,
            "R30 a compressed body": compressed_body,
            "R31 endless registering": endless_registering,
        }, add_options)
