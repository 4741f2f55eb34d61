"""Drives use-nacos 0.1.6: use_nacos_client.py URL SECONDS.

It sends every parameter in the query, those that were not given as empty ones, and has no subscription: a change is seen
in the next list.
"""
import asyncio
import json
import logging
import sys
import time

from use_nacos import NacosAsyncClient, NacosClient

from steps import Steps, by_address, expect, wait_until

ADDRESS, PORT = "10.2.0.1", 8080
SERVICE = "e2e-use-nacos"
CLUSTER = "DEFAULT"


class Driver:
    def __init__(self, url, seconds):
        logging.disable(logging.CRITICAL)
        self.url = url
        self.seconds = seconds
        self.client = NacosClient(server_addr=url)

    def hosts(self, service=SERVICE, **options):
        return by_address(self.client.instance.list(service, **options)["hosts"])

    # -- Steps, in their order

    def register(self):
        answer = self.client.instance.register(
            SERVICE, ADDRESS, PORT, weight=2.5, metadata=json.dumps({"zone": "a"}), cluster_name=CLUSTER)
        expect(answer == "ok", f"the answer was {answer!r}")

    def list(self):
        host = self.hosts()[CLUSTER, ADDRESS, PORT]
        expect(host["healthy"] is True and host["enabled"] is True and host["ephemeral"] is True, f"{host}")
        expect(host["weight"] == 2.5 and host["metadata"] == {"zone": "a"}, f"{host}")
        chosen = self.client.instance.get_one_healthy(SERVICE)
        expect(chosen["ip"] == ADDRESS, f"chosen {chosen}")

    def get(self):
        instance = self.client.instance.get(SERVICE, ADDRESS, PORT)
        expect(instance["ip"] == ADDRESS and instance["port"] == PORT, f"{instance}")

    def beat_once(self):
        answer = self.client.instance.beat(SERVICE, ADDRESS, PORT, ephemeral=True)
        expect(answer["code"] == 10200, f"{answer}")
        expect(answer["clientBeatInterval"] == 5000, f"{answer}")

    def see_modification(self):
        answer = self.client.instance.update(SERVICE, ADDRESS, PORT, weight=0.5, metadata=json.dumps({"zone": "b"}))
        expect(answer == "ok", f"the answer was {answer!r}")
        wait_until("the new weight", lambda: self.hosts()[CLUSTER, ADDRESS, PORT]["weight"] == 0.5, 5)
        expect(self.hosts()[CLUSTER, ADDRESS, PORT]["metadata"] == {"zone": "b"}, "the old metadata")

    def see_addition_and_removal(self):
        other = (CLUSTER, ADDRESS, PORT + 1)
        expect(self.client.instance.register(SERVICE, ADDRESS, PORT + 1) == "ok", "not registered")
        expect(other in self.hosts(), "not listed")
        expect(self.client.instance.delete(SERVICE, ADDRESS, PORT + 1) == "ok", "not removed")
        expect(other not in self.hosts(), "still listed")

    def stay_healthy(self):
        """Beaten for, an instance stays; beside it one that nobody beats for has to go, or the test would show nothing."""
        silent = f"{SERVICE}-silent"
        self.client.instance.register(silent, ADDRESS, PORT)
        heartbeat = self.client.instance.heartbeat(SERVICE, ADDRESS, PORT, interval=5_000, skip_exception=False)
        silence_was_noticed = False
        start = time.monotonic()
        try:
            while time.monotonic() < start + self.seconds:
                host = self.hosts().get((CLUSTER, ADDRESS, PORT))
                expect(host and host["healthy"], f"{host} after {time.monotonic() - start:.1f} s of beats")
                # Alone in its service it is told of as healthy until it is removed (naming-server-v1 1.1.6).
                silence_was_noticed |= (CLUSTER, ADDRESS, PORT) not in self.hosts(silent)
                time.sleep(0.5)
        finally:
            heartbeat.cancel()
        if self.seconds >= 35:
            expect(silence_was_noticed, "one without beats was never removed")
            expect(not self.hosts(silent), "one without beats is still listed")

    def service(self):
        names = self.client.service.list(page_no=1, page_size=100)
        expect(SERVICE in names["doms"], f"{names}")

    def deregister(self):
        answer = self.client.instance.delete(SERVICE, ADDRESS, PORT, ephemeral=True)
        expect(answer == "ok", f"the answer was {answer!r}")
        expect((CLUSTER, ADDRESS, PORT) not in self.hosts(), "still listed")

    def asynchronously(self):
        async def run():
            client = NacosAsyncClient(server_addr=self.url)
            service = f"{SERVICE}-async"
            expect(await client.instance.register(service, ADDRESS, PORT, ephemeral=True) == "ok", "not registered")
            answer = await client.instance.beat(service, ADDRESS, PORT, ephemeral=True)
            expect(answer["code"] == 10200, f"{answer}")
            hosts = (await client.instance.list(service))["hosts"]
            expect([(host["ip"], host["port"]) for host in hosts] == [(ADDRESS, PORT)], f"{hosts}")
            expect(await client.instance.delete(service, ADDRESS, PORT) == "ok", "not removed")

        asyncio.run(run())


def main():
    driver = Driver(sys.argv[1], float(sys.argv[2]))
    steps = Steps()
    steps.run("registers", driver.register)
    steps.run("lists", driver.list)
    steps.run("gets", driver.get)
    steps.run("beats", driver.beat_once)
    steps.run("sees a modification", driver.see_modification)
    steps.run("sees an addition and a removal", driver.see_addition_and_removal)
    steps.run("finds its service", driver.service)
    steps.run(f"stays healthy for {driver.seconds:g} s of beats", driver.stay_healthy)
    steps.run("deregisters", driver.deregister)
    steps.run("does the same asynchronously", driver.asynchronously)
    steps.exit()


main()
