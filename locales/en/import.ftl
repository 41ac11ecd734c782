# Sheets that are not taken: what is wrong, and what to do.
sheet-too-large = The sheet is too large: a file may have at most { $limit } MB. Split it.
sheet-too-many-rows = The sheet has too many rows: at most { $most } with the head. Remove empty rows or split it.
sheet-too-many-columns = The sheet has too many columns: at most { $most }. Remove those that are not needed.
sheet-empty = There is nothing in the sheet.
sheet-not-a-sheet = This is not a sheet that can be read. Use an XLSX or CSV file, or copy from a spreadsheet and paste.
sheet-old-or-locked = This is a workbook of the old format or one with a password. Save it as XLSX without a password.
sheet-macros = This workbook has macros and cannot be used. Save it as XLSX without macros.
sheet-bomb = This workbook unpacks to far too much and cannot be used. Keep only the sheet you need and save it as XLSX.
sheet-encoding = The encoding of the text is not known. Save it as “CSV UTF-8” or XLSX.
