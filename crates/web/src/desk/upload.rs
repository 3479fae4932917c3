//! A form with a file, from an officer who is signed in: papers that families bring.

use axum::extract::{FromRequest, FromRequestParts, Request};

use super::caller::{Form, Officer, is_ours};
use crate::form::Fields;
use crate::guest::{Trouble, reference};
use crate::pages::problems::problem::Obstacle;
use crate::upload::read;

/// A form with a file, from an officer.
#[derive(Debug)]
pub struct Upload {
    /// The officer.
    pub officer: Officer,
    /// The fields, which say whether our page gave the form.
    pub form: Form,
    /// The file; none where more came than a file may have.
    pub file: Option<Vec<u8>>,
}

impl<S: Sync> FromRequest<S> for Upload {
    type Rejection = Trouble;

    /// Nobody's file is read before it is known who sends it.
    async fn from_request(request: Request, state: &S) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let officer = Officer::from_request_parts(&mut parts, state).await?;
        let caller = officer.caller.clone();
        if !is_ours(&parts.headers, parts.uri.path(), &caller) {
            let reference = reference(&caller.guest);
            tracing::warn!(reference, "a file from another site was refused at the desk");
            return Err(Trouble::Obstacle(Obstacle::NotAllowed(reference)));
        }
        let (fields, file) = match read(&parts.headers, body).await? {
            Some(read) => (Fields::of(read.fields), Some(read.file)),
            // Nothing of it was read: nothing can be done with it but to say so.
            None => (Fields::default(), None),
        };
        Ok(Self { officer, form: Form::with_a_file(caller, fields), file })
    }
}
