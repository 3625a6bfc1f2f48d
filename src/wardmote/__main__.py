"""Start the command line: `wardmote` or `python -m wardmote`."""


def main() -> None:
    """Run the command that the arguments name."""
    from wardmote.cli.main import app

    app(prog_name="wardmote")


if __name__ == "__main__":
    main()
