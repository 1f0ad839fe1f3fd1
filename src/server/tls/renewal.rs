//! Takes a renewed certificate while the server runs.
//!
//! The files are looked at every few seconds. That also works on network file systems, and where a folder or a link is
//! replaced, as certbot and Kubernetes do it; a watch on the files would miss some of these.

use std::{convert::Infallible, fs, os::unix::fs::MetadataExt, path::Path, sync::Arc, time::Duration};

use rustls::pki_types::CertificateDer;
use tokio::{
    signal::unix::Signal,
    sync::watch,
    task::spawn_blocking,
    time::{MissedTickBehavior, interval},
};
use tokio_rustls::TlsAcceptor;
use tracing::{info, warn};

use super::{Loaded, TlsFiles, load};
use crate::server::Failure;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(5);

/// The certificate in use. Clones follow its renewal.
#[derive(Debug, Clone)]
pub(in crate::server) struct Certificate(watch::Receiver<Loaded>);

impl Certificate {
    /// For the next handshake.
    pub(in crate::server) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.0.borrow().config))
    }

    /// The server's own certificate, without the intermediate ones.
    pub(in crate::server) fn own(&self) -> CertificateDer<'static> {
        self.0.borrow().own.clone()
    }
}

/// What is known about a file without reading it. Any change of its content, or of a link to it, changes this.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    length: u64,
    modified: (i64, i64),
}

impl Stamp {
    /// `None` if there is no such file.
    fn of(file: &Path) -> Option<Self> {
        let data = fs::metadata(file).ok()?;
        let modified = (data.mtime(), data.mtime_nsec());
        Some(Self { device: data.dev(), inode: data.ino(), length: data.len(), modified })
    }
}

/// The files of a certificate, as they were when they were read.
#[derive(Debug)]
pub(in crate::server) struct Renewal {
    files: TlsFiles,
    seen: [Option<Stamp>; 2],
    current: watch::Sender<Loaded>,
}

impl Renewal {
    /// Reads the files.
    pub(in crate::server) fn of(files: &TlsFiles) -> Result<Self, Failure> {
        // The stamps first: a later change is seen.
        let seen = stamps(files);
        Ok(Self { files: files.clone(), seen, current: watch::Sender::new(load(files)?) })
    }

    /// The certificate in use.
    pub(in crate::server) fn certificate(&self) -> Certificate {
        Certificate(self.current.subscribe())
    }

    /// Reads the files if they have changed since, or in any case. What cannot be used changes nothing: it may be half-written.
    fn look(mut self, in_any_case: bool) -> Self {
        let stamps = stamps(&self.files);
        if in_any_case || stamps != self.seen {
            self.seen = stamps;
            match load(&self.files) {
                Ok(loaded) => {
                    self.current.send_replace(loaded);
                    info!("loaded the certificate again");
                }
                Err(failure) => warn!(text = %failure, "kept the old certificate"),
            }
        }
        self
    }
}

fn stamps(files: &TlsFiles) -> [Option<Stamp>; 2] {
    [&files.certificate, &files.key].map(|file| Stamp::of(file))
}

/// Takes a renewed certificate, by itself and at each SIGHUP.
pub(in crate::server) async fn renew(mut renewal: Option<Renewal>, mut hang_ups: Signal) -> Infallible {
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let asked = tokio::select! {
            _ = look.tick(), if renewal.is_some() => false,
            _ = hang_ups.recv() => true,
        };
        renewal = match renewal {
            // A file system may be slow.
            Some(renewal) => spawn_blocking(move || renewal.look(asked)).await.ok(),
            None => {
                info!("there is no certificate to load again");
                None
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;
    use tokio::signal::unix::{SignalKind, signal};

    use super::{super::tests, *};

    /// With paused time, the test does not wait for the next look.
    #[tokio::test(start_paused = true)]
    async fn a_renewed_certificate_is_taken_by_itself_and_a_bad_one_is_not() {
        let folder = TempDir::new().unwrap();
        let files = tests::files(folder.path());
        let renewal = Renewal::of(&files).unwrap();
        let (certificate, mut changes) = (renewal.certificate(), renewal.current.subscribe());
        let hang_ups = signal(SignalKind::hangup()).unwrap();
        let renewing = tokio::spawn(renew(Some(renewal), hang_ups));
        let first = certificate.own();
        for broken in ["", "no PEM at all"] {
            fs::write(&files.certificate, broken).unwrap();
            tokio::time::sleep(LOOK * 3).await;
            assert_eq!(certificate.own(), first, "{broken}");
        }
        fs::remove_file(&files.certificate).unwrap();
        tokio::time::sleep(LOOK * 3).await;
        assert_eq!(certificate.own(), first, "the file is gone");
        tests::write(&files);
        changes.changed().await.unwrap();
        assert_ne!(certificate.own(), first);
        renewing.abort();
    }
}
