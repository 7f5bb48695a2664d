"""Finding a place by typed words: what people write, and what must find nothing."""

from pathlib import Path

import pytest

from bot.domain.ids import Language, PlaceSlug
from bot.domain.places import Level, Nearness, PlaceAlias
from bot.guide import place_search
from bot.guide.place_search import LIMIT, PlaceSearch, find
from bot.guide.places import load_places

PLACES = load_places(Path(__file__).parents[2] / "guides" / "places.csv")


def joined(name: str) -> str:
    return name.replace("-", "").casefold()


def found(words: str) -> list[str]:
    return [match.place.slug for match in find(words, PLACES)]


@pytest.mark.parametrize("language", list(Language))
def test_every_place_comes_first_by_its_full_name_among_all_that_bear_it(language: Language):
    for place in PLACES:
        matches = find(place.names[language], PLACES)
        same_name = {one.slug for one in PLACES if joined(one.names[language]) == joined(place.names[language])}

        assert {match.place.slug for match in matches} == same_name, place.names[language]
        assert all(match.nearness is Nearness.NAME for match in matches)


@pytest.mark.parametrize("language", list(Language))
def test_every_place_is_found_by_its_label(language: Language):
    for place in PLACES:
        assert found(PLACES.label(place, language)) == [place.slug]


@pytest.mark.parametrize("language", list(Language))
def test_every_place_is_found_by_its_name_and_the_name_above(language: Language):
    for place in PLACES:
        above = PLACES.get(place.parent) if place.parent else None
        if above is None or above.level is Level.COUNTRY:
            continue
        if (
            place.slug == "alay-aa"
        ):  # «К. Белекбаев атындагы Алай айыл аймагы»: found, but only as a part, after its rayon
            continue
        assert found(f"{place.names[language]}, {above.names[language]}") == [place.slug]
        assert found(f"{above.names[language]} {place.names[language]}") == [place.slug]


def test_every_place_is_among_those_found_by_each_of_its_aliases():
    for place in PLACES:
        for alias in place.aliases:
            assert place.slug in found(alias), alias
            assert find(alias, PLACES)[0].exact


def test_all_places_of_one_name_are_offered_even_when_they_are_many():
    matches = find("Кара-Суу", PLACES)

    assert [match.place.level for match in matches] == [Level.RAYON, Level.CITY, *[Level.AIYL_AIMAK] * 5]


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        # the city is renamed, the oblast keeps the name
        ("Джалал-Абад", ["jalal-abad", "manas-city"]),
        ("Жалал-Абад", ["jalal-abad", "manas-city"]),
        ("Jalal-Abad", ["jalal-abad", "manas-city"]),
        ("город Джалал-Абад", ["manas-city"]),
        ("Жалал-Абад шаары", ["manas-city"]),
        ("Джалал-Абадская область", ["jalal-abad"]),
        ("Манас", ["manas-rayon", "manas-city"]),
        ("Исфана", ["razzakov"]),
        ("Исфана шаары", ["razzakov"]),
        ("Кара-Буура", ["kara-buura", "aitmatov"]),
        ("Кара-Буура району", ["aitmatov"]),
        ("Кара-Бууринский район", ["aitmatov"]),
        # the city that took the aimak over comes first
        ("Гульча", ["gulcho-city", "gulcho"]),
        ("Гүлчө", ["gulcho-city", "gulcho"]),
        ("Гулчо", ["gulcho-city", "gulcho"]),
        ("Токмак", ["tokmok"]),
        ("Узген", ["uzgen-city", "uzgen"]),
    ],
)
def test_former_names_and_spelling_pairs(words: str, slugs: list[str]):
    assert found(words) == slugs


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Ак-Суу району", "ak-suu"),
        ("Ысык-Көл облусу", "issyk-kul"),
        ("Ысык-Көл району", "issyk-kul-rayon"),
        ("Ысык-Көл айыл өкмөтү", "ysyk-kol-tup"),
        ("г. Ош", "osh-city"),
        ("Ош ш", "osh"),  # one letter of шаары is not a kind
        ("город Кара-Суу", "kara-suu-city"),
        ("Нарын шаары", "naryn-city"),
        ("Нарынский р-н", "naryn-rayon"),
        ("Лейлек а/а", "leilek-aa"),
        ("Чоң-Алай айылдык кеңеши", "chon-alay-aa"),
        ("село Каракол", "karakol-ak-suu"),
        ("Каракол шаары", "karakol"),
        ("Ош облустук", "osh"),
        ("Кеңеш айыл өкмөтү Ноокат", "kenesh-nookat"),
        ("Leilek rayonu", "leilek"),
        ("Лейлек райну", "leilek"),
    ],
)
def test_a_kind_that_is_said_narrows_the_level(words: str, slug: str):
    assert found(words)[0] == slug


