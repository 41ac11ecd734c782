# The standard: clauses, processes, journey, document set, terms, permissions.
standard-answer = The standard asks for a management system (clauses 3 to 5) and { $processes } processes in { $groups } groups, with proof of { $items } requirements: { $documents } by document, { $records } by record, { $practices } by practice.
standard-own-words = The requirements are written in our own words and are not the standard’s text. The standard is copyrighted; your bought copy decides.
standard-unverified = Not verified
standard-list-semicolon = ;{" "}
standard-clause-with-note = { $clause } ({ $note })
standard-subject = Subject

standard-editions = Editions and rules
standard-engagement-edition = This engagement follows { $edition }.
standard-numbers-2005 = Clause numbers are those of 2005; beside them stand the clauses of your edition on the same subject.
standard-mapped = { $edition } edition: { $clauses }

standard-processes = { $processes } processes in { $groups } groups
standard-process = Process
standard-aim = Aim
standard-clauses = Clauses 3 to 10
standard-clauses-lead = The number of requirements of each clause, those below it included. D needs a controlled document, R needs a record, P is shown by interview and observation.
standard-clause = Clause
standard-item-total = Total
standard-criteria = Management control
standard-criteria-lead = These five are asked of each of the 13 processes: { $count } items.
standard-criterion = Criterion
standard-criterion-text = What it asks
standard-evidence = Usual proof
standard-later-subjects = Subjects of later editions
standard-later-subjects-lead = The 2005 edition has no clause for them.

standard-steps = The journey
standard-steps-answer = From training to keeping the system there are { $phases } phases and { $count } steps, and each leaves proof.
standard-steps-more = See what to do in each step
standard-step = Step
standard-step-content = What to do
standard-step-evidence = What remains as proof

standard-clause-answer = Aim: { $objective }.
standard-clause-counts = { $count ->
    [one] { $count } requirement
   *[other] { $count } requirements
}: { $documents } by document, { $records } by record, { $practices } by practice.
standard-clause-introduction = This clause is an introduction and holds no requirement.
standard-clause-below = Clauses below
standard-items = Requirements
standard-item = No.
standard-kind = Shown by
standard-kind-document = D document
standard-kind-record = R record
standard-kind-practice = P practice
standard-requirement = Requirement
standard-about-process = The process
standard-process-number = Number
standard-group = Group
standard-inputs = Inputs
standard-outputs = Outputs
standard-must-documents = Documents that must exist
standard-must-records = Records that must remain
standard-interfaces = Works with
standard-default-documents = Documents of the default set
standard-controls = Management control C1 to C5
standard-kpis = Key performance indicators
standard-kpis-lead = Targets are starting values; each engagement sets its own. Division by zero counts as no data.
standard-kpi = Indicator
standard-formula = Formula
standard-unit = Unit
standard-direction = Direction
standard-target = Target
standard-period = Period
standard-unit-count = number
standard-unit-hours = hours
standard-unit-per-release = per release
standard-direction-higher = Higher is better
standard-direction-lower = Lower is better
standard-period-month = Monthly
standard-period-quarter = Quarterly
standard-period-year = Yearly
standard-nonconformities = Typical nonconformities
standard-nonconformities-lead = What auditors often find, as a starting point; the grade depends on the case.
standard-nonconformity = What is found
standard-cited = Requirement cited
standard-grade = Usual grade
standard-escalation = When it becomes major
standard-mapping = The same subject in other standards
standard-mapping-lead = The same subject, not the same requirement. Our own summary, without text of the standards.
standard-neighbours = Clauses before and after

standard-documents = Default document set
standard-documents-answer = The default set has { $count } documents in four levels; the { $first } of the first edition cover all { $items } requirements that need a document.
standard-documents-lead = In an engagement the organisation’s prefix comes before the code, as in HL-SM-B07.
standard-level-count = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
standard-document = Document
standard-document-kind = Kind
standard-document-clauses = Clauses served
standard-document-covers = Requirements covered
standard-document-forms = Forms it yields
standard-document-first = First edition
standard-document-manual = Manual
standard-document-procedure = Procedure
standard-document-instruction = Work instruction
standard-document-technical = Technical document
standard-document-management = Management document
standard-document-form = Form or record

standard-glossary = Glossary
standard-glossary-answer = { $count ->
    [one] { $count } term
   *[other] { $count } terms
} in Chinese and English; pages, documents and tables use these words.
standard-glossary-found = { $count ->
    [one] { $count } term contains
   *[other] { $count } terms contain
} “{ $text }”.
standard-glossary-none = No term contains “{ $text }”
standard-glossary-none-words = Try another word, in Chinese or English.
standard-glossary-all = Show all terms
standard-glossary-text = Search words
standard-glossary-filter = Filter terms
standard-term-zh = Chinese
standard-term-en = English
standard-term-key = Key

standard-permissions = Roles and permissions
standard-permissions-answer = Permissions follow the roles in an engagement; with several roles, one that allows it is enough.
standard-permissions-lead = Nobody audits their own work: that is a rule of the checks, not a permission.
standard-your-roles = Your roles in this engagement: { $roles }
standard-permission = Permission
standard-may = Yes
standard-may-not = No
permission-enter-engagement = Enter the engagement
permission-view-engagement = View readiness, registers and evidence
permission-view-history = View the activity log
permission-view-people = View the register of people
permission-edit-engagement = Change the applicant’s facts, scope, dates and rules
permission-edit-people = Enter people and departments
permission-manage-members = Give and end roles, invite
permission-upload-evidence = Upload evidence
permission-edit-documents = Enter documents and issue orders
permission-edit-records = Enter operating records
permission-edit-operation = Enter suspensions and restarts
permission-edit-audits = Enter internal audits and findings
permission-edit-reviews = Enter management reviews
permission-edit-eligibility = Enter legal documents, penalties, declarations and searches
permission-recommend = Recommend declaring readiness
permission-declare = Declare readiness and withdraw it
