"""Settings, profile and state of the site, the machine and each account."""