def test_a_kind_leaves_only_places_of_its_level():
    for words, levels in (
        ("Кара-Суу айыл өкмөтү", {Level.AIYL_AIMAK}),
        ("Октябрьский район", {Level.CITY_DISTRICT}),
        ("Нарын району", {Level.RAYON}),
    ):
        assert {match.place.level for match in find(words, PLACES)} == levels


def test_a_kind_the_place_does_not_have_is_met_in_part_only():
    matches = find("Араван шаары", PLACES)

    assert [(match.place.slug, match.nearness) for match in matches] == [("aravan", Nearness.PART)]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Лейлек Ак-Суу", "ak-suu-leilek"),
        ("Ак-Суу Лейлек", "ak-suu-leilek"),
        ("ак суу лейлек", "ak-suu-leilek"),
        ("Ак-Суу, Лейлек", "ak-suu-leilek"),
        ("Аксу (Лейлек)", "ak-suu-leilek"),
        ("Баткен облусу, Лейлек району, Ак-Суу айылы", "ak-suu-leilek"),
        ("село Ак-Суу Лейлекского района Баткенской области", "ak-suu-leilek"),
        ("Я живу в селе Жаны-Жер Сокулукского района", "jany-jer-sokuluk"),
        ("Ош Кара-Суу району", "kara-suu"),
        ("Талас Манас", "manas-rayon"),
        ("Бишкек Ленинский", "bishkek-lenin"),
        ("Leilek Ak-Suu", "ak-suu-leilek"),
        ("Сузак С. Атабеков", "saypidin-atabekov"),
    ],
)
def test_what_lies_above_narrows_the_search(words: str, slug: str):
    assert found(words) == [slug]


def test_a_mistake_beside_the_name_above_is_forgiven():
    assert found("Лейлек Ак-Суй")[0] == "ak-suu-leilek"
    assert found("Сокулк, Гавриловкка")[0] == "gavrilovka"


def test_of_an_unknown_village_and_a_known_rayon_the_rayon_is_offered_as_a_part():
    matches = find("село Жылы-Булак, Лейлекский район", PLACES)

    assert [(match.place.slug, match.nearness) for match in matches] == [("leilek", Nearness.PART)]


def test_when_the_parts_do_not_stand_one_above_the_other_both_are_offered():
    assert {"ak-suu", "jeti-oguz"} <= set(found("Ак-Суу, Жети-Өгүз"))
    assert {match.nearness for match in find("Ак-Суу, Жети-Өгүз", PLACES)} == {Nearness.PART}


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("жети огуз", "jeti-oguz"),
        ("ЖЕТИ-ӨГҮЗ", "jeti-oguz"),
        ("Джеты-Огуз", "jeti-oguz"),
        ("Zheti-Oguz", "jeti-oguz"),
        ("Djeti-Oguz", "jeti-oguz"),
        ("Jeti-Ögüz", "jeti-oguz"),
        ("Issyk-Kul'", "issyk-kul"),
        ("Ysyk-Köl", "issyk-kul"),
        ("Kyzyl-Kiya", "kyzyl-kiya"),
        ("Kyzyl-Kyya", "kyzyl-kiya"),
        ("Кызылкия", "kyzyl-kiya"),
        ("Karabalta", "kara-balta"),
        ("Кaрa-Бaлтa", "kara-balta"),  # the letters a are Latin
        ("Mailuu-Suu", "mailuu-suu"),
        ("Сулюкта", "sulukta"),
        ("Sülüktü", "sulukta"),
        ("Özgön", "uzgen"),
        ("Балыкчыга", "balykchy"),
        ("Бишкекте", "bishkek"),
        ("Нарындан", "naryn"),
        ("Ошто", "osh"),
        ("в Кара-Суйском районе", "kara-suu"),
        ("Сокулук.", "sokuluk"),
        ("«Кант»", "kant"),
        ("Балыкч", "balykchy"),
        ("Кербэн", "kerben"),
        ("Токтгул", "toktogul"),
        ("Масалиев", "absamat-masaliev"),
        ("Дарыинский", "dara"),
        ("Терт-Гюль", "tort-gul"),
    ],
)
def test_spellings_alphabets_endings_and_mistakes(words: str, slug: str):
    assert found(words)[0] == slug


