//! Proofs of access: extractors with private fields, made here only.

use super::{Account, Allows, Seen, Visit};
use crate::{
    app::App,
    database::{Change, OnBehalf, Snapshot, change::Made},
    ids::ConsultancyId,
    web::{Error, Result},
};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use std::{marker::PhantomData, ops::Deref, sync::Arc};

/// Anybody, signed in or not.
#[derive(Clone, Debug)]
pub struct Anyone(Arc<Visit>);

/// Somebody with a living session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    visit: Arc<Visit>,
    account: Account,
}

/// Somebody who looks after the installation.
#[derive(Clone, Debug)]
pub struct AdministratorOnly(SignedIn);

/// Somebody of a consultancy, who may open engagements.
#[derive(Clone, Debug)]
pub struct ConsultancyStaff {
    signed_in: SignedIn,
    consultancy: ConsultancyId,
}

/// A member of the engagement of the address who has the permission `P`.
#[derive(Clone, Debug)]
pub struct Access<P> {
    signed_in: SignedIn,
    seen: Seen,
    permission: PhantomData<P>,
}

fn visit(parts: &Parts) -> Result<Arc<Visit>> {
    parts.extensions.get::<Arc<Visit>>().cloned().ok_or(Error::NotFound)
}

impl Deref for Anyone {
    type Target = Visit;
    fn deref(&self) -> &Visit {
        &self.0
    }
}

impl Deref for SignedIn {
    type Target = Visit;
    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Deref for AdministratorOnly {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl Deref for ConsultancyStaff {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.signed_in
    }
}

impl<P> Deref for Access<P> {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.signed_in
    }
}

impl SignedIn {
    /// Who it is.
    pub fn account(&self) -> &Account {
        &self.account
    }

    fn made(&self, app: &App) -> Made {
        Made { actor: self.visit.actor(), now: self.visit.now, chance: app.chance.clone() }
    }
}

impl ConsultancyStaff {
    /// The consultancy.
    pub fn consultancy(&self) -> ConsultancyId {
        self.consultancy
    }

    /// Reads with the rights of the person, outside any engagement.
    pub async fn snapshot(&self, app: &App) -> Result<Snapshot> {
        Ok(app.database.snapshot(OnBehalf { account: self.account().id, engagement: None, today: self.today() }).await?)
    }

    /// Opens a new engagement: the one change whose engagement does not exist yet.
    pub async fn open(&self, app: &App, engagement: crate::ids::EngagementId) -> Result<Change> {
        let whom = OnBehalf { account: self.account().id, engagement: Some(engagement), today: self.today() };
        Ok(app.database.change(whom, self.made(app)).await?)
    }
}

impl<P> Access<P> {
    /// The engagement as its member sees it.
    pub fn engagement(&self) -> &Seen {
        &self.seen
    }

    fn whom(&self) -> OnBehalf {
        OnBehalf { account: self.signed_in.account.id, engagement: Some(self.seen.id), today: self.signed_in.today() }
    }

    /// Reads with the rights of the person in this engagement.
    pub async fn snapshot(&self, app: &App) -> Result<Snapshot> {
        Ok(app.database.snapshot(self.whom()).await?)
    }

    /// Opens the door to writing in this engagement.
    pub async fn change(&self, app: &App) -> Result<Change> {
        Ok(app.database.change(self.whom(), self.signed_in.made(app)).await?)
    }

    /// An address within the engagement.
    pub fn path(&self, rest: &str) -> String {
        format!("/e/{}{rest}", self.seen.code)
    }
}

impl FromRequestParts<App> for Anyone {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        visit(parts).map(Self)
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        let visit = visit(parts)?;
        let account = visit.account.clone().ok_or_else(|| {
            let back = parts.uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
            Error::SignIn(back.to_owned())
        })?;
        Ok(Self { visit, account })
    }
}

impl FromRequestParts<App> for AdministratorOnly {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        if signed_in.account.is_administrator { Ok(Self(signed_in)) } else { Err(Error::NotFound) }
    }
}

impl FromRequestParts<App> for ConsultancyStaff {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        let consultancy = signed_in.account.consultancy.ok_or(Error::NotFound)?;
        Ok(Self { signed_in, consultancy })
    }
}

impl<P: Allows> FromRequestParts<App> for Access<P> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        let seen = signed_in.engagement.clone().ok_or(Error::NotFound)?;
        if !seen.may(P::PERMISSION) {
            return Err(Error::Forbidden(P::PERMISSION.roles().to_vec()));
        }
        Ok(Self { signed_in, seen, permission: PhantomData })
    }
}

/// The last typed id of the path; what cannot be one is not found.
#[derive(Clone, Copy, Debug)]
pub struct At<T>(pub T);

impl<T: std::str::FromStr + Send> FromRequestParts<App> for At<T> {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Error::NotFound)?;
        let last = params.iter().filter(|(name, _)| *name != "code").last().map(|(_, value)| value.to_owned());
        last.and_then(|text| text.parse().ok()).map(Self).ok_or(Error::NotFound)
    }
}
