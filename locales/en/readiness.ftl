# The answer (ux.md section 4, A).
ready-met = You may apply for certification (since { $day }).
ready-not-yet-calendar = You cannot apply yet. By the calendar, { $day } at the earliest.
ready-not-yet-planned = You cannot apply yet. By plan, { $day } at the earliest.
ready-unknown = This cannot be decided yet: { $count ->
    [one] 1 piece of information is
   *[other] { $count } pieces of information are
} missing.
ready-not-met = You cannot apply: condition { $conditions } is not met, and time alone does not cure it.
ready-tally = Of 4 conditions, { $met } met and { $open } not met so far.
ready-decides = What sets the date: condition { $number } ({ $name }), { $basis }.
ready-decides-state = What decides: condition { $number } ({ $name }).
ready-sum-of-dates = The latest of the dates counts: { $days }, hence { $day }.
ready-sign-date = Date
ready-self-assessment = Readiness is a self-assessment; the certification body decides.
ready-basis-calendar = by the calendar
ready-basis-planned = by plan
ready-as-of = As of
ready-as-of-show = Show
ready-as-of-bad = “{ $text }” is no existing date of the years 1900 to 2200, such as 2026-12-04. What follows is today’s verdict.
ready-past = This is the verdict as of { $day }, read-only: what happened later is not seen.
ready-future = This is a look ahead to { $day }, read-only: if nothing new happens until then.
ready-back-to-today = Back to today
ready-what-if-banner = What-if: what follows is computed with the dates you entered. Nothing is saved.
ready-edition = Edition { $edition }
ready-not-verified = {" "}(not verified)
ready-print = Print
ready-export-facts = Export facts (JSON)
ready-export-verdict = Export verdict (JSON)

# The four gates (B).
ready-gates = The four conditions
ready-condition = Condition { $number }: { $name }
ready-name-legal-status = legal status
ready-name-operation = three months of operation
ready-name-audit-and-review = internal audit and management review
ready-name-no-penalty = no administrative penalty
ready-state-met = Met
ready-state-not-yet = Not yet
ready-state-unknown = Unknown
ready-state-not-met = Not met
ready-since = since { $day }
ready-why = Why
ready-hangs-on = hangs on step { $step }
ready-facts-used = Facts used
ready-fact = Fact
ready-value = What it says
ready-source = Source
ready-warnings = Warnings
ready-missing = Missing
ready-setting = Rule settings: { $settings }
ready-documents-used = System documents: { $count } in force
ready-records-used = Operating records: { $count ->
    [one] 1 process
   *[other] { $count } processes
} with records
ready-months-sum = { $from } + 3 months = { $to }
ready-months-sum-strict = { $from } + 3 months + 1 day = { $to }
ready-months-longer = { $from } + 3 months = { $sum }; extended by a stop or by a process documented later, complete on { $to }
ready-later-sum = audit { $audit }, review { $review }; the later one = { $day }
ready-window-sum = established { $established } − 1 year = { $from }
ready-clear-sum = earliest re-issue { $from } + 3 months = { $to }
ready-latest-sum = latest of the parts = { $day }

# Reasons in one line.
ready-reason-paper = { $paper }, { $term }
ready-term-long = no expiry
ready-term-until = valid until { $day }
ready-term-from = valid from { $day }
ready-term-expired = expired on { $day }
ready-term-revoked = revoked
ready-term-cancelled = cancelled
ready-reason-running = In operation since { $from }; three months complete on { $to }
ready-reason-starting = Planned to start on { $from }; three months complete on { $to }
ready-reason-reviewed = Internal audit done { $audit }, management review done { $review }
ready-reason-audit-due = internal audit { $day } (by plan)
ready-reason-review-due = management review { $day } (by plan)
ready-reason-major-due = major nonconformity { $finding } to be verified by { $day }
ready-reason-minor-due = minor nonconformity { $finding } due { $day }
ready-reason-window = Window { $from } to { $to }: no penalty counts
ready-reason-hit = Penalty by { $authority } on { $day } lies in the window ({ $from } to { $to })
ready-reason-established = First edition planned for { $day }
ready-reason-lacking = Missing: { $what }
ready-reason-more = { $what } and more, { $count } in all
ready-then = ;{" "}

