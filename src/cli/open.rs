//! `framescope open`

use clap::Args;
use framescope::error::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Open the report of a run in the browser
///
/// Opens `report.html` of an output folder with the browser that `BROWSER` names, or with the one of the system, and
/// prints its path. The page needs no network.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Open {
    /// The output folder of a run
    #[arg(value_name = "DIR", default_value = "output")]
    folder: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  framescope open
  framescope open tables
  BROWSER=firefox framescope open tables";

impl Open {
    pub fn execute(self) -> Result<()> {
        let page = self.folder.join("report.html");
        if !page.is_file() {
            return Err(Error::Usage(format!(
                "there is no report in `{}`: name the folder that `framescope run -o DIR` wrote, without `--no-report`",
                self.folder.display()
            )));
        }
        let page = page.canonicalize().map_err(Error::io("read", &page))?;
        println!("{}", page.display());
        let Some(mut command) = browser(&page) else {
            return Err(Error::Output("no browser is known here: open the file above, or set BROWSER".into()));
        };
        let program = command.get_program().to_string_lossy().into_owned();
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => {
                Err(Error::Output(format!("`{program}` could not open the report ({status}): open the file above")))
            }
            Err(error) => Err(Error::Output(format!(
                "cannot start `{program}` ({error}): open the file above, or name a browser with BROWSER"
            ))),
        }
    }
}

/// What opens a page: the program that `BROWSER` names, or the system's own.
fn browser(page: &Path) -> Option<Command> {
    let mut command = match std::env::var_os("BROWSER").filter(|name| !name.is_empty()) {
        Some(name) => Command::new(name),
        None if cfg!(target_os = "macos") => Command::new("open"),
        None if cfg!(windows) => {
            let mut command = Command::new("cmd");
            command.args(["/C", "start", ""]);
            command
        }
        None if cfg!(unix) => Command::new("xdg-open"),
        None => return None,
    };
    command.arg(page);
    Some(command)
}
