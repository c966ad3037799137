#!/usr/bin/env python3
"""Forms in which legal acts are cited, each with the act it means, and near misses that mean none.

    citations.py          print them as CSV: split, language, jurisdiction, kind, number, date, text (a near miss has no
                          jurisdiction; with a "?" the form does not tell it)
    citations.py --check  fail where there are too few, or two alike

A form is a pattern of its language and country with one way of writing the date, the sign of the number and the joiner, in a sentence.
Every act has a number and date of its own, so that no two forms are taken for one act. The same forms are made at every run.
"""
from __future__ import annotations

import csv
import sys
from collections import Counter
from itertools import cycle

LEAST_FORMS, LEAST_MISSES, EACH = 1000, 300, 8

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "uz-Latn": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr".split(),
    "uz-Cyrl": "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр".split(),
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split(),
}
KK_DAY_OF = "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы шілдедегі тамыздағы қыркүйектегі қазандағы қарашадағы желтоқсандағы".split()
DATES = {
    "en": ["{month} {d}, {y}", "{d} {month} {y}", "{dd}.{mm}.{y}"],
    "ru": ["{d} {month} {y} года", "{d} {month} {y} г.", "{dd}.{mm}.{y}", "{dd}.{mm}.{y} г.", "{d}\u00a0{month} {y}\u00a0года"],
    "uz-Latn": ["{y}-yil {d}-{month}dagi", "{y} yil {d} {month}dagi", "{dd}.{mm}.{y} yildagi", "{y}-yil {dd}-{month}dagi"],
    "uz-Cyrl": ["{y} йил {d} {month}даги", "{dd}.{mm}.{y} йилдаги", "{y} йил {d}-{month}даги"],
    "kk": ["{y} жылғы {d} {day_of}"],
}
SIGNS = {"en": ["No. ", "No ", "№ ", "№"], "ru": ["№ ", "№", "№\u00a0", "N "], "kk": ["№ ", "№", "N "], "uz-Latn": [""], "uz-Cyrl": [""]}
JOINERS = ["-", "-", "–", "-", "—"]
TAILS = {"uz-Latn": ["-son", "-sonli", "-son"], "uz-Cyrl": ["-сон", "-сонли", "-сон"]}
FRAMES = {
    "en": ["{}", "The matter is governed by {}.", "As {} provides, fees are waived.", "See {}; other rules apply too."],
    "ru": ["{}", "Вопрос решён так: {}.", "Основание: {}, пункт 2.", "В перечень включены {} и иные решения."],
    "uz-Latn": ["{}", "Asos: {}.", "Ro‘yxatga {} ham kiritilgan.", "Bu haqda {} mavjud."],
    "uz-Cyrl": ["{}", "Асос: {}.", "Рўйхатга {} ҳам киритилган.", "Бу ҳақда {} мавжуд."],
    "kk": ["{}", "Негіз: {}.", "Тізімге {} енгізілді."],
    "ko": ["{}", "근거: {}."],
}

# language, jurisdiction, kind, series, patterns; {s} sign of the number, {j} joiner, {n} number, {t} tail, {when} date
PRESIDENT_EN = ["Presidential {K} {s}{c}{j}{n} dated {when}", "{K} of the President of the Republic of Uzbekistan {s}{c}{j}{n} of {when}",
                "{K} of the President of the Republic of Uzbekistan dated {when} {s}{c}{j}{n}", "Article 4 of Presidential {K} {s}{c}{j}{n} of {when}",
                "{K} {s}{c}{j}{n} of {when}"]
PRESIDENT_RU = ["{K} Президента Республики Узбекистан от {when} {s}{c}{j}{n}", "{K} Президента Республики Узбекистан {s}{c}{j}{n} от {when}",
                "{K} Президента от {when} {s}{c}{j}{n}", "{K} {s}{c}{j}{n} от {when}"]
