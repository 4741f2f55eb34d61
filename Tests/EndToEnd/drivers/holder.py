#!/usr/bin/env python3
"""A real client process for the console to look at: registers instances, beats, and stops when its input ends.

    holder.py SERVER SERVICE COUNT        (in an environment with nacos-sdk-python)
"""
import sys
import threading

import nacos


def main():
    server, service, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    client = nacos.NacosClient(server, namespace="public")
    addresses = [(f"10.77.0.{number + 1}", 8080) for number in range(count)]
    for ip, port in addresses:
        client.add_naming_instance(service, ip, port, cluster_name="DEFAULT", metadata={"version": "1.8.4"})
    print("registered", flush=True)
    ended = threading.Event()

    def beat():
        while not ended.wait(5):
            for ip, port in addresses:
                client.send_heartbeat(service, ip, port, cluster_name="DEFAULT")

    beats = threading.Thread(target=beat)
    beats.start()
    sys.stdin.read()
    ended.set()
    beats.join()


if __name__ == "__main__":
    main()
