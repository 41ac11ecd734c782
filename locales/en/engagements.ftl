# Clients and engagements, rules, the register of people, members.

engagements-title = Engagements
engagements-new = New engagement
engagements-new-lead = You become its consultant and lead. Everything but the code can be changed later.
engagements-opening = Opening…
engagements-empty = No engagement yet
engagements-empty-open = Open one for a client: the applicant, the scope, the site and the day of the kick-off.
engagements-empty-wait = Once somebody invites you into an engagement, it is listed here.
engagements-text = Text
engagements-state = State
engagements-any-state = Any state
engagements-filter = Filter
engagements-none-found = No engagement fits
engagements-show-all = Show all
engagements-caption = { $count ->
    [one] 1 engagement
   *[other] { $count } engagements, those that need attention first
}
engagements-client = Client
engagements-code = Code
engagements-stage = Stage
engagements-earliest = Earliest application
engagements-planned = as planned
engagements-roles = Roles
engagements-suspended = Declaration suspended
engagements-not-met = Not met
engagements-unknown = Unknown
engagements-not-yet = Not yet
engagements-met = Met
engagements-declared = Declared ready

engagement-code = Code of the engagement
engagement-code-hint = 2 to 16 capital letters, digits or hyphens, such as HL or HL-2026. It stands in addresses and file names and cannot be changed later.
engagement-code-wrong = The code must be 2 to 16 capital letters, digits or hyphens, and not begin with a hyphen
engagement-code-taken = This code is in use; choose another
engagement-client = Client
engagement-client-hint = Choose a client you have; for a new one leave this empty and enter its name below.
engagement-client-name-zh = Chinese name of a new client
engagement-client-name-en = English name of a new client
engagement-client-missing = Choose a client, or enter the name of a new one
engagement-client-twice = If you choose a client, clear the name of the new one
engagement-applicant-kind = Kind of applicant
engagement-applicant-kind-hint = It decides which legal documents are needed.
engagement-legal-name = Full name of the applicant
engagement-legal-name-hint = Exactly as on its legal document.
engagement-parent-name = Full name of the parent
engagement-parent-name-hint = Only for a branch.
engagement-parent-missing = Enter the full name of the legal entity that the branch belongs to
engagement-parent-only-branch = Only a branch has a parent; clear it, or change the kind to branch
engagement-production-licence = The business needs a production licence
engagement-permits = Codes of required permits
engagement-permits-hint = Small letters, digits and underscores, separated by commas, such as icp, isp.
engagement-permit-wrong = “{ $code }” is no code of a permit: use small letters, digits and underscores
engagement-scope-zh = Scope in Chinese
engagement-scope-hint = Which services, for whom, from where.
engagement-scope-en = Scope in English
engagement-site-name = First site
engagement-site-name-hint = Such as Hangzhou head office. Further sites can be added later.
engagement-site-address = Address of the site
engagement-edition = Edition of the standard
engagement-kick-off = Kick-off
engagement-application-on = Planned application
engagement-application-on-hint = Once entered, readiness is also worked out for this day.
engagement-application-early = The planned application cannot be earlier than the kick-off
engagement-planned-stage2-on = Planned stage 2 audit
engagement-planned-stage2-on-hint = To warn of documents that end before it.
engagement-stage2-early = The stage 2 audit cannot be earlier than the application or the kick-off
engagement-lead = Lead
engagement-lead-hint = A consultant or the management representative.
engagement-facts = Change the facts
engagement-save-facts = Save the facts
engagement-facts-saved = The facts are saved.
engagement-opened = Engagement { $code } is open.
engagement-cancel = Cancel
engagement-saving = Saving…
engagement-home = To sign
engagement-nothing-to-sign = No document waits for your receipt.
engagement-my-data = My data
engagement-my-data-wrong = If something is wrong, tell the management representative.
engagement-people-count = { $count ->
    [one] 1 person
   *[other] { $count } people
}
engagement-department-count = { $count ->
    [one] 1 department
   *[other] { $count } departments
}
engagement-scope-part-count = { $count ->
    [one] 1 site or part
   *[other] { $count } sites or parts
}

applicant-cn-company = Company in mainland China
applicant-cn-foreign-invested = Foreign-invested company in mainland China
applicant-cn-public-institution = Public institution in mainland China
applicant-cn-social-organisation = Social organisation in mainland China
applicant-cn-branch = Branch in mainland China (no legal person)
applicant-overseas = Overseas organisation
applicant-hk-mo-tw = Organisation in Hong Kong, Macao or Taiwan

