"""The address of the shared store, as the machine's settings name it."""

import pytest

from imr_tui.errors import BadInput
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.shared.connection.address import address_of, role_of


def test_an_address_has_its_hosts_ports_and_parameters() -> None:
    address = address_of(
        "postgresql://one.example:5433,10.0.0.2,[::1]:5434/imr?sslrootcert=%2Fetc%2Fca.crt",
        "alice",
    )
    assert address.hosts == (("one.example", 5433), ("10.0.0.2", 5432), ("::1", 5434))
    assert (address.database, address.role) == ("imr", "alice")
    assert address.parameters == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.crt"}


def test_the_certificate_is_always_verified() -> None:
    assert address_of("postgres://h/imr", "a").parameters["sslmode"] == "verify-full"
    assert address_of("postgres://h/imr?sslmode=verify-full", "a")


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca", "VERIFY"])
def test_a_weaker_sslmode_is_refused(mode: str) -> None:
    with pytest.raises(BadInput, match="sslmode=verify-full"):
        address_of(f"postgresql://h/imr?sslmode={mode}", "alice")
    with pytest.raises(BadInput, match="sslmode=verify-full"):
        address_of(f"postgresql://h/imr?sslmode=verify-full&sslmode={mode}", "alice")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "must look like"),
        ("mysql://h/imr", "must look like"),
        ("postgresql://h", "must look like"),
        ("postgresql://h/", "must look like"),
        ("postgresql://h/imr/more", "must look like"),
        ("host=h dbname=imr", "must look like"),
        ("postgresql:///imr", "name each server"),
        ("postgresql://h,,i/imr", "name each server"),
        ("postgresql://%2Frun%2Fpostgresql/imr", "name each server"),
        ("postgresql://h:port/imr", "name each server"),
        ("postgresql://h:0/imr", "port"),
        ("postgresql://h:65536/imr", "port"),
        ("postgresql://alice@h/imr", "user or a password"),
        ("postgresql://alice:secret@h/imr", "user or a password"),
        ("postgresql://h/imr?password=secret", "must not set `password`"),
        ("postgresql://h/imr?user=bob", "must not set `user`"),
        ("postgresql://h/imr?host=%2Frun", "must not set `host`"),
        ("postgresql://h/imr?options=-c", "must not set `options`"),
        ("postgresql://h/imr?target_session_attrs=read-write", "must not set `target_session"),
        ("postgresql://h/imr?service=other", "must not set `service`"),
        ("postgresql://h/imr?sslcert=", "no valid value for `sslcert`"),
        ("postgresql://h/imr?sslcert=a%00b", "no valid value for `sslcert`"),
        ("postgresql://h/imr?sslcert", "NAME=VALUE"),
        ("postgresql://h/imr?connect_timeout=0", "connect_timeout"),
        ("postgresql://h/imr?connect_timeout=long", "connect_timeout"),
    ],
)
def test_an_address_is_refused_with_the_reason(url: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as caught:
        address_of(url, "alice")
    assert "secret" not in str(caught.value)
    assert "/etc/imr-tui.toml" in str(caught.value)


@pytest.mark.parametrize("role", ["", "a\nb", "a" * 64, "é" * 32])
def test_a_role_that_the_server_would_change_is_refused(role: str) -> None:
    with pytest.raises(BadInput, match="shared_roles"):
        address_of("postgresql://h/imr", role)


def test_the_role_is_the_account_unless_the_machine_maps_it() -> None:
    host = Host(shared_roles={"jsmith": "reviewer_7"})
    assert role_of(host, "jsmith") == "reviewer_7"
    assert role_of(host, "alice") == "alice"
