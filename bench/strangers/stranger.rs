//! What a stranger sends.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::watch::Receiver,
};

const MEBIBYTE: usize = 1024 * 1024;

/// A way to send something without valid credentials.
pub struct Stranger {
    pub name: &'static str,
    /// The start of what is sent.
    head: &'static str,
    /// How many bytes follow.
    body: usize,
}

const NEW_JOB: &str = "POST /ovirt-engine/api/jobs HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

/// All ways.
pub const KINDS: [Stranger; 5] = [
    Stranger { name: "a job without credentials", head: NEW_JOB, body: MEBIBYTE },
    Stranger {
        name: "a job with a wrong token",
        head: "POST /ovirt-engine/api/jobs HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer wrong\r\n",
        body: MEBIBYTE,
    },
    Stranger {
        name: "a long log-in",
        head: "POST /ovirt-engine/sso/oauth/token HTTP/1.1\r\nhost: localhost\r\n",
        body: MEBIBYTE,
    },
    Stranger {
        name: "most of a short log-in",
        head: "POST /ovirt-engine/sso/oauth/token HTTP/1.1\r\nhost: localhost\r\ncontent-length: 8192\r\n\r\n",
        body: 8191,
    },
    Stranger { name: "most of a long head", head: "GET / HTTP/1.1\r\nhost: localhost\r\nx-long: ", body: 30 * 1024 },
];

impl Stranger {
    /// Sends it as fast as the server takes it, reads answers, and stays until it is told to leave or the server closes.
    pub async fn run(&self, url: String, mut leave: Receiver<()>) {
        tokio::select! {
            _ = leave.changed() => (),
            _ = self.send(&url) => drop(leave.changed().await),
        }
    }

    async fn send(&self, url: &str) -> std::io::Result<()> {
        let stream = TcpStream::connect(url.trim_start_matches("http://")).await?;
        let (mut reader, mut writer) = stream.into_split();
        let answers = async {
            let mut answer = [0; 1024];
            while reader.read(&mut answer).await? > 0 {}
            std::io::Result::Ok(())
        };
        let request = async {
            writer.write_all(self.head.as_bytes()).await?;
            if self.body == MEBIBYTE {
                writer.write_all(format!("content-length: {MEBIBYTE}\r\n\r\n").as_bytes()).await?;
            }
            let piece = [b'x'; 8 * 1024];
            let mut left = self.body;
            while left > 0 {
                let length = left.min(piece.len());
                writer.write_all(&piece[..length]).await?;
                left -= length;
            }
            std::io::Result::Ok(())
        };
        let (answered, sent) = tokio::join!(answers, request);
        answered.and(sent)
    }
}
