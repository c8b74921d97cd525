//! Closed lists: an enum whose every value has a name, as files and the command line have it.

/// Declares such an enum: each value with its name, or with its name and another text, as `enum Stage: meaning` says.
macro_rules! named {
    ($(#[$meta:meta])* $visible:vis enum $type:ident { $($(#[$about:meta])* $value:ident = $name:literal,)* }) => {
        $(#[$meta])*
        $visible enum $type { $($(#[$about])* $value,)* }

        // Not every list uses all of it.
        #[allow(dead_code)]
        impl $type {
            /// Every value by its name, in their order.
            pub const NAMES: [(&'static str, Self); [$($name),*].len()] = [$(($name, Self::$value)),*];
            /// Every value, in their order.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$value),*];

            pub fn name(self) -> &'static str {
                match self { $(Self::$value => $name,)* }
            }

            /// `None` where no value has this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.name() == name)
            }
        }
    };
    ($(#[$meta:meta])* $visible:vis enum $type:ident: $other:ident {
        $($(#[$about:meta])* $value:ident = $name:literal: $text:literal,)*
    }) => {
        crate::named::named! { $(#[$meta])* $visible enum $type { $($(#[$about])* $value = $name,)* } }

        impl $type {
            /// The other text of the value, for readers.
            pub fn $other(self) -> &'static str {
                match self { $(Self::$value => $text,)* }
            }
        }
    };
}

pub(crate) use named;
