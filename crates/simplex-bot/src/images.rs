//! Picture previews: the small copy that people see until the file is received, made to fit into a message.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::error::{LimitError, LimitErrorKind};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};

use crate::draft::Draft;
use crate::types::MsgContent;

/// The maximum length of a preview, as text, in bytes; it leaves a message room for a caption of some 2,000 bytes.
pub const MAX_PREVIEW: usize = 12_000;

/// The longest side of a preview, in pixels.
const LONGEST: u32 = 512;
/// Smaller previews are not tried.
const SHORTEST: u32 = 16;
/// A picture is refused if it takes more memory than this when it is unpacked, or has a longer side.
const MEMORY: u64 = 512 << 20;
const SIDE: u32 = 20_000;
/// The largest file that is read, in bytes.
const FILE: u64 = 64 << 20;
const QUALITY: u8 = 75;

/// Why there is no preview of a picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The file cannot be read.
    #[error("the picture {} cannot be read: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        error: std::io::Error,
    },
    /// It is not a JPEG or PNG, is broken, or is too large to be unpacked.
    #[error("the picture cannot be used: {0}; it has to be a JPEG or PNG")]
    Decode(#[from] image::ImageError),
    /// Its preview cannot be made small enough.
    #[error("the picture has no preview of {MAX_PREVIEW} bytes")]
    TooLarge,
}

/// Makes a preview of a JPEG or PNG, as the `data:` URI that contents and profiles take, at most [`MAX_PREVIEW`] bytes
/// long.
///
/// The picture is turned as its camera was held; what is transparent becomes white. This takes time: in async code, run
/// it on a thread of its own, as [`Draft::picture`] does.
///
/// ```
/// # let mut png = std::io::Cursor::new(Vec::new());
/// # image::RgbImage::new(800, 600).write_to(&mut png, image::ImageFormat::Png)?;
/// # let png = png.into_inner();
/// let preview = simplex_bot::images::preview(&png)?;
/// assert!(preview.starts_with("data:image/jpg;base64,") && preview.len() <= simplex_bot::images::MAX_PREVIEW);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`PictureError`] if it is not such a picture.
pub fn preview(picture: &[u8]) -> Result<String, PictureError> {
    let mut reader =
        ImageReader::new(Cursor::new(picture)).with_guessed_format().map_err(image::ImageError::IoError)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE), Some(SIDE));
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    // The decoder does not count the memory that it fills itself.
    limits.reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    let mut side = LONGEST.min(image.width().max(image.height())).max(1);
    // Shrink once to the largest preview; the smaller ones are made from that.
    if side < image.width().max(image.height()) {
        image = image.thumbnail(side, side);
    }
    image.apply_orientation(orientation);
    let image = DynamicImage::ImageRgb8(on_white(&image));
    loop {
        let small = image.resize(side, side, FilterType::Triangle);
        let mut jpeg = Vec::new();
        small.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, QUALITY))?;
        let uri = format!("data:image/jpg;base64,{}", STANDARD.encode(&jpeg));
        if uri.len() <= MAX_PREVIEW {
            return Ok(uri);
        }
        side = side * 4 / 5;
        if side < SHORTEST {
            return Err(PictureError::TooLarge);
        }
    }
}

fn too_large() -> PictureError {
    image::ImageError::Limits(LimitError::from_kind(LimitErrorKind::InsufficientMemory)).into()
}

/// JPEG has no transparency.
fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let image = image.to_rgba8();
    let mut opaque = RgbImage::new(image.width(), image.height());
    for (to, from) in opaque.pixels_mut().zip(image.pixels()) {
        let [r, g, b, a] = from.0;
        let over = |c: u8| {
            let (c, a) = (u32::from(c), u32::from(a));
            u8::try_from((c * a + 255 * (255 - a)) / 255).unwrap_or(u8::MAX)
        };
        *to = Rgb([over(r), over(g), over(b)]);
    }
    opaque
}

