"""`python -m tkt` is `tkt`."""

from tkt.cli.main import main

if __name__ == "__main__":
    main()
