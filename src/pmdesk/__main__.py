"""The entry: `pmdesk add` goes straight to `capture`, everything else to `cli`."""

import sys

VALUED = ("--desk", "--today")  # options that every command takes, also before its name


def main() -> int:
    """Runs the command line. Returns the exit status; 130 where it was interrupted."""
    argv = sys.argv[1:]
    try:
        if _command(argv) == "add":
            from pmdesk import capture

            return capture.main(argv)
        from pmdesk import cli

        return cli.main(argv)
    except KeyboardInterrupt:  # cli says more about one that comes while a command runs
        return 130


def _command(argv: list[str]) -> str:
    """The first word that is no option, or ""."""
    words = iter(argv)
    for word in words:
        if word in VALUED:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


if __name__ == "__main__":
    sys.exit(main())