edition-2005 = ISO/IEC 20000-1:2005
edition-2011 = ISO/IEC 20000-1:2011
edition-2018 = ISO/IEC 20000-1:2018

first-steps = { $count ->
    [one] 1 thing is missing
   *[other] { $count } things are missing
}
first-step-go = Enter
first-step-parent = Name the legal entity that the branch belongs to
first-step-scope = Write the scope in Chinese and English
first-step-scope-part = Enter the sites in the scope
first-step-address = Complete the addresses of the sites
first-step-departments = Enter the departments
first-step-people = Enter or import the people
first-step-mgmt-rep = Give the role of management representative
first-step-top-management = Give the role of top management
first-step-application = Enter the planned day of application

rules-lead = Readiness is judged by these rules. After a change every date is worked out anew at once.
rules-fixed = The periods of 3 months, 1 year, 12 months, 30 days and 7 days are fixed.
rules-unusual = not the default
rules-edit = Change the rules
rules-edit-lead = The first choice of each is the default. A change touches states and dates of the four conditions and is logged.
rules-save = Save the rules
rules-saved = The rules are saved.
rules-month = When 3 months are complete
rules-month-inclusive = On the corresponding day of the third month
rules-month-strict = After the corresponding day, one day later
rules-legal-document = Legal document of a company
rules-legal-document-any-one = Business licence, production licence or equivalent: any one
rules-legal-document-licence-always = Always a business licence, and a production licence where the business needs one
rules-permit = A required permit is missing
rules-permit-block = Condition 1 is not met
rules-permit-warn = A warning only, the condition is not affected
rules-suspension = Interrupted operation
rules-suspension-restart = The 3 months start again
rules-suspension-extend = The days of interruption are added
rules-audit = Internal audit
rules-audit-full = Covers all clauses and departments, major nonconformities closed
rules-audit-literal = One reported audit after the start is enough; gaps only warn
rules-review = Management review before the audit
rules-review-after-audit = Does not count; it must follow the audit
rules-review-supplement = Counts once a supplement with the audit results is approved
rules-penalty-date = Which day of a penalty counts
rules-penalty-date-decision = The day of the decision
rules-penalty-date-violation = The day of the violation
rules-penalty = How long a penalty matters
rules-penalty-fixed = Within the period it is not met, whatever time passes
rules-penalty-rolling = After one year and one day it no longer matters
rules-penalty-scope = Which penalties count
rules-penalty-scope-all = All administrative penalties
rules-penalty-scope-related = Only those related to service or security

register-name = Name
register-name-latin = Latin name
register-name-latin-hint = For English documents, such as Zhou Ning.
register-staff-no = Staff number
register-email = E-mail
register-email-hint = Needed by those who sign in; an invitation is good for this address only.
register-department = Department
register-post = Post
register-is-management = Member of management
register-is-management-hint = The management representative must be one.
register-is-full-time = Full-time officer
register-is-full-time-hint = Works full-time for the system.
register-joined-on = Joined on
register-left-on = Left on
register-enter = Enter a person
register-edit = Change the person
register-save = Save the person
register-entered = { $name } is in the register.
register-saved = The person is saved.
register-email-taken = Somebody in the register has this address
register-staff-no-taken = Somebody in the register has this staff number
register-any = All
register-none-found = Nobody fits
register-empty = No people yet
register-empty-first = Paste them from a spreadsheet, import an XLSX or CSV file, or enter them one by one.
register-caption = { $count ->
    [one] 1 person
   *[other] { $count } people
}
register-pager = Pages
register-page = Page { $number } of { $pages } · { $count ->
    [one] 1 person
   *[other] { $count } people
}
register-page-before = Previous page
register-page-after = Next page
register-withdraw = Take out of the register
register-withdraw-lead = { $name } will no longer be in the register; what is recorded stays.
register-withdraw-leads = This person leads the engagement. Choose another lead first.
register-withdraw-has-roles = { $count ->
    [one] This person still has 1 role. End it first.
   *[other] This person still has { $count } roles. End them first.
}
register-left-before-joined = The last day cannot be earlier than the first
register-withdrawn = The person is no longer in the register.
register-is-withdrawn = This person is no longer in the register.
register-is-lead = leads the engagement
register-account = Account
register-account-active = Can sign in
register-account-invited = Invited; the link is good until { $until }
register-account-expired = The invitation has ended
register-account-none = No account
register-history = History

