//! What a bot shows on the terminal it was started from: its address as a link and as a QR code.

use std::io::{IsTerminal, Write};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

#[cfg(feature = "native")]
use crate::core::native::lib::Progress;

/// The QR code of `link` in half-block characters, or `None` where the link is too long for one.
pub fn qr_code(link: &str) -> Option<String> {
    // Dark modules are drawn as spaces on a light background, because most terminals are dark.
    let code = QrCode::new(link).ok()?;
    Some(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}

/// Prints the address, with a QR code where the output is a terminal.
pub(crate) fn show_address(name: &str, link: &str) {
    let mut out = std::io::stdout();
    // A closed terminal, or a pipe that nobody reads, must not end the bot.
    let _ = writeln!(out, "{name} is at {link}");
    if out.is_terminal()
        && let Some(code) = qr_code(link)
    {
        let _ = writeln!(out, "{code}");
    }
}

/// Reports the download of the library on standard error: once when it begins, then at each tenth.
#[cfg(feature = "native")]
pub(crate) fn fetching() -> impl FnMut(Progress) + Send + 'static {
    let mut told = None;
    move |progress| {
        let mut out = std::io::stderr();
        let _ = match progress {
            Progress::Downloading { bytes, total: Some(total) } => {
                let tenths = bytes.saturating_mul(10).checked_div(total).unwrap_or_default();
                if told.replace(tenths) == Some(tenths) {
                    return;
                }
                writeln!(out, "fetching libsimplex: {}0 % of {} MiB", tenths, total >> 20)
            }
            Progress::Downloading { total: None, .. } if told.is_none() => {
                told = Some(0);
                writeln!(out, "fetching libsimplex")
            }
            Progress::Retrying { reason } => writeln!(out, "downloading libsimplex failed, trying again: {reason}"),
            Progress::Waiting => writeln!(out, "another process is fetching libsimplex: waiting for it"),
            _ => Ok(()),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_a_code_and_a_novel_has_none() {
        assert!(qr_code("https://smp.example.org/a#key").is_some_and(|code| code.lines().count() > 10));
        assert_eq!(qr_code(&"x".repeat(10_000)), None);
    }
}
