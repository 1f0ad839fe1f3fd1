"""A running jobs-engine, over HTTP or HTTPS, and connections of oVirt's SDK to it."""

import os
import pathlib
import subprocess

import ovirtsdk4 as sdk

ROOT = pathlib.Path(__file__).resolve().parents[2]
# JOBS_ENGINE names another build of it, such as target/release/jobs-engine.
PROGRAM = os.environ.get("JOBS_ENGINE", ROOT / "target/debug/jobs-engine")
PASSWORD = "a password for tests"
ADMIN = "admin@internal"
ROLES = {
    ADMIN: "SuperUser",
    "creator@internal": "ExternalTasksCreator",
    "auditor@internal": "ReadOnlyAdmin",
    "user@internal": "UserRole",
}


class JobsEngine:
    """An engine with a sample world and a user for each role. It ends with the `with` block around it."""

    def __init__(self, folder: pathlib.Path, scheme: str):
        self.folder = folder
        self.scheme = scheme
        self.origin = ""
        self._server = None

    def __enter__(self):
        page = self.folder / "page"
        page.mkdir()
        (page / "index.html").write_text("<!doctype html><title>Task Monitor</title>")
        self.origin = self._serve("--listen", "127.0.0.1:0", "--ui", page, "--sample", *self._tls())
        # The first user was added at the start, with a random password.
        self._user("password", ADMIN)
        for name, role in ROLES.items():
            if name != ADMIN:
                self._user("add", name, "--role", role)
        return self

    def _serve(self, *options):
        with (self.folder / "log").open("w") as log:
            command = [PROGRAM, "serve", *self._database, *options]
            self._server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self._server.stdout:
            if line.startswith("Task Monitor is at "):
                return line.split()[4].rstrip("/")
        raise RuntimeError(f"the engine did not start: {(self.folder / 'log').read_text()}")

    def _user(self, *arguments):
        command = [PROGRAM, "user", *arguments, *self._database]
        subprocess.run(command, input=PASSWORD + "\n", text=True, check=True, capture_output=True)

    def __exit__(self, *_):
        self._server.terminate()
        self._server.stdout.close()
        assert self._server.wait(timeout=30) == 0

    @property
    def _database(self):
        return ["--database", f"sqlite:{self.folder / 'jobs-engine.db'}"]

    @property
    def certificate(self):
        """The file with the certificate that clients must trust, if there is one."""
        return str(self.folder / "cert.pem") if self.scheme == "https" else None

    def _tls(self):
        if self.certificate is None:
            return []
        key = str(self.folder / "key.pem")
        made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        named = ["-subj", "/CN=jobs-engine", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
        subprocess.run([*made, *named, "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
        return ["--tls-cert", self.certificate, "--tls-key", key]

    @property
    def url(self):
        """The URL of the API."""
        return f"{self.origin}/ovirt-engine/api"

    def connect(self, name=ADMIN, password=PASSWORD, **more):
        """A connection for a user, or with `token=`."""
        who = {} if "token" in more else {"username": name, "password": password}
        return sdk.Connection(**{"url": self.url, "ca_file": self.certificate, **who, **more})
