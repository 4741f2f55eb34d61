"""Drives nacos-sdk-python 0.1.14 or 0.1.17: nacos_sdk.py URL SECONDS.

0.1.14 sends writes in form bodies and is beaten for by hand; 0.1.17 sends everything in the query and beats by a thread of
its own. Both poll for their subscriptions.
"""
import json
import logging
import sys
import tempfile
import threading
import time
import urllib.request

import nacos
from nacos.client import VERSION
from nacos.listener import SubscribeListener

from steps import Steps, by_address, expect, wait_until

BEAT_INTERVAL = 5
ADDRESS, PORT = "10.1.0.1", 8080
CLUSTER = "DEFAULT"


class Subscription:
    """A listener that remembers what it was told."""

    def __init__(self):
        self._lock = threading.Lock()
        self._events = []

    def __call__(self, event, instance):
        with self._lock:
            self._events.append((event, instance.instance["ip"], instance.instance["port"]))

    def take(self):
        with self._lock:
            events, self._events = self._events, []
            return events

    def saw(self, event, ip, port):
        with self._lock:
            return (event, ip, port) in self._events


class Driver:
    def __init__(self, url, seconds):
        logging.disable(logging.CRITICAL)
        self.seconds = seconds
        self.client = nacos.NacosClient(url.removeprefix("http://"), logDir=tempfile.mkdtemp(prefix="nacos-sdk-"))
        self.url = url
        self.service = f"e2e-sdk-{VERSION}"
        self.configuration = f"e2e-sdk-{VERSION}.properties"
        self.beats_by_itself = VERSION == "0.1.17"
        self.subscription = Subscription()

    def hosts(self, service=None, **options):
        return by_address(self.client.list_naming_instance(service or self.service, **options)["hosts"])

    # -- Steps, in their order

    def register(self):
        options = {"heartbeat_interval": BEAT_INTERVAL} if self.beats_by_itself else {}
        answer = self.client.add_naming_instance(
            self.service, ADDRESS, PORT, cluster_name=CLUSTER, weight=2.5, metadata={"zone": "a", "name": "华东"}, **options)
        expect(answer is True, f"the answer was {answer}")

    def list(self):
        host = self.hosts()[CLUSTER, ADDRESS, PORT]
        expect(host["healthy"] is True and host["enabled"] is True, f"{host}")
        expect(host["weight"] == 2.5, f"weight {host['weight']}")
        expect(host["metadata"] == {"zone": "a", "name": "华东"}, f"metadata {host['metadata']}")
        expect(host["ephemeral"] is True, f"{host}")
        healthy = self.hosts(clusters=CLUSTER, healthy_only=True)
        expect((CLUSTER, ADDRESS, PORT) in healthy, "not in the list of healthy ones")
        expect(not self.hosts(clusters="elsewhere"), "in the list of another cluster")

    def get(self):
        instance = self.client.get_naming_instance(self.service, ADDRESS, PORT, cluster_name=CLUSTER)
        expect(instance["ip"] == ADDRESS and instance["port"] == PORT, f"{instance}")

    def beat_once(self):
        answer = self.beat()
        expect(answer["code"] == 10200, f"{answer}")
        expect(answer["clientBeatInterval"] == 5000, f"{answer}")

    def beat(self):
        return self.client.send_heartbeat(
            self.service, ADDRESS, PORT, cluster_name=CLUSTER, weight=2.5, metadata={"zone": "a", "name": "华东"})

    def subscribe(self):
        # What is there at first is not told.
        self.client.subscribe(SubscribeListener(self.subscription, "e2e"), 1, self.service)

    def see_modification(self):
        answer = self.client.modify_naming_instance(self.service, ADDRESS, PORT, cluster_name=CLUSTER, weight=0.5)
        expect(answer is True, f"the answer was {answer}")
        wait_until("MODIFIED", lambda: self.subscription.saw("MODIFIED", ADDRESS, PORT))
        expect(self.hosts()[CLUSTER, ADDRESS, PORT]["weight"] == 0.5, "the list has the old weight")

    def see_addition(self):
        self.client.add_naming_instance(self.service, ADDRESS, PORT + 1, cluster_name=CLUSTER)
        wait_until("ADDED", lambda: self.subscription.saw("ADDED", ADDRESS, PORT + 1))

    def see_removal(self):
        answer = self.client.remove_naming_instance(self.service, ADDRESS, PORT + 1, cluster_name=CLUSTER)
        expect(answer is True, f"the answer was {answer}")
        wait_until("DELETED", lambda: self.subscription.saw("DELETED", ADDRESS, PORT + 1))

    def stay_healthy(self):
        """Beaten for, an instance stays; beside it one that nobody beats for has to go, or the test would show nothing."""
        silent = f"{self.service}-silent"
        self.client.add_naming_instance(silent, ADDRESS, PORT, cluster_name=CLUSTER)
        self.subscription.take()
        silence_was_noticed = False
        start = time.monotonic()
        next_beat = start
        while time.monotonic() < start + self.seconds:
            if time.monotonic() >= next_beat:
                next_beat += BEAT_INTERVAL
                if not self.beats_by_itself:
                    self.beat()
            host = self.hosts().get((CLUSTER, ADDRESS, PORT))
            expect(host and host["healthy"], f"{host} after {time.monotonic() - start:.1f} s of beats")
            # Alone in its service it is told of as healthy until it is removed: nobody else is (naming-server-v1 1.1.6).
            silence_was_noticed |= (CLUSTER, ADDRESS, PORT) not in self.hosts(silent)
            time.sleep(0.5)
        if self.seconds >= 35:
            expect(silence_was_noticed, "one without beats was never removed")
            expect(not self.hosts(silent), "one without beats is still listed")

    def no_phantom_changes(self):
        events = self.subscription.take()
        expect(not events, f"the subscription was told {events} while nothing changed")

    def deregister(self):
        answer = self.client.remove_naming_instance(self.service, ADDRESS, PORT, cluster_name=CLUSTER)
        expect(answer is True, f"the answer was {answer}")
        expect((CLUSTER, ADDRESS, PORT) not in self.hosts(), "still listed")
        self.client.stop_subscribe()

    def publish_configuration(self):
        answer = self.client.publish_config(self.configuration, "DEFAULT_GROUP", "a=1\nname=华东")
        expect(answer is True, f"the answer was {answer}")
        content = self.client.get_config(self.configuration, "DEFAULT_GROUP", no_snapshot=True)
        expect(content == "a=1\nname=华东", f"the content was {content!r}")

    def watch_configuration(self):
        """Watchers poll in processes of their own; the callback comes back to a thread of this one."""
        contents = []
        self.client.add_config_watcher(self.configuration, "DEFAULT_GROUP", lambda args: contents.append(args["content"]))
        wait_until("the first content", lambda: "a=1\nname=华东" in contents or self.is_listened_to())
        self.client.publish_config(self.configuration, "DEFAULT_GROUP", "a=2")
        wait_until("the change", lambda: "a=2" in contents)

    def is_listened_to(self):
        query = f"dataId={self.configuration}&group=DEFAULT_GROUP"
        with urllib.request.urlopen(f"{self.url}/nacos/v1/cs/configs/listener?{query}") as answer:
            return bool(json.load(answer)["lisentersGroupkeyStatus"])

    def remove_configuration(self):
        answer = self.client.remove_config(self.configuration, "DEFAULT_GROUP")
        expect(answer is True, f"the answer was {answer}")
        content = self.client.get_config(self.configuration, "DEFAULT_GROUP", no_snapshot=True)
        expect(content is None, f"still there: {content!r}")

    def without_a_cluster(self):
        """Without a cluster these clients register in one of the name `None`, and beat and remove in DEFAULT."""
        service = f"{self.service}-none"
        odd, usual = ("None", ADDRESS, PORT), ("DEFAULT", ADDRESS, PORT)
        expect(self.client.add_naming_instance(service, ADDRESS, PORT, cluster_name=None) is True, "not registered")
        expect(set(self.hosts(service)) == {odd}, f"registered as {set(self.hosts(service))}")
        self.client.send_heartbeat(service, ADDRESS, PORT, cluster_name=None)
        expect(set(self.hosts(service)) == {odd, usual}, f"after a beat {set(self.hosts(service))}")
        expect(self.client.remove_naming_instance(service, ADDRESS, PORT, cluster_name=None) is True, "not removed")
        expect(set(self.hosts(service)) == {odd}, f"after a removal {set(self.hosts(service))}")
        expect(self.client.remove_naming_instance(service, ADDRESS, PORT, cluster_name="None") is True, "not removed")
        expect(not self.hosts(service), f"left: {set(self.hosts(service))}")


def main():
    driver = Driver(sys.argv[1], float(sys.argv[2]))
    steps = Steps()
    steps.run("registers", driver.register)
    steps.run("lists", driver.list)
    steps.run("gets", driver.get)
    steps.run("beats", driver.beat_once)
    steps.run("subscribes", driver.subscribe)
    steps.run("sees a modification", driver.see_modification)
    steps.run("sees an addition", driver.see_addition)
    steps.run("sees a removal", driver.see_removal)
    steps.run(f"stays healthy for {driver.seconds:g} s of beats", driver.stay_healthy)
    steps.run("is told of no change where there is none", driver.no_phantom_changes)
    steps.run("deregisters", driver.deregister)
    steps.run("takes its odd ways without a cluster", driver.without_a_cluster)
    steps.run("publishes and gets a configuration", driver.publish_configuration)
    steps.run("sees a configuration change", driver.watch_configuration)
    steps.run("removes a configuration", driver.remove_configuration)
    steps.exit()


main()
