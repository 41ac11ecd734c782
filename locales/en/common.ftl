file-hint = PDF, PNG, JPG, DOCX, XLSX, CSV or TXT, at most 20 MB. Kept byte for byte.
one-name-hint = Enter at least one of Chinese and English.
one-name-needed = Enter at least one of the two languages
date-not-ahead = The date cannot be later than today ({ $today })
date-plan-instead = A day that has happened cannot be later than today ({ $today }); enter what is still ahead as a planned day
