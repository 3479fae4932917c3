//! What members see, tested as a whole: every page, both languages, and what browsers must bear.

mod browser_floor;
mod components;
mod every_page;
mod samples;
