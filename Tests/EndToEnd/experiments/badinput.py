#!/usr/bin/env python3
"""Parameters that are missing, wrong or meant to harm: the status and the text of each (reliability R37-R44).

    badinput.py [--muster PATH]

The answers are Nacos' where it has a clear one (naming-server-v1 1 and 9), and at most a clear 400 where it has a trap.
"""
import http.client
import urllib.parse

import common
import lib
from lib import expect

RANGE = "The weights range from 0.0 to 10000.0"
SHAPE = "it should be format as 'groupName@@serviceName'"
SERVICE = "dom name can only have these characters"
CLUSTER = "cluster name can only have these characters"
METADATA = "metadata format incorrect"
NAMESPACE = "a namespace id has only letters, digits"

# What is put in place of the sound registration's values (None takes one out), the status, and words of the answer.
REGISTRATIONS = [
    ({"serviceName": None}, 400, "Param 'serviceName' is required."),
    ({"ip": None}, 400, "Param 'ip' is required."),
    ({"port": None}, 400, "Param 'port' is required."),
    ({"port": "-1"}, 400, "port -1 is not between 0 and 65535"),
    ({"port": "0"}, 200, "ok"),
    ({"port": "65536"}, 400, "port 65536"),
    ({"port": "abc"}, 400, 'For input string: "abc"'),
    ({"port": " 80"}, 200, "ok"),
    ({"weight": "NaN"}, 500, RANGE),
    ({"weight": "-1"}, 500, RANGE),
    ({"weight": "1e9"}, 500, RANGE),
    ({"weight": "Infinity"}, 500, RANGE),
    ({"weight": "abc"}, 400, 'For input string: "abc"'),
    ({"weight": "0.001"}, 200, "ok"),
    ({"healthy": "maybe"}, 200, "ok"),
    ({"ephemeral": "yes"}, 200, "ok"),
    ({"serviceName": "@@"}, 400, SHAPE),
    ({"serviceName": "g@@"}, 400, SHAPE),
    ({"serviceName": "@@s"}, 400, "groupName can't be empty"),
    ({"serviceName": "a@@b@@c"}, 200, "ok"),
    ({"serviceName": "n" * 10240}, 400, "at most 512 bytes in a service name"),
    ({"serviceName": " "}, 400, SHAPE),
    ({"serviceName": "日本"}, 400, SERVICE),
    ({"serviceName": "😀"}, 400, SERVICE),
    ({"serviceName": "\u202eabc"}, 400, SERVICE),
    ({"serviceName": b"%00"}, 400, SHAPE),
    ({"serviceName": b"%ZZ"}, 400, SERVICE),
    ({"serviceName": b"%C0%AF"}, 400, SERVICE),
    ({"serviceName": b"%ED%A0%80"}, 400, SERVICE),
    ({"ip": "h" * 300}, 400, "not a host"),
    ({"ip": "::1"}, 200, "ok"),
    ({"ip": "[::1]"}, 200, "ok"),
    ({"ip": "fe80::1%eth0"}, 200, "ok"),
    ({"ip": "host.example"}, 200, "ok"),
    ({"ip": "1.1.1.1 "}, 200, "ok"),
    ({"clusterName": "a,b"}, 400, CLUSTER),
    ({"clusterName": "a b"}, 400, CLUSTER),
    ({"clusterName": "../"}, 400, CLUSTER),
    ({"clusterName": "DEFAULT "}, 200, "ok"),
    ({"metadata": "{broken"}, 500, METADATA),
    ({"metadata": '{"a":{"b":1}}'}, 500, METADATA),
    ({"metadata": "[]"}, 500, METADATA),
    ({"metadata": "k"}, 500, METADATA),
    ({"metadata": '{"a":"1","a":"2"}'}, 200, "ok"),
    ({"metadata": "k=v,k2=v2"}, 200, "ok"),
    ({"metadata": "{" + ",".join(f'"k{n}":"v"' for n in range(100_000)) + "}"}, 400, "metadata"),
    ({"metadata": '{"a":"' + "x" * (7 << 20) + '"}'}, 400, "metadata"),
    ({"namespaceId": ".."}, 400, NAMESPACE),
    ({"namespaceId": "../../etc"}, 400, NAMESPACE),
    ({"namespaceId": "/x"}, 400, NAMESPACE),
    ({"namespaceId": "a\\b"}, 400, NAMESPACE),
    ({"namespaceId": "n" * 300}, 400, "at most 128 bytes in a namespace id"),
    ({"namespaceId": "unknown"}, 200, "ok"),
]

