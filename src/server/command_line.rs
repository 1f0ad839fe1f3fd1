//! Commands and options of the program.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{
    TrustedProxy,
    connect::{engine_url::EngineUrl, trust::Trust},
    database::DatabaseUrl,
    tls::TlsFiles,
};

/// The jobs engine: oVirt's jobs REST API over a database, and the task monitor's page.
#[derive(Debug, Parser)]
#[command(name = "jobs-engine", version)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API and the page.
    Serve(Serve),
    /// Serve the page in front of an oVirt engine, which answers its requests. Nothing is stored.
    Connect(Connect),
    /// Manage the users that may log in, and the roles that they have.
    #[command(subcommand)]
    User(User),
    /// Manage the roles that users can have.
    #[command(subcommand)]
    Role(Role),
}

/// Options of `serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
    pub listen: Listen,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
    pub database: DatabaseOption,
    /// Folder with the built page.
    #[arg(long, value_name = "DIR", default_value = "dist/app")]
    pub ui: PathBuf,
    /// Fill an empty database with a sample world, and keep it alive.
    #[arg(long)]
    pub sample: bool,
    /// How long a finished job that is auto-cleared stays after its end.
    #[arg(long, value_name = "MINUTES", default_value_t = 10)]
    pub succeeded_job_cleanup_minutes: u32,
    /// How long a failed, aborted or unknown job that is auto-cleared stays after its end.
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    pub failed_job_cleanup_minutes: u32,
    /// How long an event stays (AuditLogAgingThreshold).
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    pub event_cleanup_days: u32,
    /// How often such jobs and events are removed.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    pub job_cleanup_rate_seconds: u32,
    /// How long a log-in lasts (SSO_TOKEN_TIMEOUT).
    #[arg(long, value_name = "SECONDS", default_value_t = 360_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub token_lifetime_seconds: u32,
}

/// Options of `connect`.
#[derive(Debug, Clone, Args)]
pub struct Connect {
    /// The engine, as in https://engine.example.com.
    #[arg(value_name = "URL")]
    pub engine: EngineUrl,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
    pub trust: Trust,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
    pub listen: Listen,
    /// Folder with the built page.
    #[arg(long, value_name = "DIR", default_value = "dist/app")]
    pub ui: PathBuf,
    /// How long the engine may take to begin an answer. The page itself waits for 30 seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 25, value_parser = clap::value_parser!(u32).range(1..))]
    pub engine_timeout_seconds: u32,
}

/// Where the server listens, and how.
#[derive(Debug, Clone, Args)]
pub struct Listen {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long = "listen", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub address: String,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
    pub tls: Option<TlsFiles>,
    /// Allow plain HTTP on other than loopback addresses.
    #[arg(long)]
    pub insecure_listen: bool,
    /// Also answer for this name or address; can be given several times. Those of this machine and of its certificate need no
    /// option.
    #[arg(long = "allowed-host", value_name = "HOST")]
    pub allowed_hosts: Vec<String>,
    /// A proxy in front of this server, as in 10.0.0.0/8; can be given several times. Only from there X-Forwarded-For,
    /// X-Forwarded-Proto and Forwarded say who the client is, and whether it uses HTTPS.
    #[arg(long = "trusted-proxy", value_name = "CIDR")]
    pub trusted_proxies: Vec<TrustedProxy>,
}

/// Manage the users that may log in. Passwords are read from standard input, one line.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Add a user; the password is read from standard input.
    Add {
        /// As in backup@internal; without a profile it is @internal.
        name: String,
        /// SuperUser, ExternalTasksCreator, ReadOnlyAdmin, UserRole or a custom role; can be given several times.
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<String>,
        #[command(flatten)]
        #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
        database: DatabaseOption,
    },
    /// List the users with their roles.
    List {
        #[command(flatten)]
        #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
        database: DatabaseOption,
    },
    /// Remove a user; their sessions end.
    Remove {
        /// As in backup@internal; without a profile it is @internal.
        name: String,
        #[command(flatten)]
        #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
        database: DatabaseOption,
    },
    /// Change a user's password, read from standard input; their sessions end.
    Password {
        /// As in backup@internal; without a profile it is @internal.
        name: String,
        #[command(flatten)]
        #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
        database: DatabaseOption,
    },
    /// Give a user another role.
    Grant {
        /// As in backup@internal; without a profile it is @internal.
        name: String,
        /// The role's name.
        role: String,
        #[command(flatten)]
        #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
        database: DatabaseOption,
    },
    /// Take a role from a user.
    Revoke {
        /// As in backup@internal; without a profile it is @internal.
        name: String,
        /// The role's name.
        role: String,
        #[command(flatten)]
        #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
        database: DatabaseOption,
    },
}

/// Manage the roles that users can have. Predefined roles cannot be changed.
#[derive(Debug, Subcommand)]
pub enum Role {
    /// Add a custom role, made from oVirt's action groups.
    Add {
        /// Its name.
        name: String,
        /// Whether its holders are admins, who see everything, or users.
        #[arg(long = "type", value_name = "TYPE")]
        role_type: RoleKind,
        /// What it allows, by oVirt's name, such as RUN_VM or INJECT_EXTERNAL_TASKS; can be given several times.
        #[arg(long = "action-group", value_name = "GROUP", required = true)]
        action_groups: Vec<String>,
        #[command(flatten)]
        #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
        database: DatabaseOption,
    },
    /// List the roles with their types and action groups.
    List {
        #[command(flatten)]
        #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
        database: DatabaseOption,
    },
    /// Remove a role that no user has.
    Remove {
        /// Its name.
        name: String,
        #[command(flatten)]
        #[expect(missing_docs, reason = "a doc comment here would replace the help text")]
        database: DatabaseOption,
    },
}

/// The types of role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleKind {
    /// Its holders see everything.
    Admin,
    /// Its holders see their own.
    User,
}

/// Which database.
#[derive(Debug, Clone, Args)]
pub struct DatabaseOption {
    /// The database: sqlite:PATH, postgres://USER@HOST/DATABASE, or memory: for none.
    #[arg(
        long = "database",
        value_name = "URL",
        default_value = "sqlite:jobs-engine.db",
        env = "JOBS_ENGINE_DATABASE",
        hide_env_values = true
    )]
    pub url: DatabaseUrl,
}
