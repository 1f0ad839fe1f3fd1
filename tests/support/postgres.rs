//! A PostgreSQL server for tests: one for each test program, and a database of its own for each test.
//!
//! It listens only on a socket in a private folder. Its parent is a shell that waits for the end of the test program, then
//! stops the server and removes the folder.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test binary uses its part of this")]
#![allow(clippy::unwrap_used, reason = "a test may")]

use std::{
    fs,
    io::{self, Write},
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

/// The URL of a new, empty database; `None`, with a message, if PostgreSQL is not installed.
pub fn database() -> Option<String> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    static COUNT: Mutex<usize> = Mutex::new(0);
    let server = SERVER.get_or_init(Server::start).as_ref()?;
    // Databases are copies of a template, which only one connection at a time may copy.
    let mut count = COUNT.lock().unwrap_or_else(PoisonError::into_inner);
    *count += 1;
    Some(server.create(&format!("test{count}")))
}

/// A server for one test, which can be stopped.
pub struct OwnServer {
    server: Server,
    url: String,
}

impl OwnServer {
    /// A running server with one empty database; `None`, with a message, if PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let server = Server::start()?;
        let url = server.create("test");
        Some(Self { server, url })
    }

    /// The URL of the database.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Stops it at once.
    pub fn stop(&self) {
        assert!(self.try_to_stop().success());
    }

    fn try_to_stop(&self) -> ExitStatus {
        let Server { folder, programs, identity, .. } = &self.server;
        let mut command = owned(Command::new(programs.join("pg_ctl")), folder, *identity);
        command.args(["stop", "--silent", "--pgdata=data", "--mode=immediate", "--wait"]);
        command.stdin(Stdio::null()).stderr(Stdio::null()).status().unwrap()
    }

    /// Starts it again, with the same data.
    pub fn start_again(&self) {
        let options = format!("-k {} -h ''", self.server.folder.display());
        self.server.run("pg_ctl", &["start", "--pgdata=data", "--wait", "--log=log", "--options", &options]);
    }

    /// Halts its processes until the result is dropped.
    pub fn freeze(&self) -> Frozen {
        let backends = query(&self.url, "SELECT pid FROM pg_stat_activity WHERE application_name = 'jobs-engine'");
        let main = fs::read_to_string(self.server.folder.join("data/postmaster.pid")).unwrap();
        let processes = main.lines().take(1).chain(backends.lines()).map(str::to_owned).collect();
        let frozen = Frozen(processes);
        frozen.signal("-STOP");
        frozen
    }
}

/// A test that failed may have stopped it already. Its folder is removed by the process of the first start.
impl Drop for OwnServer {
    fn drop(&mut self) {
        self.try_to_stop();
    }
}

/// Halted processes, by their ids.
pub struct Frozen(Vec<String>);

impl Frozen {
    fn signal(&self, signal: &str) {
        assert!(Command::new("kill").arg(signal).args(&self.0).status().unwrap().success());
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        self.signal("-CONT");
    }
}

/// The database's whole content, as SQL.
pub fn dump(url: &str) -> String {
    let output = Command::new(programs().unwrap().join("pg_dump")).arg(url).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // Newer versions put a random key into each dump, in lines with `\`.
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter(|line| !line.starts_with('\\')).collect::<Vec<_>>().join("\n")
}

/// The result of a statement, one line for each row.
pub fn query(url: &str, sql: &str) -> String {
    let mut command = Command::new(programs().unwrap().join("psql"));
    command.args(["--no-psqlrc", "--no-align", "--tuples-only", "--set", "ON_ERROR_STOP=1", "--command", sql, url]);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a script in the database.
pub fn execute(url: &str, script: &str) {
    let mut command = Command::new(programs().unwrap().join("psql"));
    command.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", url]).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "{script}");
}

const USER: &str = "tester";

const INITDB: [&str; 7] =
    ["--pgdata=data", "--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
/// More time than a start needs.
const PATIENCE: Duration = Duration::from_secs(60);

/// User and group to run as; `None` for the current user.
type Identity = Option<(u32, u32)>;

struct Server {
    folder: PathBuf,
    programs: PathBuf,
    /// PostgreSQL refuses to run as root.
    identity: Identity,
    /// Its standard input is closed when this program ends.
    _guard: Child,
}

impl Server {
    fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            // Not with a macro, whose output is hidden when the test passes.
            drop(writeln!(io::stderr(), "\n*** SKIPPED: PostgreSQL is not installed. Its tests did not run. ***\n"));
            return None;
        };
        let identity = (number(&["-u"]) == 0).then(|| (number(&["-u", "nobody"]), number(&["-g", "nobody"])));
        // Short, since the path of a socket is limited to about a hundred characters.
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").unwrap().keep();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        if let Some((user, group)) = identity {
            chown(&folder, Some(user), Some(group)).unwrap();
        }
        run(&folder, &programs, identity, "initdb", &INITDB);
        let guard = start(&folder, &programs, identity);
        let server = Self { folder, programs, identity, _guard: guard };
        let started = Instant::now();
        while !server.is_ready() {
            assert!(started.elapsed() < PATIENCE, "PostgreSQL does not start; see {}", server.folder.display());
        }
        Some(server)
    }

    fn is_ready(&self) -> bool {
        let mut command = owned(Command::new(self.programs.join("pg_isready")), &self.folder, self.identity);
        command.args(["--quiet", "--host"]).arg(&self.folder).stdin(Stdio::null()).status().unwrap().success()
    }

    /// Adds an empty database, and returns its URL.
    fn create(&self, name: &str) -> String {
        self.run("createdb", &["--username", USER, "--host", self.folder.to_str().unwrap(), name]);
        format!("postgres:///{name}?host={}&user={USER}", self.folder.display())
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        run(&self.folder, &self.programs, self.identity, program, arguments);
    }
}

fn run(folder: &Path, programs: &Path, identity: Identity, program: &str, arguments: &[&str]) {
    let mut command = owned(Command::new(programs.join(program)), folder, identity);
    let status = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{program} {arguments:?}");
}

/// Starts the server. It stops when the end of this program closes the shell's input. It has its own process group, so that
/// Ctrl-C does not end the shell.
fn start(folder: &Path, programs: &Path, identity: Identity) -> Child {
    const SCRIPT: &str = r#""$0/postgres" -D data -k "$1" -h '' -c max_connections=300 2> log &
        server=$!; cat; kill -QUIT $server; wait $server; rm -rf "$1""#;
    let mut command = owned(Command::new("sh"), folder, identity);
    command.args(["-c", SCRIPT]).arg(programs).arg(folder).process_group(0);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn owned(mut command: Command, folder: &Path, identity: Identity) -> Command {
    if let Some((user, group)) = identity {
        command.uid(user).gid(group);
    }
    command.current_dir(folder);
    command
}

/// Where the newest version's programs are.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path().join("bin"));
    let mut versions: Vec<PathBuf> = versions.filter(|programs| programs.join("initdb").is_file()).collect();
    versions.sort_by_key(|programs| {
        programs.parent().and_then(|version| version.file_name()?.to_str()?.parse::<u32>().ok())
    });
    versions.pop()
}

fn number(arguments: &[&str]) -> u32 {
    let output = Command::new("id").args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}
