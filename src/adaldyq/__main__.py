"""`python -m adaldyq` is the `adaldyq` command."""

from adaldyq.project.cli import main

main()
