"""Which machine this is, so that a copied home folder does not write under the same name."""

import zlib

# systemd, then D-Bus where there is no systemd: machine-id(5).
_IDENTIFIERS = ("/etc/machine-id", "/var/lib/dbus/machine-id")

_RANDOM_ADDRESS = 1 << 40  # the multicast bit, which uuid.getnode sets on a number it made up


def machine() -> str:
    """Return a short name of this machine: a checksum, for machine-id(5) asks for secrecy.

    A machine that has neither an identifier nor a network address shares its name with all such
    machines.
    """
    return f"{zlib.crc32((_identifier() or _network_address()).encode()):08x}"


def _identifier() -> str:
    for path in _IDENTIFIERS:
        try:
            with open(path, encoding="ascii") as file:
                identifier = file.read().strip()
        except (OSError, UnicodeDecodeError):
            continue
        if identifier:
            return identifier
    return ""


def _network_address() -> str:
    from uuid import getnode  # costs more than opening the log, and Linux does without

    address = getnode()
    return "" if address & _RANDOM_ADDRESS else f"{address:012x}"