PRESIDENT_UZL = ["O‘zbekiston Respublikasi Prezidentining {when} {c}{j}{n}{t} {K}", "O'zbekiston Respublikasi Prezidentining {when} {c}{j}{n}{t} {K}",
                 "Prezidentning {when} {c}{j}{n}{t} {K}", "{when} {c}{j}{n}{t} {K}"]
PRESIDENT_UZC = ["Ўзбекистон Республикаси Президентининг {when} {c}{j}{n}{t} {K}", "Президентнинг {when} {c}{j}{n}{t} {K}", "{when} {c}{j}{n}{t} {K}"]
CABINET_UZL = ["O‘zbekiston Respublikasi Vazirlar Mahkamasining {when} {n}{t} {K}", "Vazirlar Mahkamasining {when} {n}{t} {K}"]
CABINET_UZC = ["Ўзбекистон Республикаси Вазирлар Маҳкамасининг {when} {n}{t} {K}", "Вазирлар Маҳкамасининг {when} {n}{t} {K}"]

FAMILIES = [
    ("en", "UZ", "decree", "PF", ["PF", "UP"], ["Decree"], PRESIDENT_EN),
    ("en", "UZ", "resolution", "PQ", ["PQ", "PP"], ["Resolution"], PRESIDENT_EN),
    ("en", "UZ", "resolution", "", [""], ["Resolution"],
     ["{K} {s}{n} of the Cabinet of Ministers of the Republic of Uzbekistan dated {when}", "{K} of the Cabinet of Ministers of Uzbekistan dated {when} {s}{n}"]),
    ("en", "UZ?", "resolution", "", [""], ["Resolution"],
     ["{K} of the Cabinet of Ministers dated {when} {s}{n}", "Cabinet of Ministers {K} {s}{n} of {when}"]),
    ("en", "UZ", "law", "ORQ", ["ZRU", "ORQ"], ["Law"],
     ["{K} of the Republic of Uzbekistan {s}{c}{j}{n} of {when}", "{K} {s}{c}{j}{n} dated {when}", "Article 12 of {K} {s}{c}{j}{n} of {when}"]),
    ("ru", "UZ", "decree", "PF", ["УП"], ["Указ", "Указа", "Указу", "Указом", "Указе"], PRESIDENT_RU),
    ("ru", "UZ", "resolution", "PQ", ["ПП"], ["Постановление", "постановления", "постановлению", "постановлением", "постановлении"], PRESIDENT_RU),
    ("ru", "UZ", "resolution", "", [""], ["Постановление", "постановления", "постановлением", "постановлении"],
     ["{K} Кабинета Министров Республики Узбекистан от {when} {s}{n}", "{K} Кабинета Министров Республики Узбекистан {s}{n} от {when}"]),
    ("ru", "UZ?", "resolution", "", [""], ["Постановление", "постановления"],
     ["{K} Кабинета Министров {s}{n} от {when}", "{K} Кабинета Министров от {when} {s}{n}"]),
    ("ru", "UZ", "law", "ORQ", ["ЗРУ"], ["Закон", "Закона", "Законом", "Законе"],
     ["{K} Республики Узбекистан {s}{c}{j}{n} от {when}", "{K} {s}{c}{j}{n} от {when}", "статья 5 {K} Республики Узбекистан от {when} {s}{c}{j}{n}"]),
    ("uz-Latn", "UZ", "decree", "PF", ["PF"], ["Farmoni", "Farmoniga", "Farmonining", "Farmonida", "Farmonidagi"], PRESIDENT_UZL),
    ("uz-Latn", "UZ", "resolution", "PQ", ["PQ"], ["qarori", "qaroriga", "qarorining", "qarorida", "qarori bilan"], PRESIDENT_UZL),
    ("uz-Latn", "UZ", "resolution", "", [""], ["qarori", "qaroriga", "qarorining", "qarorida"], CABINET_UZL),
    ("uz-Latn", "UZ", "law", "ORQ", ["O‘RQ", "O'RQ", "ORQ"], ["Qonun", "Qonuni", "Qonuniga", "Qonunining"],
     ["O‘zbekiston Respublikasining {when} {c}{j}{n}{t} {K}", "{when} {c}{j}{n}{t} {K}"]),
    ("uz-Cyrl", "UZ", "decree", "PF", ["ПФ"], ["Фармони", "Фармонига", "Фармонининг", "Фармонида"], PRESIDENT_UZC),
    ("uz-Cyrl", "UZ", "resolution", "PQ", ["ПҚ"], ["қарори", "қарорига", "қарорининг", "қарорида"], PRESIDENT_UZC),
    ("uz-Cyrl", "UZ", "resolution", "", [""], ["қарори", "қарорига", "қарорининг", "қарорида"], CABINET_UZC),
    ("uz-Cyrl", "UZ", "law", "ORQ", ["ЎРҚ"], ["Қонун", "Қонуни", "Қонунига"],
     ["Ўзбекистон Республикасининг {when} {c}{j}{n}{t} {K}", "{when} {c}{j}{n}{t} {K}"]),
    ("ru", "KZ", "law", "V", [""], ["Закон", "Закона", "Законом"],
     ["{K} РК от {when} {s}{n}-V ЗРК", "{K} Республики Казахстан от {when} {s}{n}-V"]),
    ("ru", "KZ", "decree", "", [""], ["Указ", "Указа", "Указом"], ["{K} Президента Республики Казахстан от {when} {s}{n}"]),
    ("ru", "KZ", "resolution", "", [""], ["Постановление", "постановления", "постановлением"],
     ["{K} Правительства Республики Казахстан от {when} {s}{n}", "{K} Правительства РК от {when} {s}{n}"]),
    ("ru", "KZ", "order", "", [""], ["Приказ", "приказа", "приказом"],
     ["{K} Министра финансов Республики Казахстан от {when} {s}{n}", "{K} Министра юстиции Республики Казахстан от {when} {s}{n}"]),
    ("kk", "KZ", "law", "V", [""], ["Заңы", "Заңымен", "Заңының"], ["Қазақстан Республикасының {when} {s}{n}-V {K}"]),
    ("kk", "KZ", "decree", "", [""], ["Жарлығы", "Жарлығымен", "Жарлығының"], ["Қазақстан Республикасы Президентінің {when} {s}{n} {K}"]),
    ("kk", "KZ", "resolution", "", [""], ["қаулысы", "қаулысымен", "қаулысының"],
     ["Қазақстан Республикасы Үкіметінің {when} {s}{n} {K}", "ҚР Үкіметінің {when} {s}{n} {K}"]),
    ("en", "KZ", "law", "V", [""], ["Law"], ["{K} of the Republic of Kazakhstan dated {when} {s}{n}-V"]),
    ("en", "KZ", "decree", "", [""], ["Decree"], ["{K} of the President of the Republic of Kazakhstan dated {when}, {s}{n}"]),
    ("en", "KZ", "resolution", "", [""], ["Resolution"],
     ["{K} of the Government of the Republic of Kazakhstan dated {when} {s}{n}", "{K} {s}{n} of the Government of the Republic of Kazakhstan of {when}"]),
    ("en", "KG", "resolution", "", [""], ["Resolution"], ["{K} of the Cabinet of Ministers of the Kyrgyz Republic {s}{n} of {when}"]),
]


