//! Files.

use crate::json::Js;
use crate::state::{File, FileStatus};

pub(crate) fn put_file(j: &mut Js, f: &File) {
    j.obj().num("fileId", f.id).str("fileName", &f.name).num("fileSize", f.size);
    if let Some(path) = &f.path {
        j.key("fileSource").obj().str("filePath", path);
        if let Some((key, nonce)) = &f.crypto {
            j.key("cryptoArgs").obj().str("fileKey", key).str("fileNonce", nonce).end();
        }
        j.end();
    }
    j.key("fileStatus");
    put_file_status(j, f.status);
    j.str("fileProtocol", "xftp").end();
}

pub(crate) fn put_file_status(j: &mut Js, s: FileStatus) {
    let (tag, progress) = match s {
        FileStatus::SndStored => ("sndStored", None),
        FileStatus::SndTransfer(a, b) => ("sndTransfer", Some(("sndProgress", "sndTotal", a, b))),
        FileStatus::SndComplete => ("sndComplete", None),
        FileStatus::SndCancelled => ("sndCancelled", None),
        FileStatus::RcvInvitation => ("rcvInvitation", None),
        FileStatus::RcvAccepted => ("rcvAccepted", None),
        FileStatus::RcvTransfer(a, b) => ("rcvTransfer", Some(("rcvProgress", "rcvTotal", a, b))),
        FileStatus::RcvComplete => ("rcvComplete", None),
        FileStatus::RcvCancelled => ("rcvCancelled", None),
        FileStatus::RcvError => {
            j.value(r#"{"type":"rcvError","rcvFileError":{"type":"auth"}}"#);
            return;
        }
    };
    j.obj().tag(tag);
    if let Some((done, total, a, b)) = progress {
        j.num(done, a).num(total, b);
    }
    j.end();
}
