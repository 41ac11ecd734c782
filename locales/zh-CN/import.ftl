# Sheets that are not taken: what is wrong, and what to do.
sheet-too-large = 表格太大：文件最多 { $limit } MB。请拆成几份。
sheet-too-many-rows = 表格行数过多：含表头最多 { $most } 行。请删去空行，或拆成几份。
sheet-too-many-columns = 表格列数过多：最多 { $most } 列。请删去多余的列。
sheet-empty = 表格里没有内容。
sheet-not-a-sheet = 这不是能读取的表格。请用 XLSX 或 CSV 文件，或从电子表格中复制后粘贴。
sheet-old-or-locked = 这是旧格式或加了密码的工作簿。请另存为不带密码的 XLSX。
sheet-macros = 这个工作簿带有宏，不能使用。请另存为不带宏的 XLSX。
sheet-bomb = 这个工作簿解压后过大，不能使用。请只保留需要的工作表，另存为 XLSX。
sheet-encoding = 文本编码无法识别。请另存为“CSV UTF-8”或 XLSX。
