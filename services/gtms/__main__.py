"""`python -m gtms`: the same as the `gtms` command."""

from gtms.cli.main import main

main()
