//! A value on its way into a statement. Every kind may be null, and a null keeps its kind, because
//! PostgreSQL refuses one without.

use jiff::civil::Date;
use payung_domain::ids::{
    AccountId, ActId, CaseId, ChangeId, CheckId, ClaimId, DocumentId, EmployerId, LookId,
    MembershipId, MessageId, PersonId, RecoveryId, StaffId,
};
use payung_domain::keyed::Tag;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::time::Instant;
use uuid::Uuid;

/// One bound value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `bigint`.
    Int(Option<i64>),
    /// `text`.
    Text(Option<String>),
    /// `bytea`.
    Bytes(Option<Vec<u8>>),
    /// `boolean`.
    Bool(Option<bool>),
    /// `uuid`.
    Id(Option<Uuid>),
}

/// Binds what a statement needs, in order: `values![id, now, "sms"]`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::value::Value::from($value)),*] };
}

macro_rules! from {
    ($($type:ty => $kind:ident, $value:ident => $into:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                Self::$kind(Some($into))
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$kind(value.map(|$value| $into))
            }
        }
    )*};
}

from! {
    i64 => Int, value => value;
    u32 => Int, value => i64::from(value);
    u8 => Int, value => i64::from(value);
    Instant => Int, value => value.micros();
    Date => Int, value => i64::from(value.year()) * 10_000 + i64::from(value.month()) * 100 + i64::from(value.day());
    Month => Int, value => value.get();
    Rupiah => Int, value => value.get();
    bool => Bool, value => value;
    String => Text, value => value;
    &str => Text, value => value.to_owned();
    Vec<u8> => Bytes, value => value;
    &[u8] => Bytes, value => value.to_vec();
    Tag => Bytes, value => value.to_vec();
    &Tag => Bytes, value => value.to_vec();
    Uuid => Id, value => value;
    AccountId => Id, value => value.0;
    PersonId => Id, value => value.0;
    MembershipId => Id, value => value.0;
    EmployerId => Id, value => value.0;
    MessageId => Id, value => value.0;
    ChangeId => Id, value => value.0;
    RecoveryId => Id, value => value.0;
    StaffId => Id, value => value.0;
    LookId => Id, value => value.0;
    ActId => Id, value => value.0;
    CheckId => Id, value => value.0;
    CaseId => Id, value => value.0;
    ClaimId => Id, value => value.0;
    DocumentId => Id, value => value.0;
}
