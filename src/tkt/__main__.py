"""`python -m tkt` is `tkt`."""

from tkt.cli.start import main

if __name__ == "__main__":
    main()
