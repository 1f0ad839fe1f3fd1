//! A database and the `jobs-engine` processes that serve it.
#![allow(dead_code, reason = "each program uses its part of this")]

use std::{env, ffi::OsString, fs, path::Path, process::Stdio};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use task_monitor::server::database::Database;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::postgres;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    Sqlite,
    Postgres,
}

pub struct Installation {
    folder: TempDir,
    kind: DatabaseKind,
    database: String,
    processes: Vec<Process>,
}

struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn memory(&self, kind: &str) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(kind))?;
        Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
    }
}

const USER: (&str, &str) = ("load@internal", "load");

impl Installation {
    /// `None` if there is no such database on this machine.
    pub async fn new(kind: DatabaseKind, processes: usize) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("page")).unwrap();
        fs::write(folder.path().join("page/index.html"), "<!doctype html>").unwrap();
        let database = match kind {
            DatabaseKind::Sqlite => format!("sqlite:{}", folder.path().join("load.db").display()),
            DatabaseKind::Postgres => postgres::database()?,
        };
        let mut installation = Self { folder, kind, database, processes: Vec::new() };
        installation.add_user();
        for _ in 0..processes {
            let process = installation.start("127.0.0.1:0").await;
            installation.processes.push(process);
        }
        Some(installation)
    }

    pub fn urls(&self) -> Vec<String> {
        self.processes.iter().map(|process| process.url.clone()).collect()
    }

    pub async fn open(&self) -> Database {
        Database::open(&self.database.parse().unwrap()).await.unwrap()
    }

    /// The peak memory of each process, in bytes.
    pub fn peak_memory(&self) -> Vec<u64> {
        self.processes.iter().filter_map(|process| process.memory("VmHWM:")).collect()
    }

    /// The memory of each process now, in bytes.
    pub fn memory(&self) -> Vec<u64> {
        self.processes.iter().filter_map(|process| process.memory("VmRSS:")).collect()
    }

    /// `kill -9` of the first process. Where it was the only one, it is started again at the same address.
    pub async fn kill_first(&mut self) {
        let process = &mut self.processes[0];
        process.child.kill().await.unwrap();
        if self.processes.len() == 1 {
            let address = self.processes[0].url.trim_start_matches("http://").to_owned();
            self.processes[0] = self.start(&address).await;
        }
    }

    /// Logs in, and returns the token.
    pub async fn log_in(&self) -> String {
        let body = format!(
            "grant_type=password&scope=ovirt-app-api&username={}&password={}",
            USER.0.replace('@', "%40"),
            USER.1
        );
        let url = format!("{}/ovirt-engine/sso/oauth/token", self.processes[0].url);
        let request = reqwest::Client::new().post(url).header("accept", "application/json").body(body);
        let answer: serde_json::Value =
            serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// Puts ended jobs with so many steps each into the database. It uses SQL, because one save after another takes too long.
    pub async fn fill(&self, jobs: usize, steps: usize) {
        let statements = match self.kind {
            DatabaseKind::Sqlite => for_sqlite(jobs, steps),
            DatabaseKind::Postgres => for_postgres(jobs, steps),
        };
        match self.kind {
            DatabaseKind::Sqlite => {
                let mut connection = SqliteConnection::connect(&self.database).await.unwrap();
                for statement in statements {
                    sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
                }
                connection.close().await.unwrap();
            }
            DatabaseKind::Postgres => {
                let mut connection = PgConnection::connect(&self.database).await.unwrap();
                for statement in statements {
                    sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
                }
                connection.close().await.unwrap();
            }
        }
    }

    fn add_user(&self) {
        use std::io::Write;

        let mut command = std::process::Command::new(program());
        command.args(["user", "add", USER.0, "--role", "SuperUser", "--database", &self.database]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{}", USER.1).unwrap();
        assert!(child.wait().unwrap().success());
    }

    /// Starts `jobs-engine connect` in front of the first process. Its URL is the last one.
    pub async fn connect(&mut self) {
        let process = self.run(&["connect", &self.processes[0].url, "--listen", "127.0.0.1:0", "--ui", "page"]).await;
        self.processes.push(process);
    }

    async fn start(&self, listen: &str) -> Process {
        self.run(&["serve", "--listen", listen, "--ui", "page", "--database", &self.database]).await
    }

    async fn run(&self, arguments: &[&str]) -> Process {
        let mut command = Command::new(program());
        command.args(arguments);
        command.current_dir(self.folder.path()).env("RUST_LOG", "error").kill_on_drop(true);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        loop {
            let line = lines.next_line().await.unwrap().unwrap();
            if let Some(url) = line.strip_prefix("Task Monitor is at ").and_then(|rest| rest.split("/ - ").next()) {
                return Process { child, url: url.to_owned() };
            }
        }
    }
}

/// The program to test: the first argument, or else what `make server` builds.
fn program() -> OsString {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/release/jobs-engine");
    env::args_os().nth(1).unwrap_or_else(|| built.into_os_string())
}

const JOB: &str = "version, description, status, external, auto_cleared, start_time, end_time, last_updated, correlation_id, scenario";
const STEP: &str = "position, step_type, description, number, status, start_time, end_time, external";
const TIME: u64 = 1_767_225_600_000;

fn for_sqlite(jobs: usize, steps: usize) -> Vec<String> {
    let numbers = format!(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 WHERE {jobs} > 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {jobs})"
    );
    let job = format!(
        "{numbers} INSERT INTO job (id, {JOB}) SELECT randomblob(16), 1, 'stored job number ' || n, 'finished', 1, 0, \
         {TIME} + n, {TIME} + n, {TIME} + n, 'stored', 0 FROM numbers"
    );
    let step = |number| {
        format!(
            "INSERT INTO step (id, job_id, {STEP}) SELECT randomblob(16), id, {number}, 'executing', 'step {number}', {number}, \
             'finished', start_time, end_time, 1 FROM job WHERE correlation_id = 'stored'"
        )
    };
    std::iter::once(job).chain((0..steps).map(step)).collect()
}

fn for_postgres(jobs: usize, steps: usize) -> Vec<String> {
    let job = format!(
        "INSERT INTO job (id, {JOB}) SELECT gen_random_uuid(), 1, 'stored job number ' || n, 'finished', true, false, \
         {TIME} + n, {TIME} + n, {TIME} + n, 'stored', false FROM generate_series(1, {jobs}) AS n"
    );
    let step = |number| {
        format!(
            "INSERT INTO step (id, job_id, {STEP}) SELECT gen_random_uuid(), id, {number}, 'executing', 'step {number}', {number}, \
             'finished', start_time, end_time, true FROM job WHERE correlation_id = 'stored'"
        )
    };
    std::iter::once(job).chain((0..steps).map(step)).chain(["ANALYZE".to_owned()]).collect()
}