# Next steps (D).
ready-next = What next
ready-next-none = Nothing needs to be done.
ready-next-calendar = Only the calendar can move this: nothing anyone does brings { $day } forward. Useful preparation:
ready-prepare = Useful preparation
ready-open = Open
ready-enter = Enter
ready-correct = Update
ready-overdue = Overdue
ready-by-plan = {" "}(by plan)
ready-step-paper = Enter a valid paper of legal status with its scan
ready-step-licence = Enter the business licence with its scan
ready-step-production-licence = Enter the production licence with its scan
ready-step-parent-licence = Enter the parent’s licence with its scan
ready-step-parent-authorisation = Enter the parent’s authorisation with its scan
ready-step-permit = Obtain and enter the permit: { $what }
ready-step-renew = Enter the renewal or replacement of { $what }
ready-step-document-file = Attach the scan of { $what }
ready-step-document-holder = Check the holder of { $what } against the applicant’s name
ready-step-document-translation = Attach the translation of { $what }
ready-step-registry-extract = Obtain a new registry extract: { $what }
ready-step-items = Have the administrator install the checklist
ready-step-cover = Issue documents for { $count ->
    [one] 1 item
   *[other] { $count } items
} without one
ready-step-scope = Enter the sites in the scope applied for
ready-step-start = Enter the start of operation: { $what }
ready-step-start-plan = Start operation as planned: { $what }
ready-step-order = Enter the issue order of the first edition
ready-step-order-plan = Sign the issue order as planned: { $what }
ready-step-order-file = Attach the signed issue order: { $what }
ready-step-documents-plan = Put { $count ->
    [one] 1 document
   *[other] { $count } documents
} into force as planned
ready-step-records = Enter operating records: { $what }
ready-step-records-month = Enter operating records of the month from { $what }
ready-step-resume = Resume operation and enter the day
ready-step-audit = Plan an internal audit and enter its dates
ready-step-audit-plan = Complete the internal audit and approve its report: { $what }
ready-step-audit-record = Attach the record to the audit: { $what }
ready-step-audit-report = Approve the audit report: { $what }
ready-step-audit-more = Audit what is not covered: { $what }
ready-step-major = Verify the correction of the major nonconformity: { $what }
ready-step-minor = Accept the plan for the minor nonconformity with a due date: { $what }
ready-step-review = Plan a management review and enter its date
ready-step-review-hold = Hold the management review
ready-step-review-again = Hold another management review after the audit report
ready-step-minutes = Approve the minutes of the management review
ready-step-review-record = Attach the record to the management review: { $what }
ready-step-decisions = Give the decisions of the review owners and dates
ready-step-replan = Renew the plan that has passed: { $what }
ready-step-declaration = Sign and enter the declaration of no penalty
ready-step-declaration-renew = Renew the declaration of no penalty (good for 30 days)
ready-step-declaration-file = Attach the signed declaration of no penalty
ready-step-search = Search the credit register and enter the result
ready-step-search-renew = Renew the credit search (good for 30 days)
ready-step-search-file = Attach the result of the credit search
ready-step-penalty-papers = Attach the decision and its revocation: { $what }
ready-step-penalty = Ask the certification body; the system can be issued anew from { $day } at the earliest
ready-step-recommend = Recommend the declaration of readiness
ready-step-declare = Declare readiness
ready-step-apply = Hand the application to the certification body
ready-step-keep-recording = Go on entering operating records of the 13 processes
ready-step-stage2-paper = Renew the paper before the stage 2 audit
ready-step-abnormal = Have the entry of abnormal operation removed
ready-step-before-application = Before the day of application, { $day }: { $step }

# Progress (E).
ready-progress = Progress by stage
ready-progress-items = 1.1 Required items with a document
ready-progress-processes = 1.1 Processes with operating records
ready-progress-clauses = 1.2 Clauses audited
ready-progress-findings = 1.2 Nonconformities settled
ready-progress-reviews = 1.2 Management reviews completed
ready-progress-conditions = 1.3 Conditions met
ready-progress-of = { $done } of { $all }

