//! `framescope completions` and `framescope man`

use super::{Cli, terminal};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use framescope::error::{Error, Result};
use std::path::PathBuf;

/// Print the completion script of a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope completions bash > ~/.local/share/bash-completion/completions/framescope
  framescope completions zsh > ~/.zfunc/_framescope
  framescope completions fish > ~/.config/fish/completions/framescope.fish")]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub fn execute(self) -> Result<()> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "framescope", &mut script);
        let mut out = terminal::Output::new();
        out.write(&script)?;
        out.finish()
    }
}

/// Print the manual page of the program or of a command, or write them all into a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  framescope man | man -l -
  framescope man run | man -l -
  framescope man --dir ~/.local/share/man/man1")]
pub struct Man {
    /// The command whose page is wanted
    command: Option<String>,

    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

impl Man {
    pub fn execute(self) -> Result<()> {
        let mut program = Cli::command().disable_help_subcommand(true);
        program.build();
        if let Some(dir) = &self.dir {
            std::fs::create_dir_all(dir).map_err(Error::io("create the folder", dir))?;
            return clap_mangen::generate_to(program, dir).map_err(Error::io("write in the folder", dir));
        }
        let page = match &self.command {
            None => program,
            Some(name) => match program.find_subcommand(name) {
                Some(command) => command.clone(),
                None => {
                    let names = program.get_subcommands().map(clap::Command::get_name);
                    let help = framescope::error::did_you_mean(name, names);
                    return Err(Error::Usage(format!("there is no command `{name}`; {help}")));
                }
            },
        };
        let mut text = Vec::new();
        clap_mangen::Man::new(page).render(&mut text).map_err(Error::io("write", terminal::STDOUT))?;
        let mut out = terminal::Output::new();
        out.write(&text)?;
        out.finish()
    }
}