def day(i: int) -> dict:
    """A date of its own for the i-th act: days and months walk at different steps."""
    y, m, d = 2022 + i % 4, 1 + (5 * i) % 12, 1 + (11 * i) % 28
    return {"y": y, "m": m, "d": d, "mm": f"{m:02}", "dd": f"{d:02}"}


def written(language: str, form: str, date: dict) -> str:
    return form.format(**date, month=MONTHS[language][date["m"] - 1], day_of=KK_DAY_OF[date["m"] - 1])


def row(i: int, language: str, jurisdiction: str, kind: str, number: str, date: str, text: str) -> list[str]:
    return ["dev" if i % 10 < 3 else "test", language, jurisdiction, kind, number, date, text]


def national() -> list[list[str]]:
    rows, i = [], 0
    for language, jurisdiction, kind, series, codes, nouns, patterns in FAMILIES:
        choices = [cycle(c) for c in (codes, nouns, DATES[language], SIGNS[language], JOINERS, TAILS.get(language, [""]), FRAMES[language])]
        for pattern in patterns:
            for _ in range(max(EACH, 2 * len(nouns)) + 3):
                i += 1
                code, noun, form, sign, joiner, tail, frame = (next(c) for c in choices)
                date, number = day(i), 100 + i
                text = pattern.format(K=noun, c=code, s=sign, j=joiner, n=number, t=tail, when=written(language, form, date))
                canonical = f"{number}-V" if series == "V" else f"{series}-{number}" if series else str(number)
                rows.append(row(i, language, jurisdiction, kind, canonical, f"{date['y']}-{date['mm']}-{date['dd']}", frame.format(text)))
    return rows


