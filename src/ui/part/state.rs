//! Signals and memos of one type each, whatever they hold. For each type of value the compiler writes the framework's signals
//! out anew; these hold a box, so that all of them share one copy. What they do is what the framework's own do.

use std::{any::Any, marker::PhantomData};

use leptos::prelude::*;

type Make = Box<dyn Fn(Option<&Compared>) -> Compared + Send + Sync>;
type Held = Box<dyn Any + Send + Sync>;

/// A signal. Copies are handles to the same.
pub struct State<T> {
    signal: RwSignal<Held>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for State<T> {}

impl<T: Send + Sync + 'static> State<T> {
    /// A signal with its first value.
    pub fn new(value: T) -> Self {
        Self { signal: RwSignal::new(Box::new(value)), of: PhantomData }
    }

    /// Reads the value in place. Who reads it is told when it changes.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(seen(&self.signal.read()))
    }

    /// Reads the value in place, this once.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(seen(&self.signal.read_untracked()))
    }

    /// The value. Who reads it is told when it changes.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// The value, this once.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// Is told when the value changes, without reading it.
    pub fn track(self) {
        self.signal.track();
    }

    /// Puts another value in its place, if there is anybody left to read it.
    pub fn set(self, value: T) {
        let _ = self.signal.try_set(Box::new(value));
    }

    /// Changes the value, if there is anybody left to read it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes the value and gives what came of it; nothing, if there is nobody left to read it.
    pub fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut held = self.signal.try_write()?;
        held.downcast_mut().map(change)
    }

    /// Changes the value, and tells nobody.
    pub fn update_untracked(self, change: impl FnOnce(&mut T)) {
        if let Some(mut held) = self.signal.try_write_untracked() {
            held.downcast_mut().map(change);
        }
    }
}

/// A memo: a value made from signals, which tells its readers only if it has really changed.
pub struct Derived<T> {
    memo: Memo<Compared>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T: PartialEq + Send + Sync + 'static> Derived<T> {
    /// Made from what `make` reads; `make` is also given the value before.
    pub fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        let make: Make = Box::new(move |before: Option<&Compared>| {
            let before = before.and_then(|before| before.held.downcast_ref());
            Compared { held: Box::new(make(before)), same: same::<T> }
        });
        Self { memo: Memo::new(make), of: PhantomData }
    }

    /// Reads the value in place. Who reads it is told when it changes.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(seen(&self.memo.read().held))
    }

    /// Reads the value in place, this once.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(seen(&self.memo.read_untracked().held))
    }

    /// The value. Who reads it is told when it changes.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// The value, this once.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// Is told when the value changes, without reading it.
    pub fn track(self) {
        self.memo.track();
    }
}

/// A held value, and how it is compared with another of its type.
struct Compared {
    held: Held,
    same: fn(&Held, &Held) -> bool,
}

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&self.held, &other.held)
    }
}

fn same<T: PartialEq + 'static>(one: &Held, other: &Held) -> bool {
    one.downcast_ref::<T>() == other.downcast_ref::<T>()
}

fn seen<T: 'static>(held: &Held) -> &T {
    match held.downcast_ref() {
        Some(value) => value,
        None => unreachable!("only values of its own type are put in"),
    }
}
