from tests.cli.commands import Run


def test_link_of_the_machine_itself_has_a_name_as_passkeys_need_it(run: Run) -> None:
    told = run("user", "add", "anna@example.org", "--name", "Anna Ek", "--role", "admin")
    assert told.code == 0
    assert told.out.splitlines()[1].startswith("http://localhost:8000/link/")
