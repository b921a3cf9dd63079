//! What a library file is built for, read from its first bytes: a clear error instead of the loader's obscure one.

use std::env::consts::{ARCH, OS};
use std::io::Read;
use std::path::Path;

/// The platform of a library file, such as `linux-x86_64`; `None` for a file that is not a library, or fits several, or
/// is for a processor that is not known here and may be this machine's.
pub(crate) fn platform_of(path: &Path) -> std::io::Result<Option<String>> {
    let mut head = Vec::new();
    std::fs::File::open(path)?.take(4096).read_to_end(&mut head)?;
    Ok(read(&head, OS, ARCH))
}

/// Reads the first bytes of a file, on a machine of this platform.
fn read(head: &[u8], this_os: &'static str, this_arch: &str) -> Option<String> {
    let u16_at = |at: usize| Some(u16::from_le_bytes(head.get(at..at + 2)?.try_into().ok()?));
    let u32_at = |at: usize| Some(u32::from_le_bytes(head.get(at..at + 4)?.try_into().ok()?));
    let other = || ["x86_64", "aarch64", "x86", "arm"].contains(&this_arch).then_some("another architecture");
    let (os, arch) = if head.starts_with(b"\x7fELF") {
        let arch = match (head.get(4)?, u16_at(18)?) {
            (2, 62) => "x86_64",
            (2, 183) => "aarch64",
            (1, 3) => "x86",
            (1, 40) => "arm",
            _ => other()?,
        };
        // Its header does not say which of the systems with this format it is for.
        (if matches!(this_os, "windows" | "macos") { "linux" } else { this_os }, arch)
    } else if head.starts_with(&[0xcf, 0xfa, 0xed, 0xfe]) {
        let arch = match u32_at(4)? {
            0x0100_0007 => "x86_64",
            0x0100_000c => "aarch64",
            _ => other()?,
        };
        ("macos", arch)
    } else if head.starts_with(b"MZ") {
        let at = usize::try_from(u32_at(0x3c)?).ok()?;
        let arch = match u16_at(at.checked_add(4)?)? {
            0x8664 => "x86_64",
            0xaa64 => "aarch64",
            _ => other()?,
        };
        ("windows", arch)
    } else {
        return None;
    };
    Some(format!("{os}-{arch}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_are_read_from_the_header() {
        let mut elf = vec![0u8; 64];
        elf[..5].copy_from_slice(b"\x7fELF\x02");
        elf[18] = 183;
        let linux = |head: &[u8]| read(head, "linux", "x86_64");
        assert_eq!(linux(&elf).as_deref(), Some("linux-aarch64"));
        assert_eq!(linux(&[0xcf, 0xfa, 0xed, 0xfe, 7, 0, 0, 1]).as_deref(), Some("macos-x86_64"));
        for cut in 0..elf.len() {
            linux(&elf[..cut]);
        }
        assert_eq!(linux(b"not a library"), None);
        let this = platform_of(&std::env::current_exe().unwrap()).unwrap();
        assert_eq!(this, Some(format!("{OS}-{ARCH}")));
    }

    #[test]
    fn what_was_built_for_a_machine_without_a_release_is_not_taken_for_another_s() {
        let mut elf = vec![0u8; 64];
        elf[..5].copy_from_slice(b"\x7fELF\x02");
        elf[18] = 62;
        assert_eq!(read(&elf, "freebsd", "x86_64").as_deref(), Some("freebsd-x86_64"));
        assert_eq!(read(&elf, "macos", "x86_64").as_deref(), Some("linux-x86_64"));
        // RISC-V.
        elf[18] = 243;
        assert_eq!(read(&elf, "linux", "riscv64"), None);
        assert_eq!(read(&elf, "linux", "x86_64").as_deref(), Some("linux-another architecture"));
    }
}
