//! A running `jobs-engine`, and a client for it.
#![allow(dead_code, reason = "each test binary uses its part of this")]

#[path = "../support/postgres.rs"]
pub(crate) mod postgres;

use std::{
    io::{PipeReader, Write},
    os::{fd::OwnedFd, unix::fs::MetadataExt},
    path::PathBuf,
    process::{Output, Stdio},
    sync::Arc,
};

use reqwest::{Client, ClientBuilder, Method, RequestBuilder, Response, header::ACCEPT};
use rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::CertificateDer};
use serde_json::Value;
use sqlx::{Connection, SqliteConnection};
use task_monitor::{
    domain::{Job, JobId, JobWithSteps, Status, Step, StepId, StepType, Time, UserId},
    engine::{JobRecord, PredefinedRole, Store, User},
    server::{authentication::Passwords, database::Database},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    net::unix::pipe::Receiver,
    process::{Child, ChildStdout, Command},
    task::JoinHandle,
};
use uuid::Uuid;

pub(crate) const ADMIN: &str = "admin@internal";

/// The kind of a server's database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DatabaseKind {
    Sqlite,
    Postgres,
}

/// A database, and a folder with a page in which a server can be started.
pub(crate) struct Installation {
    folder: TempDir,
    /// The database's URL, which programs get in their environment; without it they use a file in the folder.
    postgres: Option<String>,
}

impl Installation {
    /// With a database of this test program's kind.
    pub(crate) fn new() -> Self {
        Self::on(crate::KIND).unwrap_or_else(|| {
            // No test of a program for PostgreSQL can run without it; a message was printed.
            std::process::exit(0)
        })
    }

    /// With a database of that kind; `None` if it is not installed.
    pub(crate) fn on(kind: DatabaseKind) -> Option<Self> {
        let postgres = match kind {
            DatabaseKind::Sqlite => None,
            DatabaseKind::Postgres => Some(postgres::database()?),
        };
        Some(Self::over(postgres))
    }

