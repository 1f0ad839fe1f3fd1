//! The defaults of options, and that the help shows them.

use clap::{CommandFactory, Parser};
use task_monitor::server::command_line::{Command, CommandLine, Connect, Serve};

fn serve(arguments: &[&str]) -> Serve {
    let arguments = [&["jobs-engine", "serve"], arguments].concat();
    match CommandLine::try_parse_from(arguments).unwrap().command {
        Command::Serve(serve) => serve,
        other => panic!("{other:?}"),
    }
}

fn connect(arguments: &[&str]) -> Connect {
    let arguments = [&["jobs-engine", "connect", "https://engine.example.com"], arguments].concat();
    match CommandLine::try_parse_from(arguments).unwrap().command {
        Command::Connect(connect) => connect,
        other => panic!("{other:?}"),
    }
}

/// An option, its default, another value, and how to read it.
type Row<Options> = (&'static str, &'static str, &'static str, fn(&Options) -> String);

const CONNECT_OPTIONS: [Row<Connect>; 3] = [
    ("--listen", "127.0.0.1:8080", "[::1]:9000", |connect| connect.listen.address.clone()),
    ("--ui", "dist/app", "/usr/share/page", |connect| connect.ui.display().to_string()),
    ("--engine-timeout-seconds", "25", "7", |connect| connect.engine_timeout_seconds.to_string()),
];

const OPTIONS: [Row<Serve>; 8] = [
    ("--listen", "127.0.0.1:8080", "[::1]:9000", |serve| serve.listen.address.clone()),
    ("--database", "sqlite:jobs-engine.db", "sqlite:elsewhere/jobs.db", |serve| serve.database.url.to_string()),
    ("--ui", "dist/app", "/usr/share/page", |serve| serve.ui.display().to_string()),
    ("--succeeded-job-cleanup-minutes", "10", "3", |serve| serve.succeeded_job_cleanup_minutes.to_string()),
    ("--failed-job-cleanup-minutes", "60", "4", |serve| serve.failed_job_cleanup_minutes.to_string()),
    ("--event-cleanup-days", "30", "8", |serve| serve.event_cleanup_days.to_string()),
    ("--job-cleanup-rate-seconds", "60", "5", |serve| serve.job_cleanup_rate_seconds.to_string()),
    ("--token-lifetime-seconds", "360000", "6", |serve| serve.token_lifetime_seconds.to_string()),
];

#[test]
fn options_have_defaults() {
    check_defaults(&OPTIONS, serve);
    check_defaults(&CONNECT_OPTIONS, connect);
    let plain = serve(&[]);
    assert!(!plain.sample && !plain.listen.insecure_listen && plain.listen.tls.is_none());
    assert!(plain.listen.allowed_hosts.is_empty());
    let plain = connect(&[]);
    assert_eq!(plain.engine.to_string(), "https://engine.example.com");
    assert!(!plain.trust.engine_insecure && plain.trust.engine_ca.is_none() && !plain.listen.insecure_listen);
}

fn check_defaults<Options>(options: &[Row<Options>], parse: fn(&[&str]) -> Options) {
    let plain = parse(&[]);
    for (option, default, other, read) in options {
        assert_eq!(read(&plain), *default, "{option}");
        let given = parse(&[option, other]);
        assert_eq!(read(&given), *other, "{option}");
        for (another, default, _, read) in options.iter().filter(|(another, ..)| another != option) {
            assert_eq!(read(&given), *default, "{another} beside {option}");
        }
    }
}

#[test]
fn the_help_shows_the_defaults() {
    check_help("serve", &OPTIONS);
    check_help("connect", &CONNECT_OPTIONS);
}

fn check_help<Options>(name: &str, options: &[Row<Options>]) {
    let mut command = CommandLine::command();
    let help = command.find_subcommand_mut(name).unwrap().render_long_help().to_string();
    for (option, default, ..) in options {
        let (_, about) =
            help.split_once(&format!("{option} <")).unwrap_or_else(|| panic!("{option} is not in\n{help}"));
        let about = about.split("\n      --").next().unwrap();
        assert!(about.contains(&format!("[default: {default}]")), "{option} {about}");
    }
}

#[test]
fn an_engine_is_an_address() {
    for address in
        ["engine.example.com", "https://engine.example.com/ovirt-engine/webadmin/", "ftp://engine.example.com"]
    {
        let refused = CommandLine::try_parse_from(["jobs-engine", "connect", address]).unwrap_err().to_string();
        assert!(refused.contains("expected an address such as https://engine.example.com"), "{refused}");
    }
}
