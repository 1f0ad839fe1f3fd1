//! Writes lines on a thread of its own, and tells how many were lost.

use std::{
    io::{self, ErrorKind, Write},
    sync::{Arc, OnceLock},
};

use serde_json::Value;
use tracing_appender::non_blocking::{ErrorCounter, NonBlocking, NonBlockingBuilder, WorkerGuard};

use super::line::Format;

/// A queue of lines for that writer. A line is lost when `waiting` others wait.
pub(super) fn queue<W>(to: W, format: Format, waiting: usize) -> (NonBlocking, WorkerGuard)
where
    W: Write + Send + 'static,
{
    let dropped = Arc::<OnceLock<ErrorCounter>>::default();
    let output = Output { to, format, dropped: Arc::clone(&dropped), unwritten: 0, told: 0, torn: false };
    let (lines, guard) =
        NonBlockingBuilder::default().lossy(true).buffered_lines_limit(waiting).thread_name("log").finish(output);
    // It was empty before.
    drop(dropped.set(lines.error_counter()));
    (lines, guard)
}

/// The thread's end of the queue.
struct Output<W> {
    to: W,
    format: Format,
    /// How many lines found the queue full.
    dropped: Arc<OnceLock<ErrorCounter>>,
    /// How many lines could not be written.
    unwritten: usize,
    /// How many lost lines the log has told of.
    told: usize,
    /// Whether the last line was written in part.
    torn: bool,
}

impl<W: Write> Output<W> {
    fn lost(&self) -> usize {
        self.dropped.get().map_or(0, ErrorCounter::dropped_lines).saturating_add(self.unwritten)
    }

    fn tell_lost(&mut self) {
        let lost = self.lost();
        let more = Value::from(lost.saturating_sub(self.told));
        if lost > self.told
            && self.put(self.format.line("WARN", "the log lost lines", ("lines", &more)).as_bytes()).is_ok()
        {
            self.told = lost;
        }
    }

    /// Writes a whole line.
    fn put(&mut self, line: &[u8]) -> io::Result<()> {
        if self.torn {
            self.to.write_all(b"\n")?;
            self.torn = false;
        }
        let mut rest = line;
        while !rest.is_empty() {
            match self.to.write(rest) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => (),
                Err(error) => return Err(error),
            }
            self.torn = !rest.is_empty();
        }
        Ok(())
    }
}

/// The queue writes one line at a time. It does not fail: the queue's thread would print its error.
impl<W: Write> Write for Output<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.tell_lost();
        if self.put(line).is_err() {
            self.unwritten = self.unwritten.saturating_add(1);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        drop(self.to.flush());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Mutex,
        mpsc::{Receiver, Sender, channel},
    };

    use super::*;

    /// A writer that gets its results from a test, and keeps what it has written.
    struct Scripted {
        results: Receiver<io::Result<usize>>,
        asked: Sender<()>,
        written: Arc<Mutex<Vec<u8>>>,
    }

    impl Write for Scripted {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.asked.send(()).unwrap();
            let length = self.results.recv().unwrap_or(Ok(usize::MAX))?.min(bytes.len());
            self.written.lock().unwrap().extend(&bytes[..length]);
            Ok(length)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Writes lines, lets the writer go on as `results` say, and returns what was written in the end.
    fn written(waiting: usize, lines: usize, results: Vec<io::Result<usize>>) -> String {
        let (result, script) = channel();
        let (asked, was_asked) = channel();
        let written = Arc::<Mutex<Vec<u8>>>::default();
        let writer = Scripted { results: script, asked, written: Arc::clone(&written) };
        let (mut queue, guard) = queue(writer, Format::Json, waiting);
        queue.write_all(b"line 0\n").unwrap();
        // From now on the thread waits, and takes nothing out of the queue.
        was_asked.recv().unwrap();
        for number in 1..lines {
            queue.write_all(format!("line {number}\n").as_bytes()).unwrap();
        }
        for next in results {
            result.send(next).unwrap();
        }
        drop(result);
        drop(guard);
        String::from_utf8(written.lock().unwrap().clone()).unwrap()
    }

    fn lost(line: &str) -> Value {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&line["level"], &line["message"]), (&"WARN".into(), &"the log lost lines".into()));
        line["lines"].clone()
    }

    #[test]
    fn lines_that_nobody_reads_are_lost_and_counted() {
        let log = written(3, 10, Vec::new());
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!((lines[0], lost(lines[1])), ("line 0", 6.into()), "{log}");
        assert_eq!(lines[2..], ["line 1", "line 2", "line 3"]);
    }

    #[test]
    fn lines_that_cannot_be_written_are_lost_and_counted() {
        let full = || Err(io::Error::from(ErrorKind::StorageFull));
        // Line 0 in part; then the word about it and line 1, neither of which fits.
        let log = written(5, 4, vec![Ok(4), full(), full(), full()]);
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!((lines[0], lost(lines[1])), ("line", 2.into()), "{log}");
        assert_eq!(lines[2..], ["line 2", "line 3"]);
    }

    #[test]
    fn a_line_may_be_written_in_pieces() {
        let interrupted = Err(io::Error::from(ErrorKind::Interrupted));
        assert_eq!(written(5, 2, vec![Ok(2), interrupted, Ok(1)]), "line 0\nline 1\n");
    }
}
