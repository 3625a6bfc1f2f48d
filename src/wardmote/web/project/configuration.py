"""What an installation may set, and where it keeps its things.

Everything lies in one folder, the home: database, evidence files, store, keys. `WARDMOTE_HOME` names it. Keys may be
kept elsewhere (`WARDMOTE_KEYS`), so that a copy of the data alone opens nothing. What is set in the environment wins
over `settings.toml` in the home.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardmote.evidence.model.errors import UsageError

KEY_NAMES = ("session", "audit", "backup", "second_step")
_SERVED = ".served"
_DEFAULT_URL = "http://localhost:8000"
_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700


@dataclass(frozen=True, slots=True)
class Configuration:
    """One installation's settings, read once when it starts."""

    home: Path
    keys: Path
    store: Path  # the evidence store
    database_url: str
    hosts: tuple[str, ...]
    url: str
    mail_url: str
    mail_from: str
    is_secure: bool
    proxies: int  # how many servers of ours stand in front, whose word about addresses is taken
    sign_in: Mapping[str, Any]  # OIDC and SAML providers, as docs/guide/sign-in.md says

    @property
    def database_file(self) -> Path:
        return self.home / "wardmote.sqlite3"

    @property
    def stores(self) -> Path:
        """The evidence of partnerships that keep theirs to themselves, each under its key."""
        return self.home / "stores"

    @property
    def files(self) -> Path:
        """Evidence files that partners attach."""
        return self.home / "files"


def read_configuration(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Read the settings of the installation whose home the environment names.

    Raises UsageError where settings.toml cannot be read or holds a name that means nothing.
    """
    home = find_home(environment)
    found = _read_file(home / "settings.toml")

    def choose(name: str, default: str = "") -> str:
        return environment.get(f"WARDMOTE_{name.upper()}", str(found.get(name, default)))

    url = choose("url", read_served(home)).rstrip("/")
    hosts = choose("hosts", "localhost 127.0.0.1 [::1]")
    return Configuration(
        home=home,
        keys=Path(choose("keys", str(home / "keys"))),
        store=Path(choose("store", str(home / "store"))),
        database_url=choose("database"),
        hosts=tuple(hosts.replace(",", " ").split()),
        url=url,
        mail_url=choose("mail"),
        mail_from=choose("mail_from", "wardmote@localhost"),
        is_secure=url.startswith("https://"),
        proxies=_read_count(choose("proxies", "0")),
        sign_in=found.get("sign_in", {}),
    )


def read_served(home: Path) -> str:
    """Where the server of this home listened last: what links lead to where no address is set."""
    try:
        return (home / _SERVED).read_text(encoding="ascii").strip() or _DEFAULT_URL
    except (OSError, UnicodeDecodeError):
        return _DEFAULT_URL


def note_served(home: Path, address: str) -> None:
    """Let commands beside the server, such as a round by hand, lead people to where it listens."""
    (home / _SERVED).write_text(address, encoding="ascii")


def _read_count(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 3):
        raise UsageError(f"'{typed}' is no number of proxies", where="WARDMOTE_PROXIES", expected="0, 1, 2, …")
    return int(typed)


def find_home(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of this installation: WARDMOTE_HOME, else a data folder of the account."""
    named = environment.get("WARDMOTE_HOME")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("wardmote", appauthor=False)


def read_key(configuration: Configuration, name: str) -> bytes:
    """One of the installation's keys; made at first use, readable by its owner alone."""
    path = configuration.keys / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return _make_key(path)


def _make_key(path: Path) -> bytes:
    """Make a key and give it its name only when it is whole: two processes that start at once share the first one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as file:
        file.write(secrets.token_urlsafe(48).encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_bytes()


_KNOWN = {"keys", "store", "database", "hosts", "url", "mail", "mail_from", "proxies", "sign_in"}


def _read_file(path: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the settings cannot be read: {error}", where=str(path), expected="TOML") from None
    unknown = sorted(set(found) - _KNOWN)
    if unknown:
        raise UsageError(
            f"'{unknown[0]}' is no setting", where=str(path), expected="one of " + ", ".join(sorted(_KNOWN))
        )
    return found
