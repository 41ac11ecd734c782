file-hint = PDF、PNG、JPG、DOCX、XLSX、CSV 或 TXT，最大 20 MB。原样保存，不作改动。
one-name-hint = 中文、英文至少填一个。
one-name-needed = 中文、英文至少填写一个
date-not-ahead = 日期不能晚于今天（{ $today }）
date-plan-instead = 已发生的日期不能晚于今天（{ $today }）；还未发生的，请填在“计划”日期里