BEATS = [
    ("{broken", 400, "beat is not JSON"),
    ("[]", 400, "beat is not a JSON object"),
    ("null", 200, '"code":20404'),
    ("{}", 400, "not a host"),
    ('{"ip":"10.0.0.9","port":"81","serviceName":"g@@b","cluster":"DEFAULT"}', 200, '"code":10200'),
    ('{"ip":"10.0.0.9","port":"x","serviceName":"g@@b"}', 400, "wrong port"),
    ('{"ip":"10.0.0.9","port":80,"serviceName":"g@@b","metadata":5}', 400, "wrong metadata"),
    ("[" * 1000 + "]" * 1000, 400, "too deep"),
    ('{"ip":"10.0.0.9","port":82,"serviceName":"g@@b"} more', 400, "beat is not JSON"),
    ('{"ip":"10.0.0.9","port":83,"weight":"NaN","serviceName":"g@@b"}', 500, RANGE),
    ('{"ip":"10.0.0.9","port":99999,"serviceName":"g@@b"}', 400, "port 99999"),
]

CHECKERS = [
    ('{"type":"xyz"}', 200, "ok"),
    ("{}", 200, "ok"),
    ("null", 400, "not a JSON object"),
    ("[]", 400, "not a JSON object"),
    ("{broken", 400, "not JSON"),
]

SELECTORS = [
    ('{"type":"label","expression":"junk"}', 500, "parse expression failed!"),
    ('{"type":"xyz"}', 400, "No enum constant"),
    ("{broken", 400, "not JSON"),
    ('{"type":"label","expression":"CONSUMER.label.A=PROVIDER.label.A"}', 200, "ok"),
]


def encode(parameters):
    """Bytes stand for themselves: they are no proper encoding of anything."""
    return "&".join(
        f"{name}={value.decode() if isinstance(value, bytes) else urllib.parse.quote(value, safe='')}"
        for name, value in parameters.items() if value is not None)


class Asker:
    def __init__(self, registry):
        self.connection = http.client.HTTPConnection(registry.host, registry.port, timeout=10)

    def expect(self, method, path, parameters, status, words):
        """In a form body: what is long must not be refused for its address."""
        self.connection.request(
            method, common.NAMING + path, encode(parameters), {"Content-Type": "application/x-www-form-urlencoded"})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        shown = str(parameters)[:100]
        expect(answer.status == status, f"{shown}: {answer.status} {text[:100]!r}, not {status}")
        expect(words in text, f"{shown}: {words!r} is not in {text[:200]!r}")


def with_server(body):
    def run(program, options):
        with lib.Server(program, "--memory") as server:
            registry = common.Registry(server)
            body(registry, Asker(registry))
            expect(registry.is_well(), "the server does not answer")
            server.stop()
    return run


def registrations(registry, asker):
    for change, status, words in REGISTRATIONS:
        asker.expect("POST", "/instance", {"serviceName": "s", "ip": "10.0.0.1", "port": "80"} | change, status, words)
    names = registry.must("GET", "/service/list", pageNo=1, pageSize=100)["doms"]
    expect(sorted(names) == ["s"], f"refused names are there: {names}")


def beats(registry, asker):
    for beat, status, words in BEATS:
        asker.expect("PUT", "/instance/beat", {"serviceName": "g@@b", "beat": beat}, status, words)


def checkers_and_selectors(registry, asker):
    registry.must("POST", "/service", serviceName="s")
    for checker, status, words in CHECKERS:
        asker.expect(
            "PUT", "/cluster",
            {"serviceName": "s", "clusterName": "DEFAULT", "checkPort": "80", "useInstancePort4Check": "true",
             "healthChecker": checker}, status, words)
    for number, (selector, status, words) in enumerate(SELECTORS):
        asker.expect("POST", "/service", {"serviceName": f"s{number}", "selector": selector}, status, words)


if __name__ == "__main__":
    common.main(
        __doc__.splitlines()[0],
        {
            "R37-R41, R43 registrations": with_server(registrations),
            "R42 beats": with_server(beats),
            "R44 health checkers and selectors": with_server(checkers_and_selectors),
        })
