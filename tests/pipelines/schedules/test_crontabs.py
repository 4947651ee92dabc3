"""The schedules in a user's crontab, which a program of that name keeps in a file here."""

import subprocess

import pytest
from django.core.management import CommandError, call_command
from django_celery_beat.models import PeriodicTask

from pipelines.schedules import crontabs

OTHERS = """\
MAILTO=
PATH = /usr/bin
@reboot  /opt/start  # mine

5 4 * * sun  echo 50\\%
not a line
"""
PROGRAM = """\
#!/bin/sh
if [ "$1" = -l ]; then
    if [ -e "{table}" ]; then cat "{table}"; else echo "no crontab for root" >&2; exit 1; fi
else
    cat > "{table}"
fi
"""


@pytest.fixture
def table(tmp_path, monkeypatch):
    program, table = tmp_path / "bin" / "crontab", tmp_path / "table"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(table=table))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return table


def crontab(verb, capsys):
    call_command("crontab", verb)
    return capsys.readouterr().out


def test_each_schedule_is_a_line_in_its_time_zone(make_schedule, table, capsys):
    make_schedule("0 8 * * mon-fri", zone="Europe/Berlin")
    _begin, zone, line, _end = crontab("show", capsys).splitlines()
    assert zone == "CRON_TZ=Europe/Berlin"
    assert line.startswith("0 8 * * mon-fri ")
    assert line.endswith(" run_scheduled digest > /dev/null")
    assert not table.exists()


def test_other_lines_are_left_alone(make_schedule, table, capsys):
    make_schedule("0 8 * * *")
    table.write_text(OTHERS)
    crontab("install", capsys)
    assert table.read_text().startswith(OTHERS)
    assert "run_scheduled digest" in table.read_text()
    crontab("remove", capsys)
    assert table.read_text() == OTHERS


def test_installing_again_replaces_what_was_installed(make_schedule, table, capsys):
    make_schedule("0 8 * * *")
    table.write_text(OTHERS)
    assert "Installed: 1 schedules." in crontab("install", capsys)
    once = table.read_text()
    crontab("install", capsys)
    assert table.read_text() == once


def test_who_has_no_crontab_yet_gets_one(make_schedule, table, capsys):
    make_schedule("0 8 * * *")
    crontab("install", capsys)
    assert table.read_text().count("run_scheduled digest") == 1


def test_what_is_switched_off_is_no_line(make_schedule, table, capsys):
    make_schedule("0 8 * * *")
    PeriodicTask.objects.update(enabled=False)
    assert "run_scheduled" not in crontab("show", capsys)


def test_names_that_cron_does_not_know_become_numbers(make_schedule, table, capsys):
    make_schedule("0 8 * * monday,friday")
    assert "0 8 * * 1,5 " in crontab("show", capsys)


def test_the_shell_and_cron_read_the_command_as_it_is_meant(make_schedule):
    make_schedule("0 8 * * *")
    _begin, _zone, line, _end = crontabs.block(["/o p/100%/python", "m.py"])
    command = line.removeprefix("0 8 * * * ").replace(r"\%", "%")
    shown = subprocess.check_output(["/bin/sh", "-c", f"printf '%s|' {command[:-12]}"], text=True)
    assert shown == "/o p/100%/python|m.py|digest|"


def test_without_the_program_it_says_what_to_do(make_schedule, monkeypatch, tmp_path):
    make_schedule("0 8 * * *")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="install cron, or run Beat"):
        call_command("crontab", "install")


def test_a_table_that_cannot_be_read_is_not_overwritten(make_schedule, table, capsys):
    make_schedule("0 8 * * *")
    table.mkdir()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("crontab", "install")
