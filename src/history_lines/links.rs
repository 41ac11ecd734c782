//! Where the page of a subject is: found in the route table, so that a link never leads to a page that is not there or
//! that the reader may not open.

use crate::access::{Need, Visit};
use std::{collections::HashMap, sync::LazyLock};
use uuid::Uuid;

static PAGES: LazyLock<HashMap<&'static str, Need>> =
    LazyLock::new(|| crate::app::routes().into_iter().filter(|route| route.method == axum::http::Method::GET).map(|route| (route.path, route.need)).collect());

/// The address of a subject's page, or of the list it stands in, as far as the reader may open it.
pub fn of_subject(visit: &Visit, subject_kind: &str, id: Uuid) -> Option<String> {
    let code = &visit.engagement.as_ref()?.code;
    let plural = plural(subject_kind);
    let single = subject_kind.replace('_', "-");
    let opens = |path: &str| PAGES.get(path).is_some_and(|need| matches!(need, Need::Member(permission) if visit.may(*permission)));
    if opens(&format!("/e/{{code}}/{plural}/{{id}}")) {
        return Some(format!("/e/{code}/{plural}/{id}"));
    }
    [plural, single].into_iter().find(|name| opens(&format!("/e/{{code}}/{name}"))).map(|name| format!("/e/{code}/{name}"))
}

/// The plural of a subject as addresses write it.
fn plural(subject_kind: &str) -> String {
    let kind = subject_kind.replace('_', "-");
    match kind.as_str() {
        "person" => "people".to_owned(),
        "membership" | "member" | "invitation" => "members".to_owned(),
        "evidence" | "operation" => kind,
        "ready-declaration" | "recommendation" | "condition-proof" => "gate".to_owned(),
        _ => match kind.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None if kind.ends_with("ch") => format!("{kind}es"),
            None => format!("{kind}s"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plurals() {
        let wanted =
            [("penalty", "penalties"), ("credit_search", "credit-searches"), ("audit_area", "audit-areas"), ("person", "people"), ("evidence", "evidence")];
        for (kind, address) in wanted {
            assert_eq!(plural(kind), address);
        }
    }
}
