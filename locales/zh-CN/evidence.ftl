# Evidence: the register of files.
evidence-file = 文件
evidence-file-hint = pdf、png、jpg、docx、xlsx、csv、txt，最大 20 MB
evidence-note = 说明
evidence-note-hint = 这份文件证明什么，最多 300 个字符
evidence-may-not-upload = 你没有上传证据的权限
evidence-number = 编号
evidence-name = 文件名
evidence-kind = 类型
evidence-size = 大小
evidence-hash = SHA-256
