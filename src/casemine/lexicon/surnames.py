"""Surnames of one character, for every room that looks for names of persons."""

from __future__ import annotations

# The hundred commonest and some more, general knowledge.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任"
    "卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向"
    "柯左祁耿俞翁庞樊兰殷施洪翟安颜倪牛温芦季鲁章葛伍申尤毕聂焦岳齐梅庄辛管祝涂谷时舒"
    "傅康常赖文易乔丛柳邢路牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位霍隋植甘景薄单包司柏宁阮桂闵"
    "解强柴华车冉房边汤阎"
)
# Those that are words of their own and begin others all the time (强村, 常治, 成网, 包联). Who sees what
# stands around a name (a role before it, a verb of speech after it) may take them; who sees its letters
# alone may not.
ALSO_WORDS = frozenset("康常文易路关盛成游阳席卫查位植甘景薄单包司宁桂解强华车房边")
