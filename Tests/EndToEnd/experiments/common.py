"""What the experiments share: the way to `lib`, a registry's API by its names, and raw sockets."""
import argparse
import json
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import lib  # noqa: E402

NAMING = "/nacos/v1/ns"


class Registry:
    """The naming API of a running server, as a script would call it."""

    def __init__(self, server):
        self.server = server
        self.host, port = server.address.rsplit(":", 1)
        self.port = int(port)

    def call(self, method, path, seconds=5, **parameters):
        return lib.request(self.server.url + NAMING + path, method, seconds, **parameters)

    def must(self, method, path, **parameters):
        status, body = self.call(method, path, **parameters)
        lib.expect(status == 200, f"{method} {path} {parameters}: {status} {body!r}")
        return body

    def register(self, service, ip, port, **more):
        return self.must("POST", "/instance", serviceName=service, ip=ip, port=port, **more)

    def beat(self, service, ip, port):
        return self.must("PUT", "/instance/beat", serviceName=service, ip=ip, port=port)

    def instances(self, service, **more):
        return self.must("GET", "/instance/list", serviceName=service, **more)["hosts"]

    def list(self, service, **more):
        return self.must("GET", "/instance/list", serviceName=service, **more)

    def is_well(self):
        """Whether somebody who does nothing wrong is served."""
        return self.call("GET", "/operator/metrics")[0] == 200

    def connect(self, seconds=5):
        return socket.create_connection((self.host, self.port), timeout=seconds)

    def raw(self, request, seconds=5, half_close=False):
        """Everything that comes back for these bytes until the server closes or falls silent."""
        with self.connect(seconds) as connection:
            try:
                connection.sendall(request)
                if half_close:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # Refused while it was sent: what the server said is read all the same.
            return read_all(connection)


def read_all(connection):
    answer = b""
    while True:
        try:
            piece = connection.recv(65536)
        except OSError:
            return answer
        if not piece:
            return answer
        answer += piece


def status_of(answer):
    """The code of the first answer in `answer`; 0 for none."""
    words = answer.split(b" ", 2)
    return int(words[1]) if len(words) > 2 and words[0].startswith(b"HTTP/1.") and words[1].isdigit() else 0


def resident_bytes(server):
    with open(f"/proc/{server.process.pid}/statm") as file:
        return int(file.read().split()[1]) * 4096


def descriptors(server):
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def push_of(datagram):
    """The list that a push carries, and the packet (naming-server-v1 4.3)."""
    import gzip
    text = gzip.decompress(datagram) if datagram[:2] == b"\x1f\x8b" else datagram
    packet = json.loads(text)
    return packet, json.loads(packet["data"])


def acknowledgement(packet):
    return json.dumps({"type": "push-ack", "lastRefTime": str(packet["lastRefTime"]), "data": ""}).encode()


def main(description, experiments, *add_options):
    """Runs the experiments of one file, each a function of the program and the options."""
    parser = argparse.ArgumentParser(description=description)
    lib.add_program_option(parser)
    for add in add_options:
        add(parser)
    options = parser.parse_args()
    program = lib.find_program(options.muster)
    report = lib.Report()
    for name, experiment in experiments.items():
        report.step(name, lambda: experiment(program, options))
    report.exit()
