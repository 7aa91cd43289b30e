"""The office's key that signs bundles (Ed25519), made on first use; public keys as 64 hex digits."""

import os
import re
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.core.errors import InputError, UsageError
from app.core.paths import user_root
from app.modelstore.errors import disk_error


def key_file() -> Path:
    return user_root() / "keys" / "bundle.pem"


def own_key() -> Ed25519PrivateKey:
    """The key of this machine, made if there is none. Raises InputError, ModelStoreError."""
    path = key_file()
    if path.is_file():
        return _read(path)
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Readable by its owner alone; Windows takes the folder's rights instead.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text)
    except OSError as error:
        raise disk_error(error, path) from error
    return key


def own_key_if_any() -> Ed25519PublicKey | None:
    """The public half, without making a key."""
    return _read(key_file()).public_key() if key_file().is_file() else None


def public_text(key: Ed25519PublicKey) -> str:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def trusted_key(text: str) -> Ed25519PublicKey:
    """A key given as digits or as a file that holds them. Raises UsageError, InputError."""
    path = Path(text)
    if not re.fullmatch(r"[0-9a-fA-F:\s]{64,}", text) and path.is_file():
        try:
            text = path.read_text("ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"{path}: kein Schlüssel", "die Ausgabe von „models bundle --show-key“ ablegen"
            ) from error
    digits = re.sub(r"[:\s]", "", text).lower()
    if not re.fullmatch("[0-9a-f]{64}", digits):
        raise UsageError(
            "Das ist kein Schlüssel: 64 Ziffern 0–9 a–f, oder eine Datei damit",
            "der Absender zeigt ihn mit „sprachpult models bundle --show-key“",
        )
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(digits))


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            f"{path}: nicht als Schlüssel lesbar", "Datei löschen: ein neuer wird gemacht"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError(f"{path}: kein Ed25519-Schlüssel", "Datei löschen: ein neuer wird gemacht")
    return key
