"""Which key does what: the default keys, and what a site may make of them."""
