//! Fields: what they hold and how they are drawn.

use crate::words::Say;

/// A phrase of the locale files without arguments.
pub type Phrase = fn(Say) -> &'static str;

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One line of at most this many characters.
    Line(usize),
    /// Several lines of at most this many characters.
    Lines(usize),
    /// An e-mail address.
    Email,
    /// A password; it comes back empty.
    Secret(Secret),
    /// A civil day.
    Date,
    /// A whole number within these bounds.
    Whole(i64, i64),
    /// One of fixed values, each with its phrase; drawn as radio buttons up to four, as a list beyond.
    Choice(&'static [(&'static str, Phrase)]),
    /// One of values that the page knows: departments, people.
    Pick,
    /// Several of values that the page knows.
    PickMany,
    /// Yes or no.
    Tick,
    /// A file; its value is the id of the stored evidence.
    File,
    /// A sheet that is read and not kept.
    Sheet,
}

/// Which password a secret field asks for; the browser's password manager is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    /// The one in use.
    Current,
    /// A new one.
    New,
}

/// One field of a form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in the request and of the column it fills.
    pub name: &'static str,
    /// Words above the field.
    pub label: Phrase,
    /// Words under the label.
    pub hint: Option<Phrase>,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be filled.
    pub required: bool,
}

/// A field that must be filled.
pub const fn needed(name: &'static str, label: Phrase, kind: Kind) -> Field {
    Field { name, label, hint: None, kind, required: true }
}

/// A field that may be left empty.
pub const fn optional(name: &'static str, label: Phrase, kind: Kind) -> Field {
    Field { name, label, hint: None, kind, required: false }
}

impl Field {
    /// The same field with a hint.
    #[must_use]
    pub const fn hint(mut self, hint: Phrase) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// How a field is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Drawn(Kind);

impl Field {
    /// How the template draws it.
    pub const fn drawn(&self) -> Drawn {
        Drawn(self.kind)
    }
}

impl Drawn {
    /// Several inputs under one legend.
    pub const fn is_group(&self) -> bool {
        match self.0 {
            Kind::Choice(fixed) => fixed.len() <= 4,
            Kind::PickMany => true,
            _ => false,
        }
    }

    /// One check box.
    pub const fn is_tick(&self) -> bool {
        matches!(self.0, Kind::Tick)
    }

    /// A text of several lines.
    pub const fn is_area(&self) -> bool {
        matches!(self.0, Kind::Lines(_))
    }

    /// How many lines it shows.
    pub const fn rows(&self) -> usize {
        match self.0 {
            Kind::Lines(most) if most > 5000 => 14,
            _ => 4,
        }
    }

    /// A drop-down list.
    pub const fn is_select(&self) -> bool {
        match self.0 {
            Kind::Choice(fixed) => fixed.len() > 4,
            Kind::Pick => true,
            _ => false,
        }
    }

    /// A file.
    pub const fn is_file(&self) -> bool {
        matches!(self.0, Kind::File | Kind::Sheet)
    }

    /// A password.
    pub const fn is_secret(&self) -> bool {
        matches!(self.0, Kind::Secret(_))
    }

    /// Type of the input element.
    pub const fn input(&self) -> &'static str {
        match self.0 {
            Kind::Email => "email",
            Kind::Date => "date",
            Kind::Choice(_) => "radio",
            Kind::PickMany => "checkbox",
            Kind::Whole(..) => "number",
            _ => "text",
        }
    }

    /// Class for its width.
    pub const fn width(&self) -> &'static str {
        match self.0 {
            Kind::Line(most) if most <= 20 => "w-s",
            Kind::Line(most) if most <= 100 => "w-m",
            _ => "",
        }
    }

    /// What the browser may fill in.
    pub const fn autocomplete(&self) -> &'static str {
        match self.0 {
            Kind::Secret(Secret::Current) => "current-password",
            Kind::Secret(Secret::New) => "new-password",
            Kind::Email => "email",
            _ => "",
        }
    }
}
