"""What a hub repository holds at one revision: names, sizes and digests, by the hub's own library.

The bytes are fetched by `download`: the library throws a part away when its process ends or gives up.
"""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any

import httpx2

from app.engines.catalog import FileFact, ModelRow
from app.modelstore.errors import ModelStoreError
from app.modelstore.fetch.client import Temporary, explained, open_client, refused
from app.modelstore.fetch.download import Item, retrying
from app.modelstore.fetch.policy import Policy

PATTERNS = {
    "faster-whisper": (
        *("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json"),
        *("vocabulary.json", "vocabulary.txt", "README.md", "LICENSE*"),
    ),
    "ctranslate2": (
        *("config.json", "model.bin", "*vocabulary.json", "*vocabulary.txt", "*.spm", "*.model"),
        *("README.md", "LICENSE*"),
    ),
}
"""What the libraries read, and the licence; never a pickle."""


@contextmanager
def hub_session(policy: Policy) -> Iterator[None]:
    """The hub's library goes through our client while this lasts; elsewhere it stays switched to offline."""
    # Read when the library is imported; with it the hub is not told what else is installed here.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import huggingface_hub
    from huggingface_hub.utils import _http

    huggingface_hub.set_client_factory(lambda: open_client(policy))
    try:
        yield
    finally:
        huggingface_hub.set_client_factory(_http.default_client_factory)


def list_files(
    row: ModelRow, revision: str, policy: Policy, stop: threading.Event
) -> tuple[str, tuple[Item, ...]]:
    """The commit and the files to fetch. Raises ModelStoreError; Gone if there is no such repository."""
    return retrying(policy, stop, lambda: _listed(row, revision, policy))


def _listed(row: ModelRow, revision: str, policy: Policy) -> tuple[str, tuple[Item, ...]]:
    info = _info(row, revision, policy)
    commit = str(info.sha)
    if not re.fullmatch("[0-9a-f]{40}", commit) or (revision and commit != revision):
        raise _strange(row, policy)
    known = {str(sibling.rfilename): sibling for sibling in info.siblings or ()}
    facts = row.files or _wanted(row, known)
    if not facts:
        raise _strange(row, policy)
    return commit, tuple(_item(row, fact, known.get(fact.path), commit, policy) for fact in facts)


def _info(row: ModelRow, revision: str, policy: Policy) -> Any:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    url = f"{policy.hub}/{row.origin}"
    try:
        # No token: what is fetched must be public, and nobody's name goes along.
        api = HfApi(endpoint=policy.hub, token=False)
        return api.model_info(
            row.origin, revision=revision or None, files_metadata=True, timeout=policy.stall
        )
    except HfHubHTTPError as error:
        raise refused(error.response.status_code, url, 0.0) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise explained(error, url, policy.stall) from error
    except ModelStoreError:
        raise
    except Exception as error:
        # The library takes the answer's fields as they come; anything may be missing or of another type.
        raise _strange(row, policy) from error


def _wanted(row: ModelRow, known: dict[str, Any]) -> tuple[FileFact, ...]:
    patterns = PATTERNS[row.runtime]
    return tuple(FileFact(name) for name in sorted(known) if any(fnmatchcase(name, p) for p in patterns))


def _item(row: ModelRow, fact: FileFact, found: Any, commit: str, policy: Policy) -> Item:
    from huggingface_hub import hf_hub_url

    if found is None:
        raise ModelStoreError(
            f"In {row.origin} fehlt {fact.path}",
            "Die Quelle hat sich geändert; den Eintrag im Katalog prüfen",
        )
    large, size = getattr(found, "lfs", None), getattr(found, "size", None)
    digests = [(name, value) for name in ("sha256", "md5") if (value := getattr(fact, name))]
    published = ("sha256", large.sha256) if large else ("git-sha1", found.blob_id)
    if not isinstance(size, int) or size <= 0 or not re.fullmatch("[0-9a-f]{40,64}", str(published[1])):
        raise _strange(row, policy)
    if fact.size and fact.size != size:
        raise ModelStoreError(
            f"{fact.path} in {row.origin} hat {size} statt {fact.size} Byte",
            "Die Quelle hat sich geändert; den Eintrag im Katalog prüfen",
        )
    url = hf_hub_url(row.origin, fact.path, revision=commit, endpoint=policy.hub)
    name = PurePosixPath(fact.path).name
    return Item(url, name, size, tuple(dict.fromkeys([*digests, published])))


def _strange(row: ModelRow, policy: Policy) -> Temporary:
    error = ModelStoreError(
        f"{policy.hub} gibt über {row.origin} keine brauchbare Auskunft",
        "Spiegel und Proxy prüfen; ein Netzzugang, der eine Anmeldung will, antwortet auch so",
    )
    return Temporary(error)
