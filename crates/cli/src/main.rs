//! Every command in one list.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use mimalloc::MiMalloc;
use payung::commands::audit::AuditCommand;
use payung::commands::case::CaseCommand;
use payung::commands::client::ClientCommand;
use payung::commands::completions::CompletionsArgs;
use payung::commands::config::ConfigCommand;
use payung::commands::correction::CorrectionCommand;
use payung::commands::demo::DemoArgs;
use payung::commands::demo_app::device::{self, DemoDeviceArgs};
use payung::commands::import::ImportCommand;
use payung::commands::key::KeyCommand;
use payung::commands::ledger::LedgerCommand;
use payung::commands::member::MemberCommand;
use payung::commands::migrate::MigrateCommand;
use payung::commands::notice::NoticeCommand;
use payung::commands::password_filter::PasswordFilterCommand;
use payung::commands::rules::RulesCommand;
use payung::commands::staff::StaffCommand;
use payung::commands::statement::StatementCommand;
use payung::commands::status::StatusCommand;
use payung::commands::{
    audit, case, client, completions, config, correction, demo, import, key, ledger, member,
    migrate, notice, password_filter, rules, serve, staff, statement, status, version,
};
use payung::outside::service_manager::ServiceManager;
use payung::report::{Colour, Exit, Failure, Report, Wishes};
use payung::said;
use payung::settings::serving::{Database, Logs};
use payung::settings::{Surroundings, Values};
use payung_domain::language::Language;
use tracing::Level;

#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// The front door of a worker social-security programme
#[derive(Debug, Parser)]
#[command(name = "payung", version, after_help = AFTER_HELP, disable_help_subcommand = true)]
struct CommandLine {
    #[command(flatten)]
    everywhere: Everywhere,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the whole product on this machine, with invented people
    Demo(DemoArgs),
    /// Sign in to the demo as a device without a keyboard does
    DemoDevice(DemoDeviceArgs),
    /// Run the server
    Serve,
    /// Bring the tables of the database up to date
    #[command(subcommand)]
    Migrate(MigrateCommand),
    /// Show a notice on every page, or take it back
    #[command(subcommand)]
    Notice(NoticeCommand),
    /// Read members, employers or contributions from a file
    #[command(subcommand)]
    Import(ImportCommand),
    /// Bring estimated returns to what was declared
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Help one member: staged recoveries, transactions not recognised
    #[command(subcommand)]
    Member(MemberCommand),
    /// Who works at the support desk: invite, list, shut out
    #[command(subcommand)]
    Staff(StaffCommand),
    /// What was done at the support desk: list, verify, export
    #[command(subcommand)]
    Audit(AuditCommand),
    /// How each part of the service is, and what members read of it
    #[command(subcommand)]
    Status(StatusCommand),
    /// What members ask of the support desk: list, show, close
    #[command(subcommand)]
    Case(CaseCommand),
    /// Put a record right, by two officers: list, show, propose, decide
    #[command(subcommand)]
    Correction(CorrectionCommand),
    /// Print the programmes' dated rules, and where each comes from
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Applications that members may sign in to
    #[command(subcommand)]
    Client(ClientCommand),
    /// Keys that tokens are signed with
    #[command(subcommand)]
    Key(KeyCommand),
    /// Check a signed statement, and the keys of statements
    #[command(subcommand)]
    Statement(StatementCommand),
    /// Print, check and explain settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Make a filter of leaked passwords
    #[command(subcommand)]
    PasswordFilter(PasswordFilterCommand),
    /// Print what a shell needs to complete words
    Completions(CompletionsArgs),
    /// Print the version
    Version,
}

const AFTER_HELP: &str = "\
Exit codes:
  0    done, or already so
  1    ran, but the answer is no or a part was refused
  2    wrong use or wrong settings
  3    not reachable or timed out, safe to retry
  4    not allowed
  130  interrupted

Any setting can be given as PAYUNG_SECTION__KEY; `payung config sample` lists them.";

/// Flags that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
struct Everywhere {
    /// Settings file [default: payung.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE", env = "PAYUNG_CONFIG")]
    config: Option<PathBuf>,
    /// Set one setting, before all other places: --set listen.member=127.0.0.1:8080
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Print one JSON object; failures as well, on stderr
    #[arg(long, global = true)]
    json: bool,
    /// Print results and failures only
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Log more; twice for everything
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    /// Show no progress
    #[arg(long, global = true)]
    no_progress: bool,
    /// When to use colours: auto, always or never
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    color: Colour,
    /// Language of what is said [default: by LANG]
    #[arg(
        long,
        global = true,
        value_name = "LANG",
        value_parser = PossibleValuesParser::new(["id", "en"])
            .map(|tag| Language::tagged(&tag).unwrap_or_default())
    )]
    lang: Option<Language>,
}

