# Evidence: the register of files.
evidence-file = File
evidence-file-hint = pdf, png, jpg, docx, xlsx, csv or txt, at most 20 MB
evidence-note = Note
evidence-note-hint = What this file proves, at most 300 characters
evidence-may-not-upload = You may not upload evidence
evidence-number = Number
evidence-name = File name
evidence-kind = Kind
evidence-size = Size
evidence-hash = SHA-256
