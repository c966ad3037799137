"""The acts that a text names."""

import pytest

import policygraph as pg

TEXT = "🙂 Во исполнение Указа Президента Республики Узбекистан от 5 октября 2020 года № УП-6079\r\nпринято постановление.\r\n"


def test_acts_stand_where_the_text_has_them() -> None:
    text = TEXT + "Later, in English: Resolution No. PQ-357 of 22 August 2022."
    found = pg.find_acts(text)
    assert [text[act.start : act.end].replace("\r\n", " ") for act in found] == [
        "Указа Президента Республики Узбекистан от 5 октября 2020 года № УП-6079",
        "Resolution No. PQ-357 of 22 August 2022",
    ]
    assert [act.label for act in found] == ["Decree", "Resolution"]
    assert found[0].properties["jurisdiction"] == "UZ"
    assert found[1].properties["date"] == pg.PartialDate("2022-08-22")
    assert 0 < found[0].confidence <= 1


def test_a_text_without_acts_has_none() -> None:
    assert pg.find_acts("") == []
    assert pg.find_acts("Nobody decreed anything on 5 October 2020.") == []


def test_arguments_are_named() -> None:
    with pytest.raises(pg.ArgumentTypeError, match="text"):
        pg.find_acts(b"Decree No. 5")  # type: ignore[arg-type]
    with pytest.raises(pg.Error):
        pg.find_acts("half a pair: \ud83d")
