"""How the crawler behaves towards hosts: addresses, robots, back-off."""