impl Draft {
    /// A picture from a JPEG or PNG file, with its preview. The file is sent as it is, including what a camera wrote
    /// into it about place and time. Needs the feature `images`.
    ///
    /// ```
    /// # use simplex_bot::prelude::*;
    /// async fn show(chat: Chat) -> Outcome {
    ///     chat.send(Draft::picture("./graph.png").await?.captioned("This week")).await
    /// }
    /// # let _: Router = Router::new().command("graph", "", show);
    /// ```
    ///
    /// # Errors
    /// [`PictureError`] if the file cannot be read, is not such a picture, or has more than 64 MiB.
    ///
    /// # Cancel safety
    /// Cancel safe.
    pub async fn picture(path: impl AsRef<Path>) -> Result<Self, PictureError> {
        let path = path.as_ref().to_owned();
        let unread = |error| PictureError::Read { path: path.clone(), error };
        let file = path.clone();
        let make = move || {
            let mut picture = Vec::new();
            // It may be a stranger's, of any size.
            std::fs::File::open(file)?.take(FILE + 1).read_to_end(&mut picture)?;
            Ok(if picture.len() as u64 > FILE { Err(too_large()) } else { preview(&picture) })
        };
        let made = tokio::task::spawn_blocking(make).await;
        let preview = made.unwrap_or_else(|error| Err(std::io::Error::other(error))).map_err(unread)??;
        Ok(Self::new(MsgContent::image("", preview)).with_file(path))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

    use super::*;
    use image::{ImageFormat, Rgba, RgbaImage};

    fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        image.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    fn shown(preview: &str) -> DynamicImage {
        let jpeg = STANDARD.decode(preview.strip_prefix("data:image/jpg;base64,").unwrap()).unwrap();
        image::load_from_memory_with_format(&jpeg, ImageFormat::Jpeg).unwrap()
    }

    #[test]
    fn whatever_the_picture_its_preview_fits() {
        // Noise is the hardest to compress.
        let mut seed = 1_u32;
        let noise = RgbImage::from_fn(1500, 900, |_, _| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Rgb([(seed >> 8) as u8, (seed >> 16) as u8, (seed >> 24) as u8])
        });
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let preview = preview(&file(&noise.clone().into(), format)).unwrap();
            assert!(preview.len() <= MAX_PREVIEW, "{}", preview.len());
            let small = shown(&preview);
            let ratio = f64::from(small.width()) / f64::from(small.height());
            assert!((1.6..1.75).contains(&ratio), "{ratio}");
        }
        let dot = preview(&file(&RgbImage::new(1, 1).into(), ImageFormat::Png)).unwrap();
        assert_eq!((shown(&dot).width(), shown(&dot).height()), (1, 1));
    }

    #[test]
    fn what_is_transparent_is_white() {
        let clear = RgbaImage::from_pixel(64, 64, Rgba([0, 0, 0, 0]));
        let preview = preview(&file(&clear.into(), ImageFormat::Png)).unwrap();
        assert!(shown(&preview).to_rgb8().get_pixel(32, 32).0.iter().all(|c| *c > 250));
    }

    #[test]
    fn what_is_no_picture_or_too_large_a_one_is_an_error() {
        for bytes in [&b""[..], b"hello", b"\x89PNG\r\n\x1a\n broken"] {
            assert!(preview(bytes).is_err());
        }
        // Pictures of a few hundred bytes that claim to be large: by their sides, and by their unpacked size.
        let of_16_bits = DynamicImage::new(1, 1, image::ColorType::Rgba16);
        for (side, small) in [(100_000, RgbImage::new(1, 1).into()), (19_000, of_16_bits)] {
            let mut bomb = file(&small, ImageFormat::Png);
            bomb[16..20].copy_from_slice(&u32::to_be_bytes(side));
            bomb[20..24].copy_from_slice(&u32::to_be_bytes(side));
            let sum = crc(&bomb[12..29]).to_be_bytes();
            bomb[29..33].copy_from_slice(&sum);
            let refused = preview(&bomb);
            assert!(matches!(refused, Err(PictureError::Decode(image::ImageError::Limits(_)))), "{side}: {refused:?}");
        }
    }

    #[tokio::test]
    async fn a_file_that_goes_on_and_on_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dot.png");
        std::fs::write(&path, file(&RgbImage::new(1, 1).into(), ImageFormat::Png)).unwrap();
        assert!(Draft::picture(&path).await.is_ok());
        std::fs::File::options().write(true).open(&path).unwrap().set_len(FILE + 1).unwrap();
        let refused = Draft::picture(&path).await.unwrap_err();
        assert!(matches!(refused, PictureError::Decode(image::ImageError::Limits(_))), "{refused:?}");
    }

    /// The checksum of a PNG chunk.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
        })
    }
}
