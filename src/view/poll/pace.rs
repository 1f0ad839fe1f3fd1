//! How often the page refreshes.

/// How often the page refreshes, as the admin chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pace {
    /// Often while a job runs; less often while none runs, or while the page is hidden.
    #[default]
    Auto,
    /// Every so many seconds.
    Every(u32),
    /// Only on request.
    Off,
}

impl Pace {
    /// All choices.
    pub const ALL: [Self; 6] =
        [Self::Auto, Self::Every(5), Self::Every(10), Self::Every(30), Self::Every(60), Self::Off];
}
