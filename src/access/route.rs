//! Routes are data: the router, the fence tests, the navigation and the page of permissions read the same table.

use super::Permission;
use crate::app::App;
use axum::{
    http::Method,
    routing::{MethodRouter, get, on},
};

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// Anybody.
    Public,
    /// Anybody who is signed in.
    SignedIn,
    /// Those who look after the installation.
    Administrator,
    /// Staff of a consultancy.
    ConsultancyStaff,
    /// Members of the engagement with this permission.
    Member(Permission),
}

/// The largest body of a form without files, in bytes: a field of 10 MB still gets its sentence, not a cut connection.
pub const FORM_BYTES: usize = 24 * 1024 * 1024;
/// The largest body of a form with files, in bytes.
pub const UPLOAD_BYTES: usize = 64 * 1024 * 1024;

/// One route.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method; GET answers HEAD too.
    pub method: Method,
    /// The path with `{code}` for the engagement and `{id}` for what is in it.
    pub path: &'static str,
    /// Who may use it.
    pub need: Need,
    /// The largest body in bytes.
    pub body: usize,
    /// The event that a success writes; none for reads.
    pub event: Option<&'static str>,
    /// What answers.
    pub handler: MethodRouter<App>,
}

impl Route {
    /// A page.
    pub fn page<H, T>(path: &'static str, need: Need, handler: H) -> Self
    where
        H: axum::handler::Handler<T, App>,
        T: 'static,
    {
        Self { method: Method::GET, path, need, body: 0, event: None, handler: get(handler) }
    }

    /// An act: posts a form and writes an event.
    pub fn act<H, T>(path: &'static str, need: Need, event: &'static str, handler: H) -> Self
    where
        H: axum::handler::Handler<T, App>,
        T: 'static,
    {
        Self { method: Method::POST, path, need, body: FORM_BYTES, event: Some(event), handler: on(axum::routing::MethodFilter::POST, handler) }
    }

    /// The same act, with files.
    #[must_use]
    pub fn with_files(mut self) -> Self {
        self.body = UPLOAD_BYTES;
        self
    }
}
