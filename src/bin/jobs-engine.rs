//! `jobs-engine`: the jobs REST API and the task monitor's page, as one program.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use task_monitor::server::{
    Failure,
    command_line::{Command, CommandLine},
    connect, log, manage_roles, manage_users, serve,
};
use tikv_jemallocator::Jemalloc;

/// Gives memory back when a flood of clients is over, which that of the system does not (docs/load.md).
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    match run(CommandLine::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // If standard error is closed, the message is lost.
            drop(writeln!(io::stderr(), "jobs-engine: {failure}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    let runtime = tokio::runtime::Runtime::new();
    let runtime = runtime.map_err(|error| Failure::new(format!("Cannot start threads: {error}.")))?;
    match command {
        Command::Serve(options) => {
            let _log = log::start();
            runtime.block_on(serve::run(options))
        }
        Command::Connect(options) => {
            let _log = log::start();
            runtime.block_on(connect::run(options))
        }
        Command::User(command) => runtime.block_on(manage_users::run(command)),
        Command::Role(command) => runtime.block_on(manage_roles::run(command)),
    }
}
