# Accounts, signing in, invitations and help.
person-name = Name
person-email = E-mail
person-email-hint = The address to sign in with
person-password = Password
person-old-password = Present password
person-new-password = New password
person-password-again = New password, once more
person-password-hint = 12 to 128 characters of any kind; a sentence will do. Not mainly a common password, a name, the e-mail address or the firm.
person-password-differs = The two passwords differ
person-password-wrong = The password is not right
person-consultancy = Consultancy
person-cancel = Cancel
password-short = The password needs at least 12 characters; there are { $length }
password-long = The password may have at most 128 characters; there are { $length }
password-common = This password is mainly common words, runs or repeats, and easily guessed. Choose another, such as a few unrelated words
password-context = This password is mainly names of people, firms or this portal, and easily guessed. Choose another
password-same = The new password must differ from the present one
times-zone = Times are Beijing time (UTC+8).

sign-in = Sign in
sign-in-refused = The e-mail address or the password is not right, or the account is suspended
sign-in-wait-seconds = Too many attempts. Wait { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
} before the next one.
sign-in-wait-minutes = Too many attempts. Wait { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} before the next one.
sign-in-expired = Your session has expired. What you entered is kept; sign in to go on.
sign-in-ended = You have signed out
sign-in-no-password = No password yet? Open the invitation link that you were given. Forgotten it? Ask an administrator to start a reset.
sign-out-words = What this browser keeps of the portal is cleared as well.

set-up = Set up
set-up-words = Make the first account. It looks after all accounts and belongs to the consultancy.
set-up-consultancy-hint = The consultancy that uses this portal
set-up-button = Make the account and sign in
set-up-done = The portal is set up

invitation = Accept invitation
invitation-new-words = Choose a password to sign in. From then on you sign in with this address and password.
invitation-known-words = There is an account with this address. Enter its password to accept the invitation.
invitation-password-hint = The password of your present account
invitation-by = Invited by
invitation-engagement = Engagement
invitation-roles = Roles
invitation-button = Accept invitation
invitation-accepted = You have accepted the invitation
invitation-there-already = Your account is another person of this engagement already. Ask who invited you to merge the two and invite you again

reset = Reset password
reset-words = Choose a new password. You will be signed out on every other device.
reset-button = Set new password
reset-done = The new password is set

link-dead = This link no longer works
link-dead-words = It may have been used, have expired, have been replaced by a newer one, or be incomplete. If you have a password, sign in; otherwise ask who gave you the link for a new one.
link-made = One-time link made
link-label = Link
link-until = Works until (Beijing time)
link-copy = Copy link
link-copied = Copied
link-once = The link is shown on this page only and is not kept. Hand it to the person in a way you trust, and to nobody else.
link-back = Back to accounts

home-nothing = No engagement of yours yet
home-nothing-words = You are not a member of any engagement, or your access has ended. Ask the consultant or the management representative of the engagement.

language-chinese = 中文
language-english = English
profile-language = Language
profile-theme = Appearance
theme-system = As the system
theme-light = Light
theme-dark = Dark
profile-shortcuts = Use single-key shortcuts
profile-shortcuts-hint = They do nothing while you type in a field.
profile-button = Save profile
profile-saved = Profile saved
password-change = Change password
password-change-words = You will be signed out on every other device.
password-changed = Password changed
sessions = Where you are signed in
sessions-words = At most five sessions at once. A session ends after 30 minutes without use, and 12 hours after it began.
sessions-caption = { $count ->
    [one] { $count } session
   *[other] { $count } sessions
}
sessions-device = Device
sessions-unknown-device = Unknown device
sessions-started = Signed in
sessions-seen = Last used
sessions-act = Action
sessions-this = This device
session-end = End session
session-end-words = That device has to sign in again.
session-ended = The session has ended

accounts-caption = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
accounts-words = Administrators look after accounts. They see no engagement's content and can neither see nor set a password.
accounts-since = Since
accounts-seen = Last used
accounts-state = State
account-invited-state = Invited
account-active-state = Active
account-suspended-state = Suspended
account-invite = Invite consultant
account-invite-again = Invite again
account-invite-words = Makes a one-time link, which you hand to the person. Consultants can open clients and engagements.
account-invited-words = Hand the link to the person, who chooses a password with it or accepts with an account that is there already.
account-is-suspended = This account is suspended; reinstate it first
account-is-staff = The account with this address already belongs to the consultancy
account-is-invited = This account has not accepted its invitation, so there is no password to reset. Invite again.
account-suspend = Suspend account
account-suspend-words = Every session of this person ends at once, and they cannot sign in. Records stay as they are; you can reinstate the account.
account-suspended = Account suspended
account-reinstate = Reinstate account
account-reinstate-words = The person can sign in again with their password.
account-reinstated = Account reinstated
account-reset = Start password reset
account-reset-words = Makes a one-time link that works for 30 minutes, which you hand to the person. Until it is used, password and sessions stay as they are.
account-reset-made = Hand the link to the person, who chooses a new password with it.
account-end-sessions = End all sessions
account-end-sessions-words = The person has to sign in again on every device. The password stays.
account-sessions-ended = All sessions have ended
account-last-administrator = This is the last administrator who can act, and cannot be suspended. Nothing was changed.

help-words = The portal leads an organisation from the first step to the ISO/IEC 20000 certificate. Every state on a page is computed from evidence; none can be ticked.
help-journey = The four stages
help-journey-prepare = 1.1 Prepare: training, organisation, diagnosis, design, documents, trial run
help-journey-audit = 1.2 Audit and operate: internal audit, management review, formal operation
help-journey-ready = 1.3 Get ready: pre-audit, certification body, application pack
help-journey-certify = 1.4 Certify and maintain: certification audit, maintenance and improvement
help-readiness = How readiness is judged
help-readiness-words = You may apply once all four conditions are met. Each shows its rule, its facts and the arithmetic of its dates.
help-condition-legal = Condition 1, legal status: the documents are valid
help-condition-operation = Condition 2, three months of operation: the system has run for three months since it was put into force, and records prove it
help-condition-audit = Condition 3, audit and review: at least one internal audit is complete and a management review followed it
help-condition-penalty = Condition 4, no administrative penalty: none during operation, and none in the year before the system was established
help-readiness-evidence = Dates follow from the rules by the calendar; those marked as planned depend on a plan that is not done yet. Where a fact is missing, the page says which.
help-readiness-gate = When all four are met, one person recommends and another declares readiness. If a condition fails later, the declaration is suspended by itself.
help-readiness-self = Readiness is a self-assessment; the certification body decides.
help-roles = Roles
help-consultant = Opens clients and engagements, leads the whole journey, may recommend the declaration
help-top-management = Decides, approves policy and documents, chairs the management review, may declare readiness
help-mgmt-rep = Builds, runs and keeps the system, looks after members and access, may recommend or declare readiness
help-working-body = Organises and coordinates across departments, records operation
help-document-team = Keeps the document list, numbers, editions and distribution
help-department-head = Answers for the department's documents, people and actions
help-process-owner = Answers for a process, its records and its indicators
help-internal-auditor = Audits, records findings and verifies actions; never audits own work
help-staff = Reads and signs the documents that apply to them, takes part in training
help-external-reader = Reads what is opened, until a given day
help-administrator = Looks after accounts and sees no engagement's content
help-keys = Keyboard shortcuts
help-keys-words = Single-key shortcuts can be turned off in the profile; they do nothing while you type in a field.
help-key = Keys
help-key-does = What it does
help-key-readiness = Opens readiness
help-key-help = Opens the help
help-key-escape = Closes a menu or dialog