    /// With the PostgreSQL database at that URL, or else a file.
    pub(crate) fn over(postgres: Option<String>) -> Self {
        let installation = Self { folder: TempDir::new().unwrap(), postgres };
        std::fs::create_dir(installation.path("page")).unwrap();
        std::fs::write(installation.path("page/index.html"), "<!doctype html><title>Task Monitor</title>").unwrap();
        installation
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The SQLite file.
    pub(crate) fn database(&self) -> PathBuf {
        self.path("jobs-engine.db")
    }

    /// The URL of the PostgreSQL database.
    pub(crate) fn url(&self) -> &str {
        self.postgres.as_deref().unwrap()
    }

    /// Adds jobs with two steps each to the database, and returns their ids in order.
    pub(crate) async fn fill(&self, jobs: usize) -> Vec<String> {
        let database = self.open().await;
        let records: Vec<JobRecord> = (0..jobs).map(|number| record(number, 2)).collect();
        for record in &records {
            database.save(record, None).await.unwrap();
        }
        database.close().await;
        records.iter().map(|record| record.content.job.id.to_string()).collect()
    }

    /// Adds a job with that many steps to the database, and returns its id.
    pub(crate) async fn fill_one(&self, steps: usize) -> String {
        let database = self.open().await;
        let record = record(0, steps);
        database.save(&record, None).await.unwrap();
        database.close().await;
        record.content.job.id.to_string()
    }

    /// Adds users with one password and the role `UserRole` to the database, and returns their names.
    pub(crate) async fn add_users(&self, count: u128, password: &str) -> Vec<String> {
        let (database, hash) = (self.open().await, Passwords::hash(password).await.unwrap());
        let mut names = Vec::new();
        for number in 1..=count {
            let user_name = format!("user{number}@internal");
            names.push(user_name.clone());
            let user = User { id: UserId::new(Uuid::from_u128(number)), user_name };
            let caller = task_monitor::engine::Caller { user, roles: vec![PredefinedRole::UserRole.role()] };
            database.add_account(&caller, &hash).await.unwrap().unwrap();
        }
        database.close().await;
        names
    }

    /// The only value that a statement finds.
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        if let Some(url) = &self.postgres {
            return postgres::query(url, sql).trim().parse().unwrap();
        }
        let url = format!("sqlite:{}", self.database().display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
    }

    /// Changes the database by hand.
    pub(crate) async fn execute(&self, sql: &'static str) {
        if let Some(url) = &self.postgres {
            return postgres::execute(url, sql);
        }
        let url = format!("sqlite:{}", self.database().display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.unwrap();
    }

    pub(crate) async fn open(&self) -> Database {
        let url = match &self.postgres {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", self.database().display()),
        };
        Database::open(&url.parse().unwrap()).await.unwrap()
    }

    /// The content of the database, as text.
    pub(crate) fn content(&self) -> String {
        match &self.postgres {
            Some(url) => postgres::dump(url),
            None => String::from_utf8_lossy(&std::fs::read(self.database()).unwrap()).into_owned(),
        }
    }

    pub(crate) fn password_file(&self) -> PathBuf {
        match self.postgres.as_deref().and_then(|url| url.strip_prefix("postgres:///")?.split_once('?')) {
            Some((name, _)) => self.path(&format!("jobs-engine-postgres-{name}.admin-password")),
            None => self.path("jobs-engine.db.admin-password"),
        }
    }

    /// Starts a server on a free port, and waits until it is ready.
    pub(crate) async fn serve(&self, more: &[&str]) -> Server {
        self.serve_on("127.0.0.1:0", more).await
    }

    /// Starts a server on that address, and waits until it is ready.
    pub(crate) async fn serve_on(&self, address: &str, more: &[&str]) -> Server {
        let arguments = [&["serve", "--listen", address, "--ui", "page"], more].concat();
        let mut command = Command::from(self.command());
        command.args(arguments);
        Server::start(command, self.password_file()).await
    }

    /// Starts a server on a free port whose log goes there; if that is a pipe, it is not read.
    pub(crate) async fn serve_logging_to(&self, log: impl Into<Stdio>) -> Server {
        let mut command = Command::from(self.command());
        command.args(["serve", "--listen", "127.0.0.1:0", "--ui", "page"]).stderr(log);
        Server::start_logging(command, self.password_file(), tokio::spawn(async { String::new() })).await
    }

    /// Starts a server on a free port with these limits of open files.
    pub(crate) async fn serve_with_files(&self, soft: usize, hard: usize) -> Server {
        let mut command = self.command_of("prlimit");
        command.args([&format!("--nofile={soft}:{hard}"), PROGRAM, "serve", "--listen", "127.0.0.1:0", "--ui", "page"]);
        Server::start(Command::from(command), self.password_file()).await
    }

    /// Starts the page in front of that engine, on a free port, and waits until it is ready.
    pub(crate) async fn connect(&self, engine: &str, more: &[&str]) -> Server {
        self.connect_in(&[], engine, more).await
    }

    /// The same with variables in its environment.
    pub(crate) async fn connect_in(&self, variables: &[(&str, &str)], engine: &str, more: &[&str]) -> Server {
        let mut command = Command::from(self.command());
        command.args([&["connect", engine, "--listen", "127.0.0.1:0", "--ui", "page"], more].concat());
        command.envs(variables.iter().copied());
        Server::start(command, self.password_file()).await
    }

    /// The names of the files in the folder.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    /// Runs the program to its end, with that text on standard input.
    pub(crate) fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // The program may have ended before it reads.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        child.wait_with_output().unwrap()
    }

    /// Starts the program without waiting.
    pub(crate) fn spawn(&self, arguments: &[&str]) -> std::process::Child {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// Starts the program without waiting, with that standard output and standard error.
    pub(crate) fn spawn_with(&self, arguments: &[&str], output: OwnedFd, errors: OwnedFd) -> std::process::Child {
        self.command().args(arguments).stdin(Stdio::null()).stdout(output).stderr(errors).spawn().unwrap()
    }

    /// Runs the program to its end, for root without the right to ignore file permissions.
    pub(crate) fn run_unprivileged(&self, arguments: &[&str]) -> Output {
        let mut command = std::process::Command::new("setpriv");
        command.current_dir(self.folder.path()).env_remove(DATABASE_VARIABLE);
        command.args(["--bounding-set=-dac_override", "--", PROGRAM]).args(arguments);
        match std::fs::metadata("/proc/self").unwrap().uid() {
            0 => command.output().unwrap(),
            _ => self.run(arguments, ""),
        }
    }

    fn command(&self) -> std::process::Command {
        self.command_of(PROGRAM)
    }

    fn command_of(&self, program: &str) -> std::process::Command {
        let mut command = std::process::Command::new(program);
        command.current_dir(self.folder.path()).env_remove("RUST_LOG").env_remove(DATABASE_VARIABLE);
        command.envs(self.postgres.as_ref().map(|url| (DATABASE_VARIABLE, url)));
        command
    }
}

const DATABASE_VARIABLE: &str = "JOBS_ENGINE_DATABASE";
const PROGRAM: &str = env!("CARGO_BIN_EXE_jobs-engine");

/// A running job without owner, with running steps.
fn record(number: usize, steps: usize) -> JobRecord {
    let start_time = Time::from_timestamp_millis(1_767_225_600_000 + i64::try_from(number).unwrap());
    let job = Job {
        id: JobId::new(Uuid::new_v4()),
        description: format!("job {number}"),
        status: Status::Started,
        external: true,
        auto_cleared: false,
        owner: None,
        start_time,
        end_time: None,
        last_updated: start_time,
    };
    let step = |number: usize| Step {
        id: StepId::new(Uuid::new_v4()),
        job: job.id,
        parent: None,
        step_type: StepType::Executing,
        description: format!("step {number}"),
        number: u32::try_from(number).ok(),
        status: Status::Started,
        progress: None,
        start_time,
        end_time: None,
        external: true,
        external_system: None,
        execution_host: None,
    };
    let steps = (0..steps).map(step).collect();
    JobRecord { content: JobWithSteps { job, steps }, correlation_id: "filled".to_owned(), scenario: false }
}

/// A server. It is killed when dropped.
pub(crate) struct Server {
    /// `http://127.0.0.1:PORT`, or `https:`
    pub(crate) url: String,
    /// Its standard output until it was ready.
    pub(crate) greeting: String,
    pub(crate) client: Client,
    password_file: PathBuf,
    child: Child,
    output: BufReader<ChildStdout>,
    log: JoinHandle<String>,
}

impl Server {
    async fn start(mut command: Command, password_file: PathBuf) -> Self {
        let (log, writer) = std::io::pipe().unwrap();
        command.stderr(writer);
        Self::start_logging(command, password_file, read_log(log)).await
    }

    async fn start_logging(mut command: Command, password_file: PathBuf, log: JoinHandle<String>) -> Self {
        let mut child = command.kill_on_drop(true).stdout(Stdio::piped()).spawn().unwrap();
        // It has an end of the log.
        drop(command);
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        let url = loop {
            let read = output.read_line(&mut greeting).await.unwrap();
            if let Some((_, rest)) = greeting.split_once("Task Monitor is at ") {
                break rest.split_once("/ - ").unwrap().0.to_owned();
            }
            if read == 0 {
                panic!("the server did not start: {greeting}{}", log.await.unwrap());
            }
        };
        Self { url, greeting, client: client([]), password_file, child, output, log }
    }

    /// The first user's password, from its file.
    pub(crate) fn password(&self) -> String {
        std::fs::read_to_string(&self.password_file).unwrap().trim_end().to_owned()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    /// A token for a user, or the refusal.
    pub(crate) async fn log_in(&self, name: &str, password: &str) -> Result<String, Value> {
        let form = [("grant_type", "password"), ("scope", "ovirt-app-api"), ("username", name), ("password", password)];
        let request = self.request(Method::POST, "/ovirt-engine/sso/oauth/token").header(ACCEPT, "application/json");
        let answer = json(request.body(form_body(&form)).send().await.unwrap()).await;
        answer["access_token"].as_str().map(str::to_owned).ok_or(answer)
    }

    /// A caller with the first user's token.
    pub(crate) async fn admin(&self) -> Caller<'_> {
        Caller { server: self, token: self.log_in(ADMIN, &self.password()).await.unwrap() }
    }

    /// `127.0.0.1:PORT`
    pub(crate) fn address(&self) -> &str {
        self.url.split_once("://").unwrap().1
    }

    /// The most memory that it has used so far, in KiB.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id().unwrap())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// `kill -9`, without waiting.
    pub(crate) fn kill_now(&self) {
        self.signal("-KILL");
    }

    /// Waits for the end of a killed server.
    pub(crate) async fn wait_for_end(mut self) {
        self.child.wait().await.unwrap();
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id().unwrap()
    }

    pub(crate) fn signal(&self, signal: &str) {
        let id = self.pid().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// Sends a signal, waits for the end, and returns exit code and log.
    pub(crate) async fn stop(mut self, signal: &str) -> (Option<i32>, String) {
        self.signal(signal);
        let status = self.child.wait().await.unwrap();
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).await.unwrap();
        assert_eq!(rest, "", "no more output");
        (status.code(), self.log.await.unwrap())
    }
}

/// Reads a log to its end.
pub(crate) fn read_log(log: PipeReader) -> JoinHandle<String> {
    let mut log = Receiver::from_owned_fd(log.into()).unwrap();
    tokio::spawn(async move {
        let mut text = String::new();
        log.read_to_string(&mut text).await.unwrap();
        text
    })
}

/// A client with a token.
pub(crate) struct Caller<'server> {
    pub(crate) server: &'server Server,
    pub(crate) token: String,
}

impl Caller<'_> {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let path = format!("/ovirt-engine/api{path}");
        self.server.request(method, &path).bearer_auth(&self.token).header(ACCEPT, "application/json")
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let response = self.request(Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        json(response).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> reqwest::Result<Response> {
        let request = self.request(Method::POST, path).header("content-type", "application/json");
        request.body(body.to_string()).send().await
    }

    /// Adds something and returns its id.
    pub(crate) async fn add(&self, path: &str, body: &Value) -> String {
        let response = self.post(path, body).await.unwrap();
        assert_eq!(response.status(), 201, "{path}");
        json(response).await["id"].as_str().unwrap().to_owned()
    }
}

/// A client that trusts only those certificates.
pub(crate) fn client(trusted: impl IntoIterator<Item = CertificateDer<'static>>) -> Client {
    client_builder(trusted).build().unwrap()
}

/// The builder of such a client. The library's default has no cryptography provider.
pub(crate) fn client_builder(trusted: impl IntoIterator<Item = CertificateDer<'static>>) -> ClientBuilder {
    let mut roots = RootCertStore::empty();
    assert_eq!(roots.add_parsable_certificates(trusted).1, 0);
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let config = builder.with_root_certificates(roots).with_no_client_auth();
    Client::builder().tls_backend_preconfigured(config)
}

/// A body as HTML forms send it.
pub(crate) fn form_body(form: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish()
}

pub(crate) async fn json(response: Response) -> Value {
    let text = response.text().await.unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

pub(crate) fn header<'response>(response: &'response Response, name: &str) -> &'response str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