SHORT = [  # no date, or one in an odd place: language, jurisdiction, kind, number, pattern of {n}, {when}
    ("en", "UZ", "decree", "PF-{n}", "DP-{n}-сон {dd}.{mm}.{y}"),
    ("en", "UZ", "resolution", "PQ-{n}", "RP-{n}-сон {dd}.{mm}.{y}"),
    ("en", "UZ", "resolution", "PQ-{n}", "of {month} {d}, {y} No. PP-{n}"),
    ("en", "UZ", "decree", "PF-{n}", "of {dd}.{mm}.{y} No. UP-{n}"),
    ("en", "UZ", "law", "ORQ-{n}", "Law No. ZRU-{n}"),
    ("en", "UZ", "law", "{n}-II", "Law of the Republic of Uzbekistan No. {n}-II"),
    ("ru", "UZ", "resolution", "{n}", "ПКМ-{n} от {dd}.{mm}.{y}"),
    ("ru", "UZ", "decree", "PF-{n}", "УП-{n}"),
    ("ru", "UZ", "resolution", "PQ-{n}", "ПП-{n} от {dd}.{mm}.{y}"),
    ("ru", "UZ", "law", "ORQ-{n}", "ЗРУ-{n}-сон {dd}.{mm}.{y}"),
    ("uz-Latn", "UZ", "resolution", "{n}", "VMQ-{n}, {dd}.{mm}.{y}"),
    ("uz-Latn", "UZ", "resolution", "{n}", "VM-{n} ({dd}.{mm}.{y})"),
    ("uz-Latn", "UZ", "law", "ORQ-{n}", "O‘RQ-{n}-son Qonun"),
    ("uz-Latn", "UZ", "decree", "PF-{n}", "PF-{n}-son Farmon"),
    ("uz-Cyrl", "UZ", "resolution", "PQ-{n}", "{dd}.{mm}.{y} йилдаги ПҚ-{n}-сон"),
    ("uz-Cyrl", "UZ", "law", "ORQ-{n}", "{dd}.{mm}.{y} й. N ЎРҚ-{n}"),
    ("uz-Cyrl", "UZ", "resolution", "{n}", "Вазирлар Маҳкамасининг {y} йил {n}-сон қарори"),
    ("uz-Cyrl", "UZ", "resolution", "{n}", "Вазирлар Маҳкамасининг қарори, {dd}.{mm}.{y} йилдаги {n}-сон"),
    ("en", "EU", "", "{y}/{n}", "Regulation (EU) {y}/{n}"),
    ("en", "EU", "", "{y}/{n}", "Council Decision (EU) {y}/{n}"),
    ("en", "EU", "", "{n}/2014", "Decision No {n}/2014/EU"),
    ("ru", "EU", "", "{y}/{n}", "Регламент (ЕС) {y}/{n}"),
    ("en", "UN", "", "75/{n}", "A/RES/75/{n}"),
    ("en", "UN", "", "75/{n}", "General Assembly resolution 75/{n} of {d} {month} {y}"),
    ("ko", "KR", "", "{k}", "대통령령 제{k}호, {y}. {m}. {d}."),
    ("ko", "KR", "", "{k}", "법률 제{k}호, {y}. {m}. {d}."),
    ("en", "KZ", "law", "{n}-VIII", "the Law of the Republic of Kazakhstan dated {dd}.{mm}.{y} No. {n}-VIII"),
    # a noun that contradicts the series: the act is the series'; of what kind it is then said to be is not compared
    ("uz-Latn", "UZ", "", "PF-{n}", "{y}-yil {dd}-{month}dagi PF-{n}-son qarori"),
    ("ru", "UZ", "", "PQ-{n}", "Указа Президента № ПП-{n}"),
    ("en", "UZ", "", "PQ-{n}", "Presidential Decree on roads No. PQ–{n}, dated {month} {d}, {y}"),
    # slips and habits of typing
    ("uz-Latn", "UZ", "resolution", "PQ-{n}", "{y}-yil {d}-{month}dagi PQ-{n}-sonlili qaroriga"),
    ("uz-Latn", "UZ", "decree", "PF-{n}", "{y}-yil {d}-oktyabrdagi PF-{n}-son Farmoni"),
    ("uz-Latn", "UZ", "law", "ORQ-{n}", "{y} yil {d} {month}dagi O`RQ-{n}-son Qonuni"),
    ("uz-Latn", "UZ", "law", "ORQ-{n}", "{y}-yil {d}-{month}dagi Oʻzbekiston Respublikasining OʻRQ-{n}-sonli Qonuni"),
    ("uz-Latn", "UZ", "decree", "PF-{n}", "{y}-yil {d}-{month}dagi PF {n}-son Farmoni"),
    ("uz-Cyrl", "UZ", "resolution", "{n}", "Вазирлар Маҳкамасининг {y} йил {month}идаги{n}-сон қарори"),
    ("uz-Cyrl", "UZ", "resolution", "PQ-{n}", "Президентнинг {y} йил {d}-{month}даги ПҚ – {n}-сонли қарори"),
    ("ru", "UZ", "decree", "PF-{n}", "Указ Президента Республики Узбекистан №УП–{n} от {dd}.{mm}.{y}г."),
    ("en", "UZ", "resolution", "{n}", "Resolution No.{n} of the Cabinet of Ministers of Uzbekistan dated on {dd}.{mm}.{y}"),
    ("kk", "KZ", "resolution", "{n}", "ҚР Үкіметінің {y}.{dd}.{mm}. № {n} Қаулысымен"),
    ("ru", "KZ", "law", "{n}-VII", "Закон РК от {dd}.{mm}.{y} N {n}-VІІ (порядок введения в действие см. ст. 2)"),
    ("ru", "KZ", "order", "{n}/НҚ", "Приказ Министра здравоохранения Республики Казахстан от {dd}.{mm}.{y} № {n}/НҚ"),
]