# What if.
ready-what-if = What if
ready-what-if-lead = What would another date change? Computed only, nothing is saved.
ready-what-if-review = Date of the management review
ready-what-if-verified = Date all nonconformities are settled
ready-what-if-start = Start of operation
ready-what-if-application = Date of application
ready-what-if-try = Compute
ready-what-if-clear = Drop the what-if
ready-what-if-bad = “{ $text }” is no existing date and was not used.
ready-what-if-past = { $label } cannot be earlier than { $day } and was not used.
ready-what-if-was = Without it: { $answer }

# The day of application.
ready-application = Planned day of application: { $day }
ready-application-met = If all plans are carried out by then, all four conditions are met on that day.
ready-application-open = Even if all plans are carried out by then, conditions stay open on that day:
ready-assumed = Assumed to be carried out
ready-assumed-more = and { $count ->
    [one] 1 document
   *[other] { $count } documents
} more

# What facts say.
ready-paper-business-licence = Business licence
ready-paper-legal-person-licence = Legal-person business licence
ready-paper-production-licence = Production licence
ready-paper-equivalent-certificate = Equivalent certificate
ready-paper-legal-person-certificate = Legal-person certificate
ready-paper-registration-certificate = Registration certificate
ready-paper-parent-licence = Parent’s licence
ready-paper-parent-authorisation = Parent’s authorisation
ready-paper-permit = Permit
ready-fact-order = Issue order { $number }
ready-fact-restart = Restart of the clock { $day }
ready-fact-suspension = Suspension from { $day }
ready-fact-document = System document
ready-fact-review = Management review { $day }
ready-fact-declaration = Declaration of no penalty { $day }
ready-fact-search = { $source } { $day }
ready-fact-penalty = { $day } { $authority }
ready-fact-thing = Record
ready-says-started = started on { $day }
ready-says-planned = planned for { $day }
ready-says-issued = issued on { $day }
ready-says-since = since { $day }
ready-says-from-to = { $from } until the day before { $to }
ready-says-reported = report approved on { $day }
ready-says-held = held on { $day }
ready-says-held-approved = held on { $held }, minutes approved on { $approved }
ready-says-verified = verified on { $day }
ready-says-due = due on { $day }
ready-says-open = open, no due date
ready-says-signed = signed on { $day }
ready-says-searched = searched on { $day }
ready-says-decided = decided on { $day }

# Settings of the rules (contract section 10).
ready-rule-months-inclusive = three months complete on the same day number
ready-rule-months-strict = three months complete one day later
ready-rule-papers-any = any one valid paper will do
ready-rule-papers-licence = the business licence is always needed
ready-rule-permit-block = a missing permit blocks
ready-rule-permit-warn = a missing permit only warns
ready-rule-stop-restart = a stop of more than 7 days restarts the clock
ready-rule-stop-extend = a stop of more than 7 days extends the clock
ready-rule-audit-full = audits must cover all, nonconformities settled
ready-rule-audit-literal = one reported audit after the start is enough
ready-rule-review-after = the review must follow the audit report
ready-rule-review-supplement = an earlier review counts once supplemented
ready-rule-date-decision = the day of the decision counts
ready-rule-date-violation = the day of the violation counts
ready-rule-penalty-fixed = a penalty in the window always counts
ready-rule-penalty-rolling = a penalty ages out after a year and a day
ready-rule-scope-all = penalties of every authority count
ready-rule-scope-related = only penalties on service or security count

