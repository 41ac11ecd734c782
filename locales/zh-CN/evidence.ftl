# Evidence: the register of files.
evidence-lead = 所有记录引用的文件，按上传先后编号，上传后不能更改或删除。内容相同的文件只登记一次。
evidence-search = 文件名、说明或编号
evidence-filter = 筛选
evidence-drop-filter = ，移除此筛选
evidence-none = 还没有证据。可在这里上传，也可在填写记录时附上文件。
evidence-none-found = 没有符合条件的证据。
evidence-newest = 回到最新
evidence-older = 更早的证据
evidence-upload = 上传证据
evidence-uploading = 正在上传…
evidence-download = 下载文件

evidence-file = 文件
evidence-file-hint = pdf、png、jpg、docx、xlsx、csv、txt，最大 20 MB
evidence-note = 说明
evidence-note-hint = 这份文件证明什么，最多 300 个字符
evidence-may-not-upload = 你没有上传证据的权限
evidence-one-file = 一次只能上传一个文件
evidence-choose-again = 请重新选择文件：上次选择的文件没有保存
evidence-kept = 已上传证据 { $number }。
evidence-was-here = 内容相同的文件已登记为 { $number }，没有重复登记。

evidence-number = 编号
evidence-name = 文件名
evidence-kind = 类型
evidence-size = 大小
evidence-hash = SHA-256
evidence-uploader = 上传人
evidence-uploaded-at = 上传时间
evidence-hash-words = 这串数字由文件内容算出。任何人用通用工具重新计算，结果相同即说明文件未被改动；每次下载前系统都会重新核对。

evidence-uses = 用在哪里
evidence-unused = 还没有记录引用这份文件。
evidence-use-record = 记录
evidence-use-place = 用作
evidence-use-withdrawn = 已撤销
evidence-use-counts = 有效
evidence-place-file = 文件
evidence-place-translation = 译文
evidence-place-status = 状态证明
evidence-place-plan = 审核计划
evidence-place-checklist = 检查表
evidence-place-report = 审核报告
evidence-place-follow-up = 不符合项跟踪记录
evidence-place-agenda = 议程
evidence-place-minutes = 评审报告

evidence-altered = 文件与登记时不一致
evidence-altered-words = “{ $name }”现在的内容与登记时的 SHA-256 不符，可能被改动或损坏，因此不提供下载。
evidence-missing-words = “{ $name }”的内容在存储中找不到，因此不能下载。
evidence-altered-next = 已记入系统日志。请把下面的编号告诉系统管理员，从备份恢复文件；也可以重新上传原文件。
evidence-hash-registered = 登记的 SHA-256
evidence-hash-found = 现在的 SHA-256
