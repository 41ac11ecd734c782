//! The forms of the slice.

use super::policy::{self, Context, Weakness};
use crate::{
    web::form::{Field, Filled, FormSpec, Kind, Secret, needed, optional},
    words::Say,
};

/// A question that is answered by its button alone.
pub(super) static CONFIRM: FormSpec = FormSpec { name: "confirm", fields: &[] };

/// Signing in.
pub(super) static SIGN_IN: FormSpec = FormSpec {
    name: "sign_in",
    fields: &[needed("email", Say::person_email, Kind::Email), needed("password", Say::person_password, Kind::Secret(Secret::Current))],
};

const NEW_PASSWORD: Field = needed("password", Say::person_new_password, Kind::Secret(Secret::New)).hint(Say::person_password_hint);
const ONCE_MORE: Field = needed("password_again", Say::person_password_again, Kind::Secret(Secret::New));

/// Founding the installation.
pub(super) static SET_UP: FormSpec = FormSpec {
    name: "set_up",
    fields: &[
        needed("name", Say::person_name, Kind::Line(100)),
        needed("email", Say::person_email, Kind::Email).hint(Say::person_email_hint),
        needed("consultancy", Say::person_consultancy, Kind::Line(200)).hint(Say::set_up_consultancy_hint),
        NEW_PASSWORD,
        ONCE_MORE,
    ],
};

/// A password for an account that has none, or a new one by a reset link.
pub(super) static CHOOSE_PASSWORD: FormSpec = FormSpec { name: "choose_password", fields: &[NEW_PASSWORD, ONCE_MORE] };

/// The password of an account that is there.
pub(super) static GIVE_PASSWORD: FormSpec =
    FormSpec { name: "give_password", fields: &[needed("password", Say::person_password, Kind::Secret(Secret::Current)).hint(Say::invitation_password_hint)] };

/// A new password in place of the old one.
pub(super) static CHANGE_PASSWORD: FormSpec =
    FormSpec { name: "change_password", fields: &[needed("old_password", Say::person_old_password, Kind::Secret(Secret::Current)), NEW_PASSWORD, ONCE_MORE] };

/// What a person may change about themselves.
pub(super) static PROFILE: FormSpec = FormSpec {
    name: "profile",
    fields: &[
        needed("name", Say::person_name, Kind::Line(100)),
        needed("language", Say::profile_language, Kind::Choice(&[("zh-CN", Say::language_chinese), ("en", Say::language_english)])),
        needed("theme", Say::profile_theme, Kind::Choice(&[("system", Say::theme_system), ("light", Say::theme_light), ("dark", Say::theme_dark)])),
        optional("shortcuts", Say::profile_shortcuts, Kind::Tick).hint(Say::profile_shortcuts_hint),
    ],
};

/// Inviting a consultant.
pub(super) static INVITE: FormSpec = FormSpec {
    name: "invite",
    fields: &[needed("name", Say::person_name, Kind::Line(100)), needed("email", Say::person_email, Kind::Email).hint(Say::person_email_hint)],
};

/// Refuses a new password that is weak or was not typed the same way twice.
pub(super) fn check_new_password(form: &mut Filled, context: Context<'_>) {
    let say = form.say();
    if form.error("password").is_some() {
        return;
    }
    if let Some(weakness) = policy::weakness(form.value("password"), context) {
        form.refuse("password", weakness_words(say, weakness));
    }
    if form.error("password_again").is_none() && form.value("password") != form.value("password_again") {
        form.refuse("password_again", say.person_password_differs());
    }
}

fn weakness_words(say: Say, weakness: Weakness) -> String {
    match weakness {
        Weakness::Short(length) => say.password_short(length),
        Weakness::Long(length) => say.password_long(length),
        Weakness::Common => say.password_common().to_owned(),
        Weakness::Context => say.password_context().to_owned(),
    }
}
