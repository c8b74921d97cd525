//! Compression by the outer extension: `.gz` and `.zst`.

use std::io::{BufReader, Read};

use flate2::read::MultiGzDecoder;

use crate::corpus::read::Material;
use crate::error::Error;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Compression {
    #[default]
    Plain,
    Gzip,
    Zstd,
}

/// Bytes from anywhere.
pub(crate) type ByteStream = Box<dyn Read + Send>;

/// Large enough that a decoder's calls into the system do not show.
const BUFFER_BYTES: usize = 1 << 17;

impl Compression {
    /// Takes the extension of a packed file off its name.
    pub fn strip(name: &str) -> (Self, &str) {
        match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() && extension.eq_ignore_ascii_case("gz") => (Self::Gzip, stem),
            Some((stem, extension)) if !stem.is_empty() && extension.eq_ignore_ascii_case("zst") => (Self::Zstd, stem),
            Some(_) | None => (Self::Plain, name),
        }
    }

    /// Unpacks; several packed members in a row are read as one.
    pub fn unpack(self, packed: ByteStream) -> std::io::Result<ByteStream> {
        Ok(match self {
            Self::Plain => packed,
            Self::Gzip => Box::new(MultiGzDecoder::new(BufReader::with_capacity(BUFFER_BYTES, packed))),
            Self::Zstd => Box::new(zstd::Decoder::with_buffer(BufReader::with_capacity(BUFFER_BYTES, packed))?),
        })
    }

    /// What to say when reading fails: the operating system gives a number to its own errors, all others are a decoder's.
    pub fn unreadable(self, material: &Material) -> impl FnOnce(std::io::Error) -> Error {
        move |error| {
            let (name, test) = match self {
                Self::Gzip => ("gzip", "gzip -t"),
                Self::Zstd => ("zstd", "zstd -t"),
                Self::Plain if matches!(material, Material::Member(_)) && error.raw_os_error().is_none() => {
                    let what = format!("it does not unpack: {error}");
                    return Error::input(material.place(0, 0), what, "fetch the archive anew");
                }
                Self::Plain => return Error::io("read", material.path())(error),
            };
            if error.raw_os_error().is_some() {
                return Error::io("read", material.path())(error);
            }
            let help = format!("fetch or pack it anew if `{test}` refuses it too, or name it by what it is");
            Error::input(material.place(0, 0), format!("it does not unpack as {name}: {error}"), help)
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    pub fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    pub fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 1).unwrap()
    }

    fn unpacked(compression: Compression, packed: Vec<u8>) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        compression.unpack(Box::new(Cursor::new(packed)))?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    #[test]
    fn what_was_packed_comes_back_even_in_several_members() {
        let text = b"some text ".repeat(10_000);
        for (compression, pack) in
            [(Compression::Gzip, gzip as fn(&[u8]) -> Vec<u8>), (Compression::Zstd, zstd as fn(&[u8]) -> Vec<u8>)]
        {
            let mut packed = pack(&text[..7]);
            packed.extend(pack(&text[7..]));
            assert_eq!(unpacked(compression, packed).unwrap(), text);
            assert_eq!(unpacked(compression, pack(b"")).unwrap(), b"");
        }
        assert_eq!(unpacked(Compression::Plain, text.clone()).unwrap(), text);
    }

    #[test]
    fn a_cut_or_foreign_file_is_an_error_not_a_short_text() {
        for (compression, pack) in
            [(Compression::Gzip, gzip as fn(&[u8]) -> Vec<u8>), (Compression::Zstd, zstd as fn(&[u8]) -> Vec<u8>)]
        {
            let mut packed = pack(&b"some text ".repeat(1000));
            packed.truncate(packed.len() / 2);
            assert!(unpacked(compression, packed).is_err());
            assert!(unpacked(compression, b"plain text, not packed".to_vec()).is_err());
        }
    }

    #[test]
    fn the_outer_extension_is_taken_off() {
        for (name, compression, stem) in [
            ("a.txt.gz", Compression::Gzip, "a.txt"),
            ("a.TXT.ZST", Compression::Zstd, "a.TXT"),
            ("a.txt", Compression::Plain, "a.txt"),
            (".gz", Compression::Plain, ".gz"),
            ("gz", Compression::Plain, "gz"),
        ] {
            assert_eq!(Compression::strip(name), (compression, stem));
        }
    }
}
