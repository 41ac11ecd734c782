# Why a file is not taken.
file-empty = 文件“{ $name }”是空的，请选择有内容的文件
file-too-large = 文件“{ $name }”超过 { $limit } MB，请压缩或拆分后再上传
file-kind = 不能上传“{ $name }”：只接受 pdf、png、jpg、docx、xlsx、csv、txt 文件
file-old-office = 不能上传“{ $name }”：旧版 Office 格式。请另存为 docx、xlsx 或 pdf 后再上传
file-encrypted = 不能上传“{ $name }”：文件有密码保护。请去掉密码后再上传
file-macros = 不能上传“{ $name }”：文件含有宏。请另存为不含宏的 docx 或 xlsx 后再上传
file-mismatch = 不能上传“{ $name }”：文件内容与扩展名不符
file-broken = 不能上传“{ $name }”：文件已损坏或不完整。请重新保存后再上传
file-attached = 不能上传“{ $name }”：文件里附带了其他内容。请重新导出后再上传
file-too-much-inside = 不能上传“{ $name }”：解压后的内容太大或太多。请拆分后再上传
file-not-text = 不能上传“{ $name }”：文本不是 UTF-8 编码，或含有控制字符。请另存为 UTF-8 后再上传
