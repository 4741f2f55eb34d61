#!/usr/bin/env python3
"""`muster serve --auth` and `--tls-cert` from outside.

    access.py [--muster PATH]

The recorded answers of a Nacos 1.4.8 with authentication lie beside a maintainer's checkout (../shared/conformance).
"""
import argparse
import http.client
import json
import os
import re
import signal
import ssl
import stat
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

import lib
from lib import expect

DRIVERS = Path(__file__).resolve().parent / "drivers"
CONFORMANCE = lib.REPOSITORY.parent / "shared" / "conformance"
PASSWORD = "nacos"


class Access:
    def __init__(self, program):
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="muster-access-"))
        self.password_file = self.folder / "password"
        self.password_file.write_text(PASSWORD + "\n")

    def server(self, data, *options, **others):
        return lib.Server(self.program, "--data", str(self.folder / data), "--auth", *options, **others)

    def guarded(self, data):
        return self.server(data, "--admin-password-file", str(self.password_file))

    @staticmethod
    def login(url, user="nacos", password=PASSWORD):
        status, body = lib.request(f"{url}/nacos/v1/auth/login", "POST", username=user, password=password)
        expect(status == 200, f"login of {user}: {status} {body}")
        return body["accessToken"]

    def recordings(self):
        if not CONFORMANCE.is_dir():
            print("      no recordings beside this checkout: not compared", flush=True)
            return
        with self.guarded("recordings") as server:
            command = [
                sys.executable, str(CONFORMANCE / "replay.py"), "--url", server.url, "--golden",
                str(CONFORMANCE / "golden" / "nacos-1.4.8-auth.json"), str(CONFORMANCE / "cases" / "auth.case")]
            expect(subprocess.run(command).returncode == 0, "some answers are not as recorded")

    def restart(self):
        """Users, roles, permissions and tokens outlive even a kill -9 right after the answer."""
        with self.guarded("restart") as server:
            token = self.login(server.url)
            users = f"{server.url}/nacos/v1/auth"
            for path, parameters in [
                ("/users", {"username": "ann", "password": "secret"}), ("/roles", {"role": "reader", "username": "ann"}),
                ("/permissions", {"role": "reader", "resource": "dev:*:*", "action": "r"}),
            ]:
                status, body = lib.request(users + path, "POST", accessToken=token, **parameters)
                expect(status == 200, f"{path}: {status} {body}")
            server.kill()
        # Without the file: the administrator keeps the password.
        with self.server("restart") as server:
            listing = f"{server.url}/nacos/v1/ns/instance/list"
            expect(lib.request(listing, serviceName="s", accessToken=token)[0] == 200, "the token is of no more use")
            reader = self.login(server.url, "ann", "secret")
            expect(lib.request(listing, serviceName="s", namespaceId="dev", accessToken=reader)[0] == 200, "ann cannot read")
            expect(lib.request(listing, serviceName="s", accessToken=reader)[0] == 403, "ann reads too much")
            expect("password" not in server.log(), f"a password was shown again: {server.log()}")
            server.stop()
        key = self.folder / "restart" / "token.key"
        expect(stat.S_IMODE(key.stat().st_mode) == 0o600, f"mode of the key: {key.stat().st_mode:o}")
        for path in (self.folder / "restart").iterdir():
            expect(b"secret" not in path.read_bytes(), f"a password lies in {path.name}")

    def first_start(self):
        with self.server("first") as server:
            shown = re.search(r"password (\w{20}) ", server.log())
            expect(shown, f"no password was shown: {server.log()}")
            self.login(server.url, "nacos", shown.group(1))
            server.stop()

    def secrets_stay_out_of_logs(self):
        with self.server("logs", "--admin-password-file", str(self.password_file), "--log-level", "debug") as server:
            token = self.login(server.url)
            lib.request(f"{server.url}/nacos/v1/ns/service/list", pageNo=1, pageSize=1, accessToken=token)
            lib.request(f"{server.url}/nacos/v1/auth/users", "POST", username="eve", password="hush-hush", accessToken=token)
            lib.request(f"{server.url}/nacos/v1/ns/service/list", accessToken=token + "x")
            server.stop()
            for secret in (token, "hush-hush"):
                expect(secret not in server.log(), f"{secret} in {server.log()}")

    def refusals(self):
        key = self.folder / "known" / "token.key"
        key.parent.mkdir(mode=0o700)
        key.write_text("SecretKey012345678901234567890123456789012345678901234567890123456789\n")
        for mode, words in [(0o644, "chmod 600"), (0o600, "anybody could sign")]:
            key.chmod(mode)
            done = subprocess.run(
                [self.program, "serve", "--listen", "127.0.0.1:0", "--data", str(key.parent), "--auth"], capture_output=True,
                text=True, timeout=20)
            expect(done.returncode == 1 and words in done.stderr and done.stdout == "", f"{done}")
        for missing in (self.folder / "nothing", Path("/dev/null")):
            done = subprocess.run(
                [self.program, "serve", "--listen", "127.0.0.1:0", "--memory", "--auth", "--admin-password-file", str(missing)],
                capture_output=True, text=True, timeout=20)
            expect(done.returncode == 1 and str(missing) in done.stderr, f"{done}")

    def other_machines(self):
        options = ("--memory", "--auth", "--admin-password-file", str(self.password_file))
        with lib.Server(self.program, *options, listen="0.0.0.0:0") as server:
            port = server.url.rsplit(":", 1)[1]
            status, _ = lib.request(f"http://127.0.0.1:{port}/nacos/v1/ns/service/list")
            expect(status == 403, f"{status}")
            server.stop()

    def client(self):
        python = lib.environment("nacos-sdk-python-0.1.17", ["nacos-sdk-python==0.1.17"])

        def drive(server, password):
            done = subprocess.run(
                [str(python), str(DRIVERS / "nacos_sdk_login.py"), server.url, "nacos", password], capture_output=True, text=True,
                timeout=60, env={**os.environ, "NO_PROXY": "127.0.0.1"})
            return done.stdout.strip() or done.stderr[-500:]

        with self.guarded("client") as server:
            said = drive(server, PASSWORD)
            expect(said == "registered True, listed ['10.1.0.9']", said)
            said = drive(server, "wrong")
            expect(said.startswith("refused"), said)

    def tls(self):
        certificate, key = self.folder / "tls.pem", self.folder / "tls.key"

        def make(name):
            lib.run_quietly([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
                "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name},IP:127.0.0.1", "-keyout", key, "-out", certificate])

        def subject(port):
            context = ssl.create_default_context(cafile=str(certificate))
            connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=5)
            connection.request("GET", "/nacos/v1/console/health/liveness")
            expect(connection.getresponse().status == 200, "no answer over TLS")
            names = dict(pair[0] for pair in connection.sock.getpeercert()["subject"])
            connection.close()
            return names["commonName"]

        make("first")
        options = ("--memory", "--tls-cert", str(certificate), "--tls-key", str(key))
        with lib.Server(self.program, *options) as server:
            port = urllib.parse.urlsplit(server.url).port
            expect(subject(port) == "first", "another certificate")
            make("second")
            server.process.send_signal(signal.SIGHUP)
            lib.wait_until("the new certificate", lambda: "read its certificate" in server.log(), 5)
            expect(subject(port) == "second", "still the old certificate")
            certificate.write_text("nonsense")
            server.process.send_signal(signal.SIGHUP)
            lib.wait_until("the complaint", lambda: "goes on with the certificate" in server.log(), 5)
            server.stop()


def main():
    parser = argparse.ArgumentParser(description="authentication and TLS from outside")
    lib.add_program_option(parser)
    options = parser.parse_args()
    access = Access(str(lib.find_program(options.muster)))
    report = lib.Report()
    report.step("a first start shows a password once", access.first_start)
    report.step("users, roles, permissions and tokens outlive a restart", access.restart)
    report.step("what is no key and no password is refused", access.refusals)
    report.step("secrets stay out of logs", access.secrets_stay_out_of_logs)
    report.step("other machines are asked too", access.other_machines)
    report.step("TLS, with a certificate that is read again", access.tls)
    report.step("nacos-sdk-python with the right and with a wrong password", access.client)
    report.step("answers as recorded with authentication", access.recordings)
    report.exit()


if __name__ == "__main__":
    main()
