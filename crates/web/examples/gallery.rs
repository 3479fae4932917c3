//! Writes every page with sample people into a folder, to be looked at in a browser:
//! `cargo run -p payung-web --example gallery -- target/gallery`

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

use payung_domain::language::Language;
use payung_web::assets;
use payung_web::page::Theme;

#[path = "../tests/site/activation_samples.rs"]
mod activation_samples;
#[path = "../tests/site/case_samples.rs"]
mod case_samples;
#[path = "../tests/site/claims_samples.rs"]
mod claims_samples;
#[path = "../tests/site/contacts_samples.rs"]
mod contacts_samples;
#[path = "../tests/site/corrections_samples.rs"]
mod corrections_samples;
#[path = "../tests/site/desk_acts_samples.rs"]
mod desk_acts_samples;
#[path = "../tests/site/desk_recovery_samples.rs"]
mod desk_recovery_samples;
#[path = "../tests/site/desk_samples.rs"]
mod desk_samples;
#[path = "../tests/site/desk_service_samples.rs"]
mod desk_service_samples;
#[path = "../tests/site/device_samples.rs"]
mod device_samples;
#[path = "../tests/site/factor_samples.rs"]
mod factor_samples;
#[path = "../tests/site/heirs_samples.rs"]
mod heirs_samples;
#[path = "../tests/site/password_samples.rs"]
mod password_samples;
#[path = "../tests/site/record_samples.rs"]
mod record_samples;
#[path = "../tests/site/recover_samples.rs"]
mod recover_samples;
#[path = "../tests/site/samples.rs"]
mod samples;
#[path = "../tests/site/statements_samples.rs"]
mod statements_samples;

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).map_or_else(|| PathBuf::from("gallery"), PathBuf::from);
    fs::create_dir_all(folder.join("assets"))?;
    for path in [assets::style_path(), assets::script_path(), assets::icon_path()] {
        if let Some(asset) = assets::find(path) {
            fs::write(folder.join(path.trim_start_matches('/')), asset.body)?;
        }
    }
    let mut index = "<!doctype html><title>Gallery</title><ul>\n".to_owned();
    for language in Language::ALL {
        for theme in Theme::ALL {
            let hostile = samples::hostile(language);
            for sample in samples::all(language, theme).into_iter().chain([hostile]) {
                let name = format!("{}.{}.{}.html", sample.name, language.tag(), theme.name());
                let (size, budget) = (samples::compressed(&sample.html), sample.kind.budget());
                let line =
                    writeln!(index, "<li><a href=\"{name}\">{name}</a> {size} of {budget} bytes");
                line.map_err(io::Error::other)?;
                // Opened from a folder, an address from the root would lead nowhere.
                let html = sample.html.replace("=\"/assets/", "=\"assets/");
                fs::write(folder.join(name), html)?;
            }
        }
    }
    fs::write(folder.join("index.html"), index + "</ul>\n")
}
