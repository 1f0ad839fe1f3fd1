//! What a press of a key means, on any keyboard. The key's character counts, not its place: on a French keyboard `/` is Shift+`:`.
//!
//! The values are those of the browser (W3C UI Events, `KeyboardEvent`). `tests/keys.rs` has rows of real keyboards.

use super::{grid::Key, watch::Way};

/// Where a key comes from. Only [`Self::Pressed`] is for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// The user has pressed it.
    #[default]
    Pressed,
    /// The user holds it down, and the system repeats it.
    Held,
    /// An input method takes it, to compose a letter of several keys.
    InputMethod,
    /// It is the first half of a letter: a dead key, such as ´ before e.
    Dead,
    /// No key at all: browsers and password managers send events without a key when they fill a form.
    Filled,
}

/// One press of a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyPress {
    /// `KeyboardEvent.key`: the character, or the name of the key.
    pub key: String,
    /// `KeyboardEvent.code`: the key's place, named as on an American keyboard.
    pub code: String,
    /// The keys that are held down with it.
    pub with: Modifiers,
    /// Where it comes from.
    pub origin: Origin,
}

/// The keys that are held down with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key, and any of them may be held down")]
pub struct Modifiers {
    /// Ctrl
    pub ctrl: bool,
    /// Alt, or Option
    pub alt: bool,
    /// Shift
    pub shift: bool,
    /// The key of the system: Windows, Command
    pub meta: bool,
    /// AltGr
    pub alt_graph: bool,
}

/// What a press means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing for the page: it is for the browser, the system or an input method.
    Nothing,
    /// Closes the topmost thing.
    Escape,
    /// Leaves.
    Tab,
    /// Opens the menu of a row.
    Menu,
    /// `/`: to the search.
    Search,
    /// `?`: opens the help.
    Help,
    /// F8 or Shift+F8: to the next or previous failure. No layout types anything with it, and no browser uses it.
    Failure(Way),
    /// A key of the tree. Menus and fields use some of them, too.
    Tree(Key),
    /// Any other character.
    Character(char),
}

impl KeyPress {
    /// From `key`, `isComposing`, `keyCode` and `repeat` of an event. A browser may end a composition with an Enter that has the code
    /// of input methods only (229).
    pub fn origin_of(key: Option<&str>, is_composing: bool, key_code: u32, is_repeated: bool) -> Origin {
        match key {
            None => Origin::Filled,
            Some("Dead") => Origin::Dead,
            Some("Process" | "Unidentified") => Origin::InputMethod,
            Some(_) if is_composing || key_code == INPUT_METHOD => Origin::InputMethod,
            Some(_) if is_repeated => Origin::Held,
            Some(_) => Origin::Pressed,
        }
    }

    /// Whether the page must not see it: it is not for the page, or it is held down and would do again what was done.
    pub fn is_withheld(&self) -> bool {
        match self.origin {
            Origin::Pressed => false,
            Origin::Held => self.is_once(),
            Origin::InputMethod | Origin::Dead | Origin::Filled => true,
        }
    }

    /// Whether the browser must not see it, either: a button that has the focus is pressed again by each repeated Enter.
    pub fn is_stopped(&self) -> bool {
        self.origin == Origin::Held && self.is_once()
    }

    /// Keys that do or close something do it once, however long they are held down. Shift+Enter begins a line.
    fn is_once(&self) -> bool {
        self.key == "Escape" || (self.key == "Enter" && !self.with.shift)
    }

    /// What it means.
    pub fn meaning(&self) -> Meaning {
        if self.is_withheld() || self.with.meta {
            return Meaning::Nothing;
        }
        match self.character() {
            Some(character) => self.meaning_of(character),
            None if self.with.alt => Meaning::Nothing,
            None => self.meaning_of_name(),
        }
    }

    fn meaning_of(&self, character: char) -> Meaning {
        match character {
            '/' | '／' => Meaning::Search,
            '?' | '؟' | '？' => Meaning::Help,
            '*' | '＊' => Meaning::Tree(Key::Star),
            ' ' | '\u{3000}' => Meaning::Tree(Key::Space),
            // Many keyboards have letters of another script in its place, and no `/` at all.
            _ if self.code == "Slash" && !character.is_ascii() => {
                if self.with.shift {
                    Meaning::Help
                } else {
                    Meaning::Search
                }
            }
            _ => Meaning::Character(character),
        }
    }

    fn meaning_of_name(&self) -> Meaning {
        let key = match (self.key.as_str(), self.with.ctrl) {
            ("Escape", false) => return Meaning::Escape,
            ("Tab", false) => return Meaning::Tab,
            ("ContextMenu", _) => return Meaning::Menu,
            ("F10", false) if self.with.shift => return Meaning::Menu,
            ("F8", false) if self.with.shift => return Meaning::Failure(Way::Previous),
            ("F8", false) => return Meaning::Failure(Way::Next),
            ("ArrowRight", false) => Key::Right,
            ("ArrowLeft", false) => Key::Left,
            ("ArrowDown", false) => Key::Down,
            ("ArrowUp", false) => Key::Up,
            ("Home", false) => Key::Home,
            ("End", false) => Key::End,
            ("Home", true) => Key::CtrlHome,
            ("End", true) => Key::CtrlEnd,
            ("PageDown", false) => Key::PageDown,
            ("PageUp", false) => Key::PageUp,
            ("Enter", false) => Key::Enter,
            _ => return Meaning::Nothing,
        };
        Meaning::Tree(key)
    }

    /// The character that it types, if it types one. AltGr is a part of the character. Windows may report it as Ctrl+Alt, which are also
    /// the keys of commands, so there it counts only for what has no key of its own.
    pub fn character(&self) -> Option<char> {
        let mut characters = self.key.chars();
        let character = characters.next().filter(|_| characters.next().is_none())?;
        let Modifiers { ctrl, alt, alt_graph, .. } = self.with;
        let is_typed = alt_graph || !(ctrl || alt) || (ctrl && alt && !character.is_ascii_alphanumeric());
        is_typed.then_some(character)
    }
}

/// `KeyboardEvent.keyCode` of a key that an input method takes.
const INPUT_METHOD: u32 = 229;