# The rows of the rules (domain.md section 6), each in one plain sentence.
ready-row-e1-1 = A paper with scan and matching name is valid on this day; its last day still counts.
ready-row-e1-2 = An applicant abroad is proved by its registration certificate; without an expiry date the extract must be at most 12 months old.
ready-row-e1-3 = A foreign-invested company registered in mainland China is judged like any company there.
ready-row-e1-4 = The paper’s last day has passed and nothing follows it.
ready-row-e1-5 = The paper is not valid yet; the condition is met from its first day.
ready-row-e1-6 = A revoked or cancelled paper does not count; one listed as abnormal operation counts with a warning.
ready-row-e1-7 = A branch needs both its parent’s licence and its parent’s authorisation.
ready-row-e1-8 = A public institution or social organisation is proved by its legal-person certificate.
ready-row-e1-9 = The services in scope need a permit, and it must be valid.
ready-row-e1-10 = No paper is entered, or its scan, translation, recent extract or matching holder is missing, so nothing can be said.
ready-row-e1-11 = Met today, but no paper on file reaches the planned stage 2 audit.
ready-row-e2-1 = Documents are complete, three months have run, and every process has records.
ready-row-e2-2 = Operation has started; three months are not complete.
ready-row-e2-3 = Operation is only planned; the planned day is counted from.
ready-row-e2-4 = Without a start, an issue order or the list of required items nothing can be said; a start before the order counts from the order.
ready-row-e2-5 = Required items have no document in force; a process without any document counts three months from its first.
ready-row-e2-6 = A process or a month has no operating records: a warning before three months are up, undecided after.
ready-row-e2-7 = A stop of more than 7 days affects the count, a shorter one does not.
ready-row-e2-8 = Sites started on different days; the latest counts.
ready-row-e2-9 = A second edition does not restart the count; a wider scope, a rebuilt process or a re-established system does.
ready-row-e2-10 = The system follows another edition; it is taken as it is, with a note on the edition.
ready-row-e2-11 = Records lie before the start, or all were entered on one day: say whether they were backfilled.
ready-row-e3-1 = Internal audit and management review are both done and on record.
ready-row-e3-2 = What is still missing has a planned date.
ready-row-e3-3 = There is no internal audit or no management review, and none is planned.
ready-row-e3-4 = An audit before operation does not count; without a start nothing can be said.
ready-row-e3-5 = The audits do not cover every clause, department and site.
ready-row-e3-6 = A major nonconformity must be verified; an open one stands by its due date.
ready-row-e3-7 = A minor nonconformity needs an accepted plan with a due date.
ready-row-e3-8 = An auditor audited the own department; that part counts as not audited.
ready-row-e3-9 = A review before the audit report does not count; under the alternative rule it does once supplemented with the audit results.
ready-row-e3-10 = It was done, but records that must be kept are missing.
ready-row-e3-11 = The latest audit or review is more than 12 months old.
ready-row-e3-12 = A diagnosis, mock audit or pre-audit is no internal audit unless run under the audit procedure after the start.
ready-row-e4-1 = No penalty counts in the window, and declaration and credit search are at most 30 days old.
ready-row-e4-2 = The declaration of no penalty or the credit search is missing, without file or older than 30 days.
ready-row-e4-3 = An administrative penalty in force lies in the window.
ready-row-e4-4 = The penalty lies before the window and does not count.
ready-row-e4-5 = A penalty under appeal still counts; an appeal does not suspend it.
ready-row-e4-6 = A revoked penalty does not count, but both papers must be kept.
ready-row-e4-7 = A changed penalty still counts with its first decision day.
ready-row-e4-8 = Credit repair ends publicity only; the penalty still counts.
ready-row-e4-9 = An order to correct, a late-payment charge or a regulatory talk is no penalty and does not count.
ready-row-e4-10 = The penalty is on an employee, parent or subsidiary: not counted, but noted.
ready-row-e4-11 = The penalty has nothing to do with service or security; it counts by default, not under the alternative rule.
ready-row-e4-12 = A sanction of an applicant abroad by its home authority counts as well.
ready-row-e4-13 = There are several issue orders; the earliest establishment in the scope counts.
ready-row-e4-14 = A penalty in the window does not fade; the system can be re-established, or under the alternative rule it ages out after a year and a day.
ready-row-e4-15 = There is no establishment yet: a planned issue is counted from, without one nothing can be said.
ready-row-e4-16 = A penalty decided after this day is not seen yet and will be judged then.