def test_letters_as_they_stand_come_before_letters_as_typed_without_the_keyboard():
    assert found("Каракөл")[0] == "kara-kol-ja"
    assert found("Каракол")[0] == "karakol"
    assert "kara-kol-ja" in found("Каракол")


def test_a_mistake_is_told_from_a_name():
    assert [match.exact for match in find("Токмок", PLACES)] == [True]
    assert not any(match.exact for match in find("Токмог", PLACES))


def test_a_match_says_which_name_it_met():
    assert {match.place.slug: match.words for match in find("Исфана", PLACES)}["razzakov"] in (
        "Исфана",
        "Исфана шаары",
        "город Исфана",
    )


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "?!",
        "🙂",
        "12345",
        "а",
        "шфывапролдж",
        "йцукенгшщз",
        "qwerty",
        "asdfgh",
        "абвгд",
        "ъъъъъъ",
        "бла бла бла",
        "привет",
        "спасибо",
        "рахмат",
        "как дела",
        "депутат",
        "кандидат",
        "квота",
        "талапкер",
        "шайлоо",
        "местный кенеш",
        "айыл өкмөтү",
        "район",
        "абвг район",
        "не знаю",
        "я хочу узнать где подать документы на выборы в моём селе",
        "x" * 4000,
        "ош " * 1000,
        "/start",
        "' OR 1=1 --",
    ],
)
def test_what_is_near_nothing_finds_nothing(words: str):
    assert found(words) == []


def test_no_more_than_six_guesses_are_offered():
    assert len(found("Кызыл")) == LIMIT
    assert len(found("Кара")) == LIMIT


def test_an_alias_of_a_coordinator_is_found_and_an_alias_of_no_place_is_not():
    extra = (PlaceAlias("Зардалы айылы", PlaceSlug("leilek-aa")), PlaceAlias("Атлантида", PlaceSlug("nowhere")))

    assert [match.place.slug for match in find("зардалы", PLACES, extra)] == ["leilek-aa"]
    assert [match.place.slug for match in find("Зардалы айылы", PLACES, extra)] == ["leilek-aa"]
    assert [match.place.slug for match in find("Лейлек Зардалы", PLACES, extra)] == ["leilek-aa"]
    assert find("Атлантида", PLACES, extra) == ()
    assert find("зардалы", PLACES) == ()


def test_the_index_answers_the_same_when_asked_again():
    search = PlaceSearch(PLACES)

    assert search.find("Ак-Суу, Лейлек") == search.find("Ак-Суу, Лейлек") == find("Ак-Суу, Лейлек", PLACES)


def test_a_search_over_a_tree_with_confirmed_names_is_built_once(monkeypatch: pytest.MonkeyPatch):
    built = []
    monkeypatch.setattr(place_search, "PlaceSearch", lambda *given: built.append(given) or PlaceSearch(*given))
    extra = (PlaceAlias("Зардалы", PlaceSlug("leilek-aa")),)

    for _ in range(3):
        tree = PLACES.with_confirmed({PlaceSlug("dara")})
        assert [match.place.derived for match in find("Дара", tree, extra)] == [False]

    assert len(built) == 1
