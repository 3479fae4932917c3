//! What answers are made of. A shape is written once: what is sent comes of it, and so does what
//! the document of the API says of it.

use jiff::civil::Date;
use payung_domain::language::Language;
use payung_domain::ledger::PostingKind;
use payung_domain::members::{Segment, Sex};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_domain::time::Instant;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

/// Shapes by name, as the document lists them.
pub type Shapes = Map<String, Value>;

/// What can stand in an answer.
pub trait Kind {
    /// Whether a field of this kind may be left out.
    const MAY_BE_LEFT_OUT: bool = false;

    /// Its schema. A shape with a name is added to the others and referred to.
    fn schema(shapes: &mut Shapes) -> Value;

    /// Whether there is nothing to say, so that the field is left out.
    fn is_nothing(&self) -> bool {
        false
    }
}

/// A field of a shape.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it is, in words.
    pub about: &'static str,
    /// Its schema.
    pub schema: Value,
    /// Whether it may be left out.
    pub may_be_left_out: bool,
}

/// Writes down a shape with its fields.
pub fn described(about: &str, fields: Vec<Field>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        // A field named like a word of the language is written with a mark in front.
        let name = field.name.trim_start_matches("r#");
        let mut schema = field.schema;
        schema["description"] = json!(field.about.trim());
        properties.insert(name.to_owned(), schema);
        if !field.may_be_left_out {
            required.push(name);
        }
    }
    json!({
        "type": "object",
        "description": about.trim(),
        "properties": properties,
        "required": required,
    })
}

/// Makes a struct whose fields are sent as they are named, and described as they are commented.
macro_rules! shape {
    (
        $(#[doc = $about:literal])+
        $name:ident {
            $($(#[doc = $what:literal])+ $field:ident: $kind:ty,)+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Serialize)]
        pub struct $name {
            $(
                $(#[doc = $what])+
                #[serde(skip_serializing_if = "Kind::is_nothing")]
                pub $field: $kind,
            )+
        }

        impl Kind for $name {
            fn schema(shapes: &mut Shapes) -> Value {
                let fields = vec![$(
                    Field {
                        name: stringify!($field),
                        about: concat!($($what),+),
                        schema: <$kind as Kind>::schema(shapes),
                        may_be_left_out: <$kind as Kind>::MAY_BE_LEFT_OUT,
                    }
                ),+];
                let whole = described(concat!($($about),+), fields);
                shapes.insert(stringify!($name).to_owned(), whole);
                json!({ "$ref": concat!("#/components/schemas/", stringify!($name)) })
            }
        }
    };
}

pub(super) use shape;

/// A month: `2026-07`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMonth(pub Month);

impl Serialize for YearMonth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Kind for YearMonth {
    fn schema(_: &mut Shapes) -> Value {
        let pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$";
        json!({ "type": "string", "pattern": pattern, "examples": ["2026-07"] })
    }
}

/// A moment, to the second: `2026-07-15T03:00:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub Instant);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.rfc3339())
    }
}

impl Kind for Moment {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "format": "date-time" })
    }
}

impl<T: Kind> Kind for Option<T> {
    const MAY_BE_LEFT_OUT: bool = true;

    fn schema(shapes: &mut Shapes) -> Value {
        T::schema(shapes)
    }

    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T: Kind> Kind for Vec<T> {
    fn schema(shapes: &mut Shapes) -> Value {
        json!({ "type": "array", "items": T::schema(shapes) })
    }
}

macro_rules! kinds {
    ($($kind:ty => $schema:expr;)+) => {$(
        impl Kind for $kind {
            fn schema(_: &mut Shapes) -> Value {
                $schema
            }
        }
    )+};
}

kinds! {
    String => json!({ "type": "string" });
    bool => json!({ "type": "boolean" });
    i16 => json!({ "type": "integer" });
    u16 => json!({ "type": "integer" });
    Rupiah => json!({ "type": "integer", "format": "int64" });
    Date => json!({ "type": "string", "format": "date" });
    Language => json!({ "type": "string", "enum": Language::ALL });
    PostingKind => json!({ "type": "string", "enum": PostingKind::ALL });
    Programme => json!({ "type": "string", "enum": Programme::ALL });
    Sex => json!({ "type": "string", "enum": [Sex::Female, Sex::Male] });
    Segment => json!({ "type": "string", "enum": [Segment::WageEarner, Segment::SelfEmployed] });
}
