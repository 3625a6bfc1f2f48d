"""Start the command line: `wardmote` or `python -m wardmote`."""

import sys


def main() -> None:
    """Run the command that the arguments name."""
    try:
        from wardmote.cli.main import app

        app(prog_name="wardmote")
    except KeyboardInterrupt:  # before the command itself began
        sys.exit(130)


if __name__ == "__main__":
    main()
