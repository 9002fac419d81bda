"""Letters of three scripts as the sounds that they may stand for, for keys under which spellings of a name meet.

A sound is one letter here: the vowels `a`, `e`, `u` and the glide `i`; `k` for к, қ, х and h; `g`; `j` for ж and дж;
`w` for ш and щ; `q` for ч; `c` for ц; the others as in Latin. One spelling may stand for several sounds, because
it means another thing in another language: j is й in Polish and German and ж in French and Kazakh, ch is ч in
English, ш in French, х in Polish.

Sources: ICAO Doc 9303 part 3, ISO 9:1995, GOST R 52535.1, the passports of the Soviet Union (French spellings), the
Kazakh alphabets of decrees 569 of 26 October 2017 and 637 of 19 February 2018 and of the draft of 28 January 2021,
and the state alphabets of Azerbaijan, Turkey, Turkmenistan, Uzbekistan and Poland.
"""

from __future__ import annotations

from collections.abc import Mapping

Sounds = tuple[str, ...]


def each(spellings: str, *sounds: str) -> dict[str, Sounds]:
    """The same sounds for each of some spellings."""
    return dict.fromkeys(spellings.split(), sounds)


LATIN: Mapping[str, Sounds] = {
    **{letter: (letter,) for letter in "bdflmnprtvz"},
    **each("a á à â ã å ă ā ą", "a"),
    **each("ä æ ə", "a", "e"),
    **each("e é è ê ě ē ę ė", "e"),
    **each("ë yo io", "e", "u"),
    **each("jo", "ju", "u", "e"),
    **each("jou", "ju", "u"),
    **each("iou you", "u"),
    **each("schtscho szczo ščo", "wu", "we"),
    **each("tscho czo čo", "qu", "qe"),
    **each("scho szo šo", "wu", "we"),
    **each("i y ı í ì î ï ī ỳ ÿ", "i"),
    **each("ý", "i", "u"),
    **each("y'", "i", "u"),
    **each("o u ou oo ó ò ô õ ö ő ø ō ú ù û ü ű ů ū ŭ", "u"),
    **each("k ķ kh ck ḥ ḩ ẖ", "k"),
    **each("q", "k", "g"),
    **each("h", "k", "g"),
    **each("g gh ğ ģ ǵ ġ g'", "g"),
    **each("gue gué", "ge", "gue"),
    **each("gui guy", "gi", "gui"),
    **each("ngue", "nge", "ngue"),
    **each("ngui nguy", "ngi", "ngui"),
    **each("x", "k", "ks"),
    **each("zh ž ż ź dj dzh dž dż dsch", "j"),
    **each("j", "j", "i"),
    **each("jj", "i"),
    **each("c", "c", "j", "k"),
    **each("ć ts tz", "c"),
    **each("ç č ĉ cz tch tsch tsh tš ţç c'", "q"),
    **each("ch", "q", "w", "k"),
    **each("š ş ș ŝ ś sz sch", "w"),
    **each("sh", "w", "sk"),
    **each("shch schtsch chtch szcz šč shh sshch", "w"),
    **each("s", "s", "z"),
    **each("ss ß", "s"),
    **each("s'", "w", "s"),
    **each("lz", "lz", "lc"),
    **each("nz", "nz", "nc"),
    **each("w", "v", "u"),
    **each("lzh", "lj"),
    **each("nzh", "nj"),
    **each("ng", "ng", "n"),
    **each("au äu əu", "au", "av"),
    **each("ua", "ua", "va"),
    **each("ph", "f"),
    **each("th", "t", "tk"),
    **each("ñ ń ň ŋ n'", "n", "ng"),
    **each("ł ľ", "l"),
    **each("ř", "r"),
    **each("rz", "rz", "rj"),
    **each("rzh", "rj"),
    **each("tzh", "tj"),
    **each("szh", "sj"),
    **each("' -", ""),
}
CYRILLIC: Mapping[str, Sounds] = {
    **{letter: (sound,) for letter, sound in zip("абвгдезклмнопрстуфхц", "abvgdezklmnuprstufkc", strict=True)},
    **each("и й і ы ї ј", "i"),
    **each("я", "a"),
    **each("ә", "a", "e"),
    **each("э є", "e"),
    **each("ё йо ьо", "e", "u"),
    **each("же", "je", "ju"),
    **each("че", "qe", "qu"),
    **each("ше ще", "we", "wu"),
    **each("ю ө ұ ү ў", "u"),
    **each("қ ҡ һ ҳ", "k"),
    **each("ғ ґ ѓ", "g"),
    **each("ж дж җ ҷ", "j"),
    **each("ч", "q"),
    **each("тс", "c"),
    **each("ш щ", "w"),
    **each("ң", "n", "ng"),
    **each("ау әу", "au", "av"),
    **each("уа уә", "ua", "va"),
    **each("ъ ь", ""),
}
ARABIC: Mapping[str, Sounds] = {
    **{letter: (sound,) for letter, sound in zip("بپتجچدرزژسشغفقکكگلمنھۋۇ", "bptjqdrzjswgfkkkglmnkvu", strict=True)},
    **each("ا آ أ ٱ", "a"),
    **each("إ ي ی ى ئ ې", "i"),
    **each("و ؤ", "u", "v"),
    **each("ە", "a", "e"),
    **each("ة", "a"),
    **each("ح خ", "k"),
    **each("ه", "k", "a"),
    **each("ث ص", "s"),
    **each("ذ ظ", "z"),
    **each("ض", "d", "z"),
    **each("ط", "t"),
    **each("تش", "q"),
    **each("تس", "c"),
    **each("ع ء ـ", ""),
}
SOUNDS: Mapping[str, Sounds] = {**LATIN, **CYRILLIC, **ARABIC}
"""The sounds of every spelling, of one letter or more."""
LONGEST_SPELLING = max(map(len, SOUNDS))