def short() -> list[list[str]]:
    rows, i = [], 2000
    for language, jurisdiction, kind, number, pattern in SHORT:
        frames = cycle(FRAMES[language])
        for _ in range(EACH):
            i += 1
            date = day(i)
            fields = date | {"n": i - 800, "k": 30000 + i, "month": MONTHS.get(language, MONTHS["en"])[date["m"] - 1]}
            date |= {"m": 10, "mm": "10"} if "oktyabr" in pattern else {}
            dated = "oktyabr" in pattern or "{mm}" in pattern or "{month}" in pattern or "{m}" in pattern
            when = f"{date['y']}-{date['mm']}-{date['dd']}" if dated else ""
            if "{month}идаги" in pattern:  # the month, no day
                when = when[:7]
            if not dated and "{y} йил" in pattern:
                when = str(date["y"])
            rows.append(row(i, language, jurisdiction, kind, number.format(**fields), when, next(frames).format(pattern.format(**fields))))
    return rows


MISSES = {
    "en": ["The text appeared under the code 06/20/{n}/1349.", "It stands in the gazette, 2017, No. 16, art. {n}.", "Phone: +998 71 {n}-17-17.",
           "The tender under project No. {n} was won by a local firm.", "Annex No. {n} lists the prices.", "See footnote {n} and table 4.",
           "School No. {n} was repaired in 2021.", "The dollar stood at 12,{n} soums on May 5, 2023.", "Some resolutions of 2019 were lost; {n} people came.",
           "Bus No. {n} goes to the market.", "The jury's decision of 5 May 2023 was unanimous: {n} points.", "By {n} votes the council elected a chair.",
           "Order No. {n} for 40 laptops was shipped on 3 June 2022.", "Flight HY-{n} left on time.", "Room No. {n}, second floor."],
    "ru": ["Код публикации 06/20/{n}/1349.", "Собрание законодательства, 2017 г., № 30, ст. {n}.", "Телефон: (71) {n}-17-17.",
           "Проект № {n} выиграла местная фирма.", "Приложение № {n} содержит расценки.", "Через ПКМ-меню выберите пункт {n}.",
           "Школа № {n} отремонтирована в 2021 году.", "Курс доллара 5 мая 2023 года — 12 {n} сумов.", "Некоторые постановления 2019 года утеряны, всего {n} листов.",
           "Автобус № {n} идёт до рынка.", "Решение жюри от 5 мая 2023 года было единогласным: {n} баллов.", "Заказ № {n} отправлен 3 июня 2022 года.",
           "Сертификат № {n} выдан 12.04.2021.", "Дом № {n}, второй этаж.", "По указу сердца он прошёл {n} километров."],
    "uz-Latn": ["E’lon qilish kodi: 06/20/{n}/1349-son.", "O‘R QHT, 2017-y., 16-son, {n}-modda.", "Telefon: (71) {n}-17-17.", "{n}-sonli maktab 2021-yilda ta’mirlandi.",
                "{n}-ilovada narxlar keltirilgan.", "{n}-sonli avtobus bozorgacha boradi.", "Dollar kursi 2023-yil 5-mayda 12 {n} so‘m bo‘ldi.",
                "Ayrim qarorlar yo‘qolgan, jami {n} varaq.", "Hakamlar qarori 2023-yil 5-mayda e’lon qilindi: {n} ball.", "{n}-sonli do‘kon yopildi.",
                "Gazetaning {n}-soni 2022-yil 3-iyunda chiqdi.", "{n}-xonadon, ikkinchi qavat."],
    "uz-Cyrl": ["Эълон қилиш коди: 06/20/{n}/1349-сон.", "Тўплам, 2017 й., 16-сон, {n}-модда.", "Телефон: (71) {n}-17-17.", "{n}-сонли мактаб 2021 йилда таъмирланди.",
                "{n}-иловада нархлар келтирилган.", "{n}-сонли автобус бозоргача боради.", "Доллар курси 2023 йил 5 майда 12 {n} сўм бўлди.",
                "Айрим қарорлар йўқолган, жами {n} варақ.", "Газетанинг {n}-сони 2022 йил 3 июнда чиқди.", "{n}-хонадон, иккинчи қават."],
    "kk": ["№ {n} мектеп 2021 жылы жөнделді.", "№ {n} қосымшада бағалар берілген.", "Телефон: (7172) {n}-17-17.", "№ {n} автобус базарға барады."],
}


def misses() -> list[list[str]]:
    rows, i = [], 4000
    for language, patterns in MISSES.items():
        for pattern in patterns:
            for _ in range(6):
                i += 7
                rows.append(row(i, language, "", "", "", "", pattern.format(n=100 + i % 883)))
    return rows


def citations() -> list[list[str]]:
    return national() + short() + misses()


def main() -> int:
    rows = citations()
    forms = [r for r in rows if r[2]]
    if "--check" in sys.argv:
        twice = [t for t, n in Counter(r[-1] for r in rows).items() if n > 1]
        print(f"{len(forms)} forms, {len(rows) - len(forms)} near misses, {len(twice)} twice")
        return int(len(forms) < LEAST_FORMS or len(rows) - len(forms) < LEAST_MISSES or bool(twice))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["split", "language", "jurisdiction", "kind", "number", "date", "text"])
    writer.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