members-caption = { $count ->
    [one] 1 role
   *[other] { $count } roles
}
members-role = Role
members-since = Given on
members-until = Last day
members-until-hint = The role still counts on this day. An external reader needs one, others may go without.
members-do = Act
members-active = Can sign in
members-over = Ended
members-invited = Invited until { $until }
members-invitation-over = Invitation has ended
members-not-invited = Not invited
members-new = Give a role
members-new-lead = Who has no account gets a one-time invitation link, which you hand over.
members-give = Give a role
members-person = Person
members-person-hint = Only people with an e-mail address are listed.
members-roles = Roles
members-needs-last-day = An external reader needs a last day
members-last-day-passed = The last day cannot be earlier than today
members-own-access = Who only looks after accounts and access cannot give themself a role that sees content
members-no-email = Enter an e-mail address for this person first
members-has-them = This person has these roles already.
members-given = The role is given.
members-end = End the role
members-end-lead = { $name } will no longer be { $role }; the rights end at once.
members-ended = The role has ended.
members-last-manager = This is the last consultant or management representative who can sign in. Give the role to somebody else first.
members-leads = This person leads the engagement. Choose another lead first.
members-invite = Invite again
members-invite-lead = A new invitation link is made for { $name } ({ $email }); the old one ends at once.
members-has-account = This person has an account and needs no invitation.
members-invited-title = Hand over the invitation
members-link-lead = Give the link to { $name }. It is good for { $email } only.
members-link = Invitation link
members-link-copy = Copy the link
members-link-copied = Copied
members-link-once = The link is shown this once, works once and ends at { $until }. If it is lost, invite again.
members-back = Back to members and access

import-people = Import people
import-people-lead = The first row should hold the heads. Known columns: { $heads }. Only the name is needed.
import-people-rows = Pasted rows
import-people-rows-hint = Select the rows with their heads in a spreadsheet, copy them, and paste them here.
import-people-sheet = Or choose a file
import-people-sheet-hint = XLSX or CSV, at most 5 MB and 10,000 rows; only the first sheet is read, and the file is not kept.
import-people-reading = Reading…
import-people-look = Look at the rows
import-people-twice = Paste rows or choose a file, not both
import-people-nothing = Paste rows, or choose a file
import-people-no-heads = No heads were found: one column must be called “Name”
import-people-preview = Check the rows
import-people-counts = { $enters ->
    [one] 1 person is new
   *[other] { $enters } people are new
}, { $changes ->
    [one] 1 is brought up to date
   *[other] { $changes } are brought up to date
}, { $refused ->
    [one] 1 row is left out.
   *[other] { $refused } rows are left out.
}
import-people-nothing-yet = Nothing is saved yet. An empty cell leaves what the register has.
import-people-unknown = Columns that are not known and not imported: { $heads }
import-people-confirmed = Confirm the import
import-people-new-departments = Make the departments that are not known yet
import-people-doubtful = Also enter rows whose name is in the same department already
import-people-take = { $count ->
    [one] Import 1 person
   *[other] Import { $count } people
}
import-people-again = Take another sheet
import-people-download = { $count ->
    [one] Download the row that is left out
   *[other] Download the { $count } rows that are left out
}
import-people-cut = There are { $count } rows; only those that are left out are listed, at most 300.
import-people-caption = { $count ->
    [one] Preview, 1 row
   *[other] Preview, { $count } rows
}
import-people-row = Row
import-people-outcome = Result
import-people-reason = Reason
import-people-management = Management
import-people-full-time = Full-time
import-people-done = { $enters ->
    [one] 1 person entered
   *[other] { $enters } people entered
}, { $changes } brought up to date, { $refused ->
    [one] 1 row left out.
   *[other] { $refused } rows left out.
}
import-people-already = This sheet has been imported already.
import-people-none-good = There is no row that can be imported
import-outcome-enters = New
import-outcome-changes = Brought up to date
import-outcome-doubtful = Perhaps twice
import-outcome-refused = Left out
import-wrong-no-name = There is no name
import-wrong-too-long = { $column } has more than { $most } characters
import-wrong-email = This is no e-mail address
import-wrong-joined = The day they joined is no real date, such as 2026-12-04
import-wrong-neither = { $column } must be yes or no
import-wrong-staff-no-twice = Same staff number as row { $row }
import-wrong-email-twice = Same e-mail as row { $row }
import-wrong-two-persons = Staff number and e-mail belong to two people of the register
import-wrong-department = There is no department “{ $name }”
import-wrong-same-name = Somebody of this name is in this department; for the same person add staff number or e-mail
