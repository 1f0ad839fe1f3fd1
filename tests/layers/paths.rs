//! Reads the paths in a source file, such as `crate::domain::Time`, from its `use` lines and from its code.

use std::iter::Peekable;

/// A path as it is written, and the module that it is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenPath {
    /// The number of the line.
    pub line: usize,
    /// The names of the inline modules around it, outermost first.
    pub inline_modules: Vec<String>,
    /// Its parts.
    pub parts: Vec<String>,
}

/// All paths of a file. A group in a `use` line gives one path for each of its members.
pub fn paths(source: &str) -> Vec<WrittenPath> {
    let tokens = tokens(source);
    let mut reader = Reader { tokens: &tokens, at: 0, braces: Vec::new(), found: Vec::new() };
    reader.read_file();
    reader.found
}

/// A name or a sign. Comments, texts, characters and lifetimes are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    line: usize,
    text: String,
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    /// The open braces; those of an inline module with its name.
    braces: Vec<Option<String>>,
    found: Vec<WrittenPath>,
}

impl Reader<'_> {
    fn text(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &token.text)
    }

    fn read_file(&mut self) {
        while self.at < self.tokens.len() {
            let (before, here, next) = (self.text(self.at.wrapping_sub(1)), self.text(self.at), self.text(self.at + 1));
            match here {
                "{" => {
                    let name = (self.text(self.at.wrapping_sub(2)) == "mod").then(|| before.to_owned());
                    self.braces.push(name);
                    self.at += 1;
                }
                "}" => {
                    self.braces.pop();
                    self.at += 1;
                }
                // `use<'a>` in a type is no `use` line.
                "use" if next != "<" => {
                    self.at += 1;
                    self.read_tree(Vec::new());
                }
                name if is_name(name) => self.read_path(),
                _ => self.at += 1,
            }
        }
    }

    /// Reads a path in code. A single name is no path.
    fn read_path(&mut self) {
        let line = self.tokens[self.at].line;
        let continues_another = self.text(self.at.wrapping_sub(1)) == "::" && {
            let before = self.text(self.at.wrapping_sub(2));
            is_name(before) || before == ">"
        };
        let mut parts = vec![self.text(self.at).to_owned()];
        self.at += 1;
        while self.text(self.at) == "::" && is_name(self.text(self.at + 1)) {
            parts.push(self.text(self.at + 1).to_owned());
            self.at += 2;
        }
        if parts.len() > 1 && !continues_another {
            self.add(line, parts);
        }
    }

    /// Reads what follows `use`, or a member of a group, after the parts that stand before it.
    fn read_tree(&mut self, mut parts: Vec<String>) {
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        loop {
            match self.text(self.at) {
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(self.at), "}" | "") {
                        self.read_tree(parts.clone());
                        if self.text(self.at) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "as" => self.at += 2,
                "::" => self.at += 1,
                name if is_name(name) => {
                    let is_group_itself = name == "self" && !parts.is_empty();
                    if !is_group_itself {
                        parts.push(name.to_owned());
                    }
                    self.at += 1;
                }
                "*" => self.at += 1,
                // `,`, `}` or `;`
                _ => break,
            }
        }
        self.add(line, parts);
    }

    fn add(&mut self, line: usize, parts: Vec<String>) {
        let inline_modules = self.braces.iter().flatten().cloned().collect();
        self.found.push(WrittenPath { line, inline_modules, parts });
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut characters = source.chars().peekable();
    while let Some(character) = characters.next() {
        let begun = line;
        let text = match (character, characters.peek().copied()) {
            ('\n', _) => {
                line += 1;
                continue;
            }
            ('/', Some('/')) => {
                while characters.next_if(|next| *next != '\n').is_some() {}
                continue;
            }
            ('/', Some('*')) => {
                line += skip_comment(&mut characters);
                continue;
            }
            ('"', _) => {
                line += skip_text(&mut characters);
                continue;
            }
            ('\'', Some(next)) => {
                skip_character_or_lifetime(next, &mut characters);
                continue;
            }
            (':', Some(':')) => {
                characters.next();
                "::".to_owned()
            }
            (first, _) if first.is_alphabetic() || first == '_' => {
                let mut name = String::from(first);
                while let Some(next) = characters.next_if(|next| next.is_alphanumeric() || *next == '_') {
                    name.push(next);
                }
                // `r"…"`, `br#"…"#` and the like. `r#name` is a name.
                if matches!(name.as_str(), "r" | "br" | "cr") && matches!(characters.peek(), Some('"' | '#')) {
                    line += skip_raw_text(&mut characters);
                    continue;
                }
                name
            }
            (sign, _) if sign.is_whitespace() => continue,
            (sign, _) => sign.to_string(),
        };
        tokens.push(Token { line: begun, text });
    }
    tokens
}

/// Skips the rest of a comment, after its first character; comments may stand in comments. Gives the number of line ends in it.
fn skip_comment(characters: &mut Peekable<impl Iterator<Item = char>>) -> usize {
    let (mut depth, mut lines, mut last) = (0, 0, '/');
    for character in characters {
        match (last, character) {
            ('/', '*') => (depth, last) = (depth + 1, ' '),
            ('*', '/') => (depth, last) = (depth - 1, ' '),
            _ => last = character,
        }
        lines += usize::from(character == '\n');
        if depth == 0 {
            break;
        }
    }
    lines
}

/// Skips the rest of a text, after its quotation mark. Gives the number of line ends in it.
fn skip_text(characters: &mut Peekable<impl Iterator<Item = char>>) -> usize {
    let (mut lines, mut is_escaped) = (0, false);
    for character in characters {
        lines += usize::from(character == '\n');
        match character {
            '"' if !is_escaped => break,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    lines
}

/// Skips a raw text, after its letters. Gives the number of line ends in it.
fn skip_raw_text(characters: &mut Peekable<impl Iterator<Item = char>>) -> usize {
    let mut hashes = 0;
    while characters.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    if characters.next_if_eq(&'"').is_none() {
        return 0;
    }
    let (mut lines, mut after_quote) = (0, None);
    for character in characters {
        lines += usize::from(character == '\n');
        after_quote = match (character, after_quote) {
            ('"', _) => Some(0),
            ('#', Some(count)) => Some(count + 1),
            _ => None,
        };
        if after_quote == Some(hashes) {
            break;
        }
    }
    lines
}

/// Skips `'a'`, `'\''` or `'a`, after the quotation mark.
fn skip_character_or_lifetime(first: char, characters: &mut Peekable<impl Iterator<Item = char>>) {
    characters.next();
    if first == '\\' {
        characters.next();
        while characters.next().is_some_and(|character| character != '\'') {}
    } else if characters.next_if_eq(&'\'').is_none() {
        while characters.next_if(|next| next.is_alphanumeric() || *next == '_').is_some() {}
    }
}
