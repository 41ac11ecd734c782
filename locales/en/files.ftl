# Why a file is not taken.
file-empty = The file “{ $name }” is empty; choose one with content
file-too-large = The file “{ $name }” has more than { $limit } MB; compress or split it first
file-kind = “{ $name }” cannot be uploaded: only pdf, png, jpg, docx, xlsx, csv and txt files are taken
file-old-office = “{ $name }” cannot be uploaded: it is in an old Office format. Save it as docx, xlsx or pdf first
file-encrypted = “{ $name }” cannot be uploaded: it is protected by a password. Remove the password first
file-macros = “{ $name }” cannot be uploaded: it contains macros. Save it as docx or xlsx without macros first
file-mismatch = “{ $name }” cannot be uploaded: its content is not what its extension says
file-broken = “{ $name }” cannot be uploaded: it is damaged or incomplete. Save it again first
file-attached = “{ $name }” cannot be uploaded: something else is attached to it. Export it again first
file-too-much-inside = “{ $name }” cannot be uploaded: it unpacks to too much. Split it first
file-not-text = “{ $name }” cannot be uploaded: the text is not UTF-8, or it has control characters. Save it as UTF-8 first
