from equalterms.programme.imports.dialects.raw import Broken, Problem, RawPerson, RawSession


def test_a_problem_says_where_and_why() -> None:
    assert str(Problem("line 12", "no")) == "line 12: no"
    assert str(Problem("", "no")) == "no"


def test_a_broken_file_says_all_its_problems() -> None:
    assert str(Broken([Problem("line 1", "a"), Problem("line 2", "b")])) == "line 1: a\nline 2: b"


def test_a_mark_of_a_person_stood_on_the_persons_line_or_under_its_path() -> None:
    assert RawPerson("line 12").at("id") == "line 12"
    assert RawPerson("persons[0]").at("id") == "persons[0].id"


def test_a_word_stood_where_it_was_noted_else_at_its_session() -> None:
    session = RawSession("line 3", {"start": "10:00"}, {"start": "line 4"})

    assert (session.at("start"), session.at("end"), session.word("end")) == ("line 4", "line 3", "")
