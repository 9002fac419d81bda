"""Settings, addresses and the `adaldyq` command: the only room that knows everybody."""
