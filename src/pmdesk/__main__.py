"""The entry: `pmdesk add` goes straight to `capture`, everything else to `cli`."""

import os
import sys

VALUED = ("--desk", "--today")  # options that every command takes, also before its name


def main() -> int:
    """Runs the command line. Returns the exit status; 130 where it was interrupted."""
    argv = sys.argv[1:]
    _open_closed_streams()
    try:
        if _command(argv) == "add":
            from pmdesk import capture

            return capture.main(argv)
        from pmdesk import cli

        return cli.main(argv)
    except KeyboardInterrupt:  # cli says more about one that comes while a command runs
        return 130


def _open_closed_streams() -> None:
    """A stream that is closed (`>&-`) leads nowhere; its number must be no other file's."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


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
