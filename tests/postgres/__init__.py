"""Real PostgreSQL servers for tests, and the tests of these servers."""
