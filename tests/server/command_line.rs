//! The defaults of options, and that the help shows them.

use clap::{CommandFactory, Parser};
use task_monitor::server::command_line::{Command, CommandLine, Serve};

fn serve(arguments: &[&str]) -> Serve {
    let arguments = [&["jobs-engine", "serve"], arguments].concat();
    match CommandLine::try_parse_from(arguments).unwrap().command {
        Command::Serve(serve) => serve,
        other => panic!("{other:?}"),
    }
}

/// An option, its default, another value, and how to read it.
type Row = (&'static str, &'static str, &'static str, fn(&Serve) -> String);

const OPTIONS: [Row; 7] = [
    ("--listen", "127.0.0.1:8080", "[::1]:9000", |serve| serve.listen.address.clone()),
    ("--database", "sqlite:jobs-engine.db", "sqlite:elsewhere/jobs.db", |serve| serve.database.url.to_string()),
    ("--ui", "dist/app", "/usr/share/page", |serve| serve.ui.display().to_string()),
    ("--succeeded-job-cleanup-minutes", "10", "3", |serve| serve.succeeded_job_cleanup_minutes.to_string()),
    ("--failed-job-cleanup-minutes", "60", "4", |serve| serve.failed_job_cleanup_minutes.to_string()),
    ("--job-cleanup-rate-seconds", "60", "5", |serve| serve.job_cleanup_rate_seconds.to_string()),
    ("--token-lifetime-seconds", "360000", "6", |serve| serve.token_lifetime_seconds.to_string()),
];

#[test]
fn options_have_defaults() {
    let plain = serve(&[]);
    for (option, default, other, read) in OPTIONS {
        assert_eq!(read(&plain), default, "{option}");
        let given = serve(&[option, other]);
        assert_eq!(read(&given), other, "{option}");
        for (another, default, _, read) in OPTIONS.iter().filter(|(another, ..)| *another != option) {
            assert_eq!(read(&given), *default, "{another} beside {option}");
        }
    }
    assert!(!plain.sample && !plain.listen.insecure_listen && plain.listen.tls.is_none());
}

#[test]
fn the_help_shows_the_defaults() {
    let mut command = CommandLine::command();
    let help = command.find_subcommand_mut("serve").unwrap().render_long_help().to_string();
    for (option, default, ..) in OPTIONS {
        let (_, about) =
            help.split_once(&format!("{option} <")).unwrap_or_else(|| panic!("{option} is not in\n{help}"));
        let about = about.split("\n      --").next().unwrap();
        assert!(about.contains(&format!("[default: {default}]")), "{option} {about}");
    }
}