# Warnings (contract sections 5 to 9).
ready-warn-abnormal-operation = Listed as abnormal operation: { $what }
ready-warn-permit = No valid permit: { $what }
ready-warn-expires-before-stage2 = The paper expires before stage 2
ready-warn-plan-overdue = The planned day has passed without the event: { $what }
ready-warn-edition-2011 = The system follows the 2011 edition, whose certificates have ended
ready-warn-edition-2018 = The system follows the 2018 edition; the checklist keeps the items of 2005
ready-warn-clock-restarted = Counting restarts: { $what }
ready-warn-start-before-issue = The start precedes the issue order and counts from it: { $what }
ready-warn-suspended-now = Operation is suspended now: { $what }
ready-warn-suspended-after-completion = Operation was suspended after three months were complete: { $what }
ready-warn-clock-extended = Counting is extended: { $what }
ready-warn-process-clock = Documented later, counted from the first document: { $what }
ready-warn-records-gap = A process or month is without operating records; fill the gap before three months are up
ready-warn-backfilled = Records lie before the start, or all were entered on one day: were they backfilled?
ready-warn-not-internal-audit = No internal audit under the procedure, does not count: { $what }
ready-warn-audit-early = The audit precedes operation and does not count: { $what }
ready-warn-own-area = An auditor audited the own department; that part does not count: { $what }
ready-warn-open-major = Open major nonconformity: { $what }
ready-warn-open-minor = Minor nonconformity without an accepted plan: { $what }
ready-warn-audit-gap = The audits do not cover the whole scope
ready-warn-review-chair = Not chaired by top management or a delegate in writing, does not count: { $what }
ready-warn-review-early = The review precedes the audit report; hold another: { $what }
ready-warn-review-delegated = Chaired by a delegate in writing: { $what }
ready-warn-review-supplemented = Counts through its supplement with the audit results: { $what }
ready-warn-audit-stale = The latest internal audit is more than 12 months old
ready-warn-review-stale = The latest management review is more than 12 months old
ready-warn-penalty-later = Penalty after this day, to be judged then: { $what }
ready-warn-not-a-penalty = No administrative penalty, not counted: { $what }
ready-warn-penalty-other-party = On another party than the applicant, not counted: { $what }
ready-warn-penalty-outside = Before the window, not counted: { $what }
ready-warn-penalty-revoked = The penalty was revoked and is not counted: { $what }
ready-warn-penalty-unrelated = Not about service or security, not counted under the setting: { $what }
ready-warn-penalty-aged-out = Aged out after a year and a day under the setting: { $what }
ready-warn-appeal-pending = Appeal pending, the penalty still counts: { $what }
ready-warn-violation-date = No day of the violation; the decision’s day is used: { $what }

# What is missing.
ready-lack-legal-document = a paper that proves legal status
ready-lack-business-licence = the business licence
ready-lack-production-licence = the production licence
ready-lack-parent-licence = the parent’s licence
ready-lack-parent-authorisation = the parent’s authorisation
ready-lack-permit = a valid permit: { $what }
ready-lack-document-file = the scan of { $what }
ready-lack-document-holder = a holder that is the applicant: { $what }
ready-lack-document-translation = the translation of { $what }
ready-lack-registry-extract = a registry extract of the last 12 months: { $what }
ready-lack-required-items = the list of required items
ready-lack-uncovered-item = documents in force for the items { $what }
ready-lack-scope = a site in the scope
ready-lack-operation-start = the start of operation: { $what }
ready-lack-operation-start-any = the start of operation
ready-lack-issue-order = an issue order that covers { $what }
ready-lack-issue-order-file = the signed issue order: { $what }
ready-lack-records-process = operating records: { $what }
ready-lack-records-month = operating records of the month from { $what }
ready-lack-audit-record = audit records: { $what }
ready-lack-audit-report = an approved audit report: { $what }
ready-lack-internal-audit = an internal audit
ready-lack-audit-clause = an audit of the clauses { $what }
ready-lack-audit-department = an audit of the departments { $what }
ready-lack-audit-part = an audit of the sites { $what }
ready-lack-review-record = records of the review: { $what }
ready-lack-review-decisions = decisions with owner and date: { $what }
ready-lack-review-minutes = approved minutes: { $what }
ready-lack-management-review = a management review
ready-lack-establishment = the day the system was established (issue order of the first edition)
ready-lack-penalty-papers = both papers of the revoked penalty: { $what }
ready-lack-declaration = a declaration of no penalty
ready-lack-declaration-stale = a declaration of no penalty of the last 30 days
ready-lack-declaration-file = the signed paper: { $what }
ready-lack-credit-search = a credit search
ready-lack-credit-search-stale = a credit search of the last 30 days
ready-lack-credit-search-file = the result of the search: { $what }
ready-and-more = { $what }; { $count } in all
ready-of-audit = { $record } of { $audit }
ready-record-plan = plan
ready-record-checklist = checklist
ready-record-report = report
ready-record-nc-follow-up = follow-up of nonconformities
ready-record-agenda = agenda
ready-record-minutes = minutes
