"""The entry point of the command line, which `commands/` holds: chamba --help"""

from __future__ import annotations

from commands.app import app, main

__all__ = ["app", "main"]

if __name__ == "__main__":
    main()