fn main() -> ExitCode {
    let surroundings = Surroundings::of_this_process();
    let matches = CommandLine::command().try_get_matches();
    match matches.and_then(|matches| CommandLine::from_arg_matches(&matches)) {
        Ok(line) => {
            let report = Report::new(line.everywhere.wishes(), &surroundings);
            let exit = run(line, &surroundings, &report);
            exit.unwrap_or_else(|failure| report.failure(&failure)).into()
        }
        // The line could not be read, so the wish for JSON has to be looked for by hand.
        Err(said) => {
            let json = std::env::args_os().any(|word| word == "--json");
            Report::new(Wishes { json, ..Wishes::default() }, &surroundings).usage(&said).into()
        }
    }
}

fn run(
    CommandLine { everywhere, command }: CommandLine,
    surroundings: &Surroundings,
    report: &Report,
) -> Result<Exit, Failure> {
    let values = || everywhere.values(surroundings);
    match command {
        Command::Demo(args) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(demo::run(args, &ServiceManager::of(surroundings), report))
        }
        Command::DemoDevice(args) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(device::run(&args, report))
        }
        Command::Serve => {
            let values = values()?;
            let logs = Logs::of(&values);
            report.start_logs(logs.as_json, everywhere.level(logs.level));
            waiting(serve::run(&values, surroundings, report))
        }
        Command::Migrate(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            let database = Database::of(&values()?).map_err(Failure::settings)?;
            waiting(migrate::run(command, &database, report))
        }
        Command::Notice(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(notice::run(command, values, report))
        }
        Command::Import(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(import::run(command, values, report))
        }
        Command::Ledger(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(ledger::run(command, values, report))
        }
        Command::Member(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(member::run(command, values, report))
        }
        Command::Staff(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(staff::run(command, &values()?, report))
        }
        Command::Audit(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(audit::run(command, values, report))
        }
        Command::Status(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(status::run(command, values, report))
        }
        Command::Case(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(case::run(command, &values()?, report))
        }
        Command::Correction(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(correction::run(command, values, report))
        }
        Command::Rules(command) => rules::run(command, report),
        Command::Client(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            let database = Database::of(&values()?).map_err(Failure::settings)?;
            waiting(client::run(command, &database, report))
        }
        Command::Key(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(key::run(command, &values()?, report))
        }
        Command::Statement(command) => {
            report.start_logs(false, everywhere.level(Level::WARN));
            waiting(statement::run(command, values, report))
        }
        Command::Config(ConfigCommand::Sample) => Ok(config::print_sample(report)),
        Command::Config(ConfigCommand::Show(args)) => Ok(config::show(args, &values()?, report)),
        Command::Config(ConfigCommand::Check) => config::check(&values()?, report),
        Command::Config(ConfigCommand::Explain(args)) => config::explain(&args, &values()?, report),
        Command::PasswordFilter(PasswordFilterCommand::Build(args)) => {
            password_filter::build(&args, report)
        }
        Command::Completions(args) => {
            Ok(completions::run(args, &mut CommandLine::command(), report))
        }
        Command::Version => Ok(version::run(report)),
    }
}

impl Everywhere {
    fn wishes(&self) -> Wishes {
        Wishes {
            json: self.json,
            quiet: self.quiet,
            no_progress: self.no_progress,
            colour: self.color,
            language: self.lang,
        }
    }

    fn values(&self, surroundings: &Surroundings) -> Result<Values, Failure> {
        let beside = Path::new("payung.toml");
        let file = self.config.as_deref().or_else(|| beside.exists().then_some(beside));
        Values::read(file, surroundings, &self.set).map_err(Failure::settings)
    }

    fn level(&self, otherwise: Level) -> Level {
        match self.verbose {
            0 => otherwise,
            1 => Level::DEBUG,
            _ => Level::TRACE,
        }
    }
}

/// Runs what waits for the network and for timers.
fn waiting(work: impl Future<Output = Result<Exit, Failure>>) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        Failure::new(
            Exit::NotAllowed,
            "threads",
            said!("threads cannot be started", "utas tidak dapat dijalankan"),
            said!("look at the limits of this user", "periksa batas pengguna ini"),
        )
        .because(&error)
    })?;
    runtime.block_on(work)
}
