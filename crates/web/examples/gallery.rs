//! Writes every page with sample people into a folder, to be looked at in a browser:
//! `cargo run -p payung-web --example gallery -- target/gallery`

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs, io};

use payung_domain::language::Language;
use payung_web::assets;
use payung_web::page::Theme;

#[path = "../tests/site/samples.rs"]
mod samples;

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
