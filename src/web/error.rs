//! What can go wrong with a request. Handlers return these; `app` draws the page in the reader's language.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// Why a request was not answered as asked.
#[derive(Clone, Debug)]
pub enum Error {
    /// Nobody is signed in; the address to come back to.
    SignIn(String),
    /// There is nothing here, or nothing that this person may know of.
    NotFound,
    /// The person is known here and may not do this; who may.
    Forbidden(Vec<crate::access::Role>),
    /// The write came from a foreign page.
    Foreign,
    /// A rule refused, in the reader's words.
    Refused(String),
    /// Somebody else was faster, in the reader's words.
    Conflict(String),
    /// The request is not of a form that we read.
    Malformed,
    /// More was sent than is taken; the limit in bytes.
    TooLarge(usize),
    /// Too many attempts; seconds to wait.
    TooMany(u64),
    /// The database or a queue is not there just now.
    Busy,
    /// Something we did not foresee; logged with its chain, shown as a reference number.
    Internal(Arc<dyn std::error::Error + Send + Sync>),
}

/// What a handler gives back.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An unforeseen error with its cause.
    pub fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Arc::new(error))
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden(_) | Self::Foreign => StatusCode::FORBIDDEN,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Error {
    /// A bare answer that carries the error; the outermost layer of `app` turns it into a page.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => Self::Busy,
            // The server is starting, stopping, out of connections, or ended this statement to protect others.
            sqlx::Error::Database(cause)
                if cause.code().is_some_and(|code| {
                    code.starts_with("57P")
                        || code.starts_with("53")
                        || code.starts_with("08")
                        || matches!(&*code, "57014" | "55P03" | "40001" | "40P01" | "25P03")
                }) =>
            {
                Self::Busy
            }
            _ => Self::internal(error),
        }
    }
}
