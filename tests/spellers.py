"""Numbers from 1 to 10^9 written out, language by language: the other direction of ``numbers``.

Written by the rules of each language and not from the package's tables, so that
a word mistaken there is found here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["HIGHEST", "SPELLERS"]

Below = Callable[[int], str]


def _scaled(number: int, scale: int, low: Below, high: Callable[[int], str], gap: str) -> str:
    """What stands above the scale, then what is left below it."""
    many, rest = divmod(number, scale)
    head = high(many) if many else ""
    return gap.join(part for part in (head, low(rest) if rest else "") if part)


def english(number: int) -> str:
    small = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen"
    ).split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    if number < 20:
        return small[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return tens[ten - 2] + (f"-{small[one]}" if one else "")
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= scale:
            many, rest = divmod(number, scale)
            link = " and " if 0 < rest < 100 else " "
            return f"{english(many)} {name}" + (link + english(rest) if rest else "")
    many, rest = divmod(number, 100)
    return f"{small[many]} hundred" + (f" and {english(rest)}" if rest else "")


def albanian(number: int) -> str:
    units = "zero një dy tre katër pesë gjashtë shtatë tetë nëntë dhjetë".split()
    if number <= 10:
        return units[number]
    if number < 20:
        return f"{units[number - 10]}mbëdhjetë"
    if number < 100:
        ten, one = divmod(number, 10)
        head = {2: "njëzet", 3: "tridhjetë", 4: "dyzet"}.get(ten, f"{units[ten]}dhjetë")
        return head + (f" e {units[one]}" if one else "")
    if number < 1000:
        many, rest = divmod(number, 100)
        return f"{units[many]}qind" + (f" e {albanian(rest)}" if rest else "")
    for scale, name in ((10**9, "miliardë"), (10**6, "milionë"), (1000, "mijë")):
        if number >= scale:
            many, rest = divmod(number, scale)
            named = name.removesuffix("ë") if scale > 1000 and many == 1 else name
            return f"{albanian(many)} {named}" + (f" e {albanian(rest)}" if rest else "")
    raise AssertionError(number)


def albanian_of_old(number: int) -> str:
    """As in the typescripts: Gheg forms and no diacritics."""
    said = albanian(number).replace("një", "nji").replace("dhjetë", "dhetë")
    said = said.replace("nëntë", "nandë").replace("milion", "miljon")
    return said.translate(str.maketrans("ëç", "ec"))


def german(number: int) -> str:
    units = (
        "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
        "fünfzehn sechzehn siebzehn achtzehn neunzehn"
    ).split()
    tens = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()

    def below(n: int) -> str:
        if n < 20:
            return units[n]
        if n < 100:
            return (f"{units[n % 10]}und" if n % 10 else "") + tens[n // 10 - 2]
        if n < 1000:
            return _scaled(n, 100, below, lambda many: f"{units[many]}hundert", "")
        return _scaled(n, 1000, below, lambda many: f"{below(many)}tausend", "")

    def last(n: int) -> str:
        return below(n) + ("s" if n % 100 == 1 else "")

    def millions(many: int) -> str:
        return "eine Million" if many == 1 else f"{below(many)} Millionen"

    if number >= 10**9:
        rest = number % 10**9
        head = "eine Milliarde" if number < 2 * 10**9 else f"{below(number // 10**9)} Milliarden"
        return head + (f" {german(rest)}" if rest else "")
    return _scaled(number, 10**6, last, millions, " ")


def french(number: int) -> str:
    units = (
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
        "seize dix-sept dix-huit dix-neuf"
    ).split()
    tens = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}

    def below(n: int, last: bool = True) -> str:
        if n < 20:
            return units[n]
        if n < 80:
            ten = min(n // 10 * 10, 60)
            rest = n - ten
            link = " et " if rest in (1, 11) else "-"
            return tens[ten] + (link + units[rest] if rest else "")
        if n < 100:
            return f"quatre-vingt-{units[n - 80]}" if n > 80 else "quatre-vingts"[: 13 - (not last)]
        many, rest = divmod(n, 100)
        head = "cent" if many == 1 else f"{units[many]} cent" + ("" if rest or not last else "s")
        return head + (f" {below(rest, last)}" if rest else "")

    def thousands(many: int) -> str:
        return "mille" if many == 1 else f"{below(many, False)} mille"

    for scale, name in ((10**9, "milliard"), (10**6, "million")):
        if number >= scale:
            many, rest = divmod(number, scale)
            head = f"{below(many)} {name}" + ("s" if many > 1 else "")
            return head + (f" {french(rest)}" if rest else "")
    return _scaled(number, 1000, below, thousands, " ")


def italian(number: int) -> str:
    units = (
        "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici "
        "quattordici quindici sedici diciassette diciotto diciannove"
    ).split()
    tens = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split()

    def below(n: int) -> str:
        if n < 20:
            return units[n]
        if n < 100:
            ten, one = tens[n // 10 - 2], n % 10
            tail = "tré" if one == 3 else units[one]
            return (ten[:-1] if one in (1, 8) else ten) + (tail if one else "")
        if n < 1000:
            head = "cento" if n < 200 else f"{units[n // 100]}cento"
            return head + (below(n % 100) if n % 100 else "")
        head = "mille" if n < 2000 else f"{below(n // 1000)}mila"
        return head + (below(n % 1000) if n % 1000 else "")

    for scale, one, more in ((10**9, "un miliardo", "miliardi"), (10**6, "un milione", "milioni")):
        if number >= scale:
            many, rest = divmod(number, scale)
            head = one if many == 1 else f"{below(many)} {more}"
            return head + (f" {italian(rest)}" if rest else "")
    return below(number)


def spanish(number: int) -> str:
    units = (
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
        "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés "
        "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
    ).split()
    tens = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
    hundreds = (
        "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos "
        "ochocientos novecientos"
    ).split()

    def below(n: int) -> str:
        if n < 30:
            return units[n]
        if n < 100:
            return tens[n // 10 - 3] + (f" y {units[n % 10]}" if n % 10 else "")
        if n == 100:
            return "cien"
        if n < 1000:
            return hundreds[n // 100 - 1] + (f" {below(n % 100)}" if n % 100 else "")
        return _scaled(n, 1000, below, lambda k: "mil" if k == 1 else f"{short(k)} mil", " ")

    def short(n: int) -> str:
        said = below(n)
        return said.replace("veintiuno", "veintiún").removesuffix("o") if n % 10 == 1 else said

    if number < 10**6:
        return below(number)
    many, rest = divmod(number, 10**6)
    head = "un millón" if many == 1 else f"{short(many)} millones"
    return head + (f" {below(rest)}" if rest else "")


def portuguese(number: int) -> str:
    units = (
        "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze "
        "dezasseis dezassete dezoito dezanove"
    ).split()
    tens = "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa".split()
    hundreds = (
        "cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos "
        "novecentos"
    ).split()

    def below(n: int) -> str:
        if n < 20:
            return units[n]
        if n < 100:
            return tens[n // 10 - 2] + (f" e {units[n % 10]}" if n % 10 else "")
        if n == 100:
            return "cem"
        if n < 1000:
            return hundreds[n // 100 - 1] + (f" e {below(n % 100)}" if n % 100 else "")
        many, rest = divmod(n, 1000)
        link = " e " if rest < 100 or rest % 100 == 0 else " "
        head = "mil" if many == 1 else f"{below(many)} mil"
        return head + (link + below(rest) if rest else "")

    if number < 10**6:
        return below(number)
    many, rest = divmod(number, 10**6)
    head = "um milhão" if many == 1 else f"{below(many)} milhões"
    return head + (f" e {below(rest)}" if rest else "")


def russian(number: int) -> str:
    units = (
        "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
        "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
    ).split()
    tens = ("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто").split()
    hundreds = ("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот").split()

    def below(n: int, feminine: bool = False) -> str:
        said = [hundreds[n // 100 - 1]] if n >= 100 else []
        n %= 100
        if n >= 20:
            said, n = said + [tens[n // 10 - 2]], n % 10
        if n:
            said.append({1: "одна", 2: "две"}.get(n, units[n]) if feminine else units[n])
        return " ".join(said)

    def counted(n: int, one: str, few: str, many: str) -> str:
        if n % 100 in range(11, 20):
            return many
        return {1: one, 2: few, 3: few, 4: few}.get(n % 10, many)

    said = []
    for scale, forms in (
        (10**9, ("миллиард", "миллиарда", "миллиардов")),
        (10**6, ("миллион", "миллиона", "миллионов")),
        (1000, ("тысяча", "тысячи", "тысяч")),
    ):
        many, number = divmod(number, scale)
        if many:
            said += [below(many, scale == 1000), counted(many, *forms)]
    return " ".join([*said, below(number)]).strip()


def greek(number: int) -> str:
    units = (
        "μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα δέκα έντεκα δώδεκα δεκατρία "
        "δεκατέσσερα δεκαπέντε δεκαέξι δεκαεπτά δεκαοκτώ δεκαεννέα"
    ).split()
    tens = "είκοσι τριάντα σαράντα πενήντα εξήντα εβδομήντα ογδόντα ενενήντα".split()
    hundreds = "διακόσι τριακόσι τετρακόσι πεντακόσι εξακόσι επτακόσι οκτακόσι εννιακόσι".split()
    feminine = {"ένα": "μία", "τρία": "τρεις", "τέσσερα": "τέσσερις"}

    def below(n: int, ending: str = "α") -> str:
        said = []
        if n >= 200:
            said, n = [hundreds[n // 100 - 2] + ending], n % 100
        elif n > 100:
            said, n = ["εκατόν"], n - 100
        elif n == 100:
            return "εκατό"
        if n >= 20:
            said, n = said + [tens[n // 10 - 2]], n % 10
        if n:
            said.append(feminine.get(units[n], units[n]) if ending == "ες" else units[n])
        return " ".join(said)

    said = []
    for scale, one, more in (
        (10**9, "ένα δισεκατομμύριο", "δισεκατομμύρια"),
        (10**6, "ένα εκατομμύριο", "εκατομμύρια"),
        (1000, "χίλια", "χιλιάδες"),
    ):
        many, number = divmod(number, scale)
        if many:
            genus = "ες" if scale == 1000 else "α"
            said.append(one if many == 1 else f"{below(many, genus)} {more}")
    return " ".join([*said, below(number)]).strip()


def latin(number: int) -> str:
    units = (
        "nihil unus duo tres quattuor quinque sex septem octo novem decem undecim duodecim "
        "tredecim quattuordecim quindecim sedecim septendecim duodeviginti undeviginti"
    ).split()
    tens = (
        "viginti triginta quadraginta quinquaginta sexaginta septuaginta octoginta nonaginta"
    ).split()
    hundreds = (
        "centum ducenti trecenti quadringenti quingenti sescenti septingenti octingenti nongenti"
    ).split()

    def below(n: int) -> str:
        if n < 20:
            return units[n]
        if n < 100:
            return tens[n // 10 - 2] + (f" {units[n % 10]}" if n % 10 else "")
        return hundreds[n // 100 - 1] + (f" {below(n % 100)}" if n % 100 else "")

    return _scaled(number, 1000, below, lambda k: "mille" if k == 1 else f"{below(k)} milia", " ")


SPELLERS: Mapping[str, Mapping[str, Callable[[int], str]]] = {
    "de": {"de": german},
    "el": {"el": greek},
    "en": {"en": english},
    "es": {"es": spanish},
    "fr": {"fr": french},
    "it": {"it": italian},
    "la": {"la": latin},
    "pt": {"pt": portuguese},
    "ru": {"ru": russian},
    "sq": {"sq": albanian, "sq-old": albanian_of_old},
}
"""Language → name → how it writes a number out."""

HIGHEST: Mapping[str, int] = {"la": 10**6 - 1}
"""Where a speller ends; the others at 10^9."""
