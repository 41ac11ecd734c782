# Evidence: the register of files.
evidence-lead = Every file that records refer to, numbered as they came. A file is never changed or deleted once it is here; the same content is registered once.
evidence-search = File name, note or number
evidence-filter = Filter
evidence-drop-filter = , remove this filter
evidence-none = There is no evidence yet. Upload it here, or attach files while you enter a record.
evidence-none-found = No evidence fits.
evidence-newest = Back to the newest
evidence-older = Older evidence
evidence-upload = Upload evidence
evidence-uploading = Uploading…
evidence-download = Download file

evidence-file = File
evidence-file-hint = pdf, png, jpg, docx, xlsx, csv or txt, at most 20 MB
evidence-note = Note
evidence-note-hint = What this file proves, at most 300 characters
evidence-may-not-upload = You may not upload evidence
evidence-one-file = Upload one file at a time
evidence-choose-again = Choose the file again: the one you chose was not saved
evidence-kept = Uploaded as evidence { $number }.
evidence-was-here = A file with this content is already registered as { $number }; it was not registered twice.

evidence-number = Number
evidence-name = File name
evidence-kind = Kind
evidence-size = Size
evidence-hash = SHA-256
evidence-uploader = Uploaded by
evidence-uploaded-at = Uploaded at
evidence-hash-words = This number is computed from the content. Anybody can compute it again with common tools: the same result shows that the file is unchanged. It is checked before every download.

evidence-uses = Where it is used
evidence-unused = No record refers to this file yet.
evidence-use-record = Record
evidence-use-place = Used as
evidence-use-withdrawn = Withdrawn
evidence-use-counts = In force
evidence-place-file = File
evidence-place-translation = Translation
evidence-place-status = Proof of status
evidence-place-plan = Audit plan
evidence-place-checklist = Checklist
evidence-place-report = Audit report
evidence-place-follow-up = Follow-up of nonconformities
evidence-place-agenda = Agenda
evidence-place-minutes = Minutes

evidence-altered = The file is not what was registered
evidence-altered-words = The content of “{ $name }” no longer has the SHA-256 that was registered. It may have been altered or damaged, so it cannot be downloaded.
evidence-missing-words = The content of “{ $name }” is not in the store, so it cannot be downloaded.
evidence-altered-next = This was logged. Give the number below to your administrator, who can restore the file from the backup, or upload the original again.
evidence-hash-registered = Registered SHA-256
evidence-hash-found = SHA-256 now
