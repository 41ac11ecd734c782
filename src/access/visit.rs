//! A visit: one request, with all that was found out about who makes it.

use super::{Role, permissions::allowed};
use crate::{
    access::Permission,
    clock::civil_day,
    ids::{AccountId, ConsultancyId, EngagementId, PersonId},
    trail::event::Actor,
    web::form::{Filled, FormSpec, Posted},
    words::Say,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Account {
    /// The account.
    pub id: AccountId,
    /// The session, by its public id.
    pub session: Uuid,
    /// When the password was last given, or a one-time link spent.
    pub proved_at: DateTime<Utc>,
    /// The name to show.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Whether single-key shortcuts are on.
    pub shortcuts: bool,
    /// Whether the account looks after the installation.
    pub is_administrator: bool,
    /// The consultancy whose staff it is.
    pub consultancy: Option<ConsultancyId>,
}

/// The engagement of the address, as its member sees it in the frame.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The engagement.
    pub id: EngagementId,
    /// Its code.
    pub code: String,
    /// The number of its colour, 1 to 8.
    pub colour: i16,
    /// The client's name.
    pub name: String,
    /// `2005`, `2011` or `2018`.
    pub edition: String,
    /// Who the account is in the engagement.
    pub person: PersonId,
    /// The roles, at least one.
    pub roles: Vec<Role>,
    /// Last day of access, where there is one.
    pub until: Option<NaiveDate>,
    /// What the strip shows: statuses of the four conditions and the next day that matters.
    pub standing: Option<Standing>,
}

/// The summary that the frame shows.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The day it was computed for.
    pub as_of: NaiveDate,
    /// The overall status.
    pub overall: String,
    /// Status of the four conditions, in order.
    pub statuses: Vec<String>,
    /// State of the gate.
    pub gate: String,
    /// The latest date that is still ahead.
    pub next_on: Option<NaiveDate>,
}

impl Seen {
    /// Whether the member may do something.
    pub fn may(&self, permission: Permission) -> bool {
        allowed(&self.roles, permission)
    }
}

/// One request.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The phrases in the reader's language.
    pub say: Say,
    /// When the request came.
    pub now: DateTime<Utc>,
    /// The path, without the query.
    pub path: String,
    /// The query, without the question mark.
    pub query: String,
    /// The line that the last act left.
    pub flash: Option<String>,
    /// Who is signed in.
    pub account: Option<Account>,
    /// The engagement of the address, if the account is its member.
    pub engagement: Option<Seen>,
    /// What this person had typed on this page when their session ended.
    pub kept: Option<Posted>,
    /// The number under which this request is logged.
    pub reference: String,
    /// The address the request came from.
    pub from: String,
    /// The token under which the session goes on, once the password was proved again (S41).
    pub(super) renewed: Arc<OnceLock<String>>,
}

impl Visit {
    /// Today, in the engagement's calendar.
    pub fn today(&self) -> NaiveDate {
        civil_day(self.now)
    }

    /// Whether the visitor may do something in the engagement of the address.
    pub fn may(&self, permission: Permission) -> bool {
        self.engagement.as_ref().is_some_and(|seen| seen.may(permission))
    }

    /// The answer tells the browser the session's new token; the first of a request counts.
    pub fn renew(&self, token: String) {
        // A request proves the password once; a second token would not be the one in the database.
        self.renewed.set(token).ok();
    }

    /// A form for a page: with what was typed before the session ended, else empty.
    pub fn form(&self, spec: &'static FormSpec) -> Filled {
        self.kept.as_ref().map_or_else(
            || Filled::empty(spec, self.say),
            |posted| {
                let mut form = Filled::posted(spec, self.say, posted);
                form.refuse_all(self.say.form_kept());
                form
            },
        )
    }

    /// The value of a name in the query, decoded.
    pub fn asked(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// Who acts, for the trail.
    pub fn actor(&self) -> Actor {
        Actor {
            account_id: self.account.as_ref().map(|account| account.id.0),
            name: self.account.as_ref().map_or_else(String::new, |account| account.name.clone()),
            roles: self.engagement.as_ref().map_or_else(Vec::new, |seen| seen.roles.iter().map(|role| role.key().to_owned()).collect()),
        }
    }
}
