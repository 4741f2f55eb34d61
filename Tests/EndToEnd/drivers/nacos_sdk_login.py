"""Registers by nacos-sdk-python with a user and a password: nacos_sdk_login.py URL USER PASSWORD. Prints what came of it."""
import logging
import sys
import tempfile

import nacos


def main():
    url, user, password = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    try:
        # This logs in already.
        client = nacos.NacosClient(
            url.removeprefix("http://"), username=user, password=password, logDir=tempfile.mkdtemp(prefix="nacos-sdk-"))
        answer = client.add_naming_instance("e2e-login", "10.1.0.9", 8080)
        hosts = client.list_naming_instance("e2e-login")["hosts"]
    except Exception as problem:
        print(f"refused: {' '.join(str(problem).split())}")
    else:
        print(f"registered {answer}, listed {[host['ip'] for host in hosts]}")


if __name__ == "__main__":
    main()
