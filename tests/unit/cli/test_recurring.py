"""Lines that recur on the pages of a host, in a stream of articles."""

from newscrawl.clean import restore
from newscrawl.cli.recurring import RecurringLines
from newscrawl.items import Article

SHIPS = ("Anna", "Bella", "Clara", "Dora", "Elsa", "Freya")
NOTICE = "The Harbour Post takes no responsibility for what its readers write below."


def article(number: int, host: str = "post.example", notice: str = NOTICE) -> Article:
    body = f"The ferry {SHIPS[number]} was late again on Monday.\n\n{notice}"
    return Article(
        url=f"https://{host}/{number}", host=host, title=f"Ferry {SHIPS[number]}", body=body
    )


def through(entries, **options):
    queue = RecurringLines(**options)
    out = [due for entry in entries for due in queue.push(entry)]
    return out + list(queue.rest())


def test_a_line_of_four_pages_leaves_the_first_of_them_too():
    entries = [(n, article(n)) for n in range(4)]
    found = through(entries)
    assert [ident for ident, _ in found] == [0, 1, 2, 3]
    for (_, before), (_, after) in zip(entries, found, strict=True):
        assert NOTICE not in after.body
        assert restore(after.body, after.removed) == before.body


def test_a_line_of_three_pages_or_of_one_story_stays():
    three = through([(n, article(n)) for n in range(3)])
    same = [article(n) for n in range(6)]
    for one in same:
        one.title = "Ferry late again"
    assert all(NOTICE in found.body for _, found in three + through(list(enumerate(same))))


def test_hosts_do_not_learn_from_one_another():
    found = through([(n, article(n, f"post{n % 2}.example")) for n in range(6)])
    assert all(NOTICE in one.body for _, one in found)


def test_errors_and_order_pass_and_no_more_is_held_than_allowed():
    queue = RecurringLines(held=2)
    assert list(queue.push((1, "no JSON"))) == []
    assert list(queue.push((2, article(2)))) == []
    assert [ident for ident, _ in queue.push((3, article(3)))] == [1]
    assert [ident for ident, _ in queue.rest()] == [2, 3]


def test_without_holding_nothing_waits():
    queue = RecurringLines(held=0)
    assert [ident for ident, _ in queue.push(("a", article(1)))] == ["a"]
