"""Where a model's files come from, their sizes and digests: asked before anything is fetched."""

import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx2

from app.engines.catalog import ModelRow
from app.engines.intact import Record
from app.modelstore.errors import ModelStoreError
from app.modelstore.fetch.client import Temporary, explained, open_client, refused
from app.modelstore.fetch.download import Item, retrying, total_size
from app.modelstore.fetch.hub import hub_session, list_files
from app.modelstore.fetch.policy import Policy
from app.modelstore.store import Store

ARCHIVE = "archive.zip"
ARCHIVE_SHA256 = "archive_sha256"
"""Key under which a record keeps the digest of the archive that a model was made from."""
_UNPACKED = 3
"""An archive, what is unpacked from it and what is converted lie side by side for a while."""


@dataclass(frozen=True, slots=True)
class Source:
    """A model, ready to be fetched."""

    row: ModelRow
    revision: str
    items: tuple[Item, ...]

    @property
    def size(self) -> int:
        """Bytes to fetch; 0 if the server did not say."""
        return total_size(self.items)

    @property
    def space(self) -> int:
        """Bytes of disk needed on the way."""
        return self.size * (_UNPACKED if self.row.source == "archive" else 1)


def ask(
    rows: Sequence[ModelRow], store: Store, policy: Policy, stop: threading.Event
) -> tuple[list[Source], dict[str, ModelStoreError]]:
    """Sources by asking the servers, and the errors by model for what could not be asked."""
    found: dict[str, Source] = {}
    failed: dict[str, ModelStoreError] = {}

    def one(row: ModelRow) -> None:
        try:
            found[row.name] = _source(row, store.earlier(row), client, policy, stop)
        except ModelStoreError as error:
            failed[row.name] = error

    with open_client(policy) as client, hub_session(policy), ThreadPoolExecutor(policy.parallel) as pool:
        for done in [pool.submit(one, row) for row in rows]:
            done.result()
    return [found[row.name] for row in rows if row.name in found], failed


def _source(
    row: ModelRow, earlier: Record, client: httpx2.Client, policy: Policy, stop: threading.Event
) -> Source:
    """What was recorded at the first fetch holds for every later one: revision, digest of an archive."""
    if earlier.origin != row.origin:
        earlier = Record({})
    if row.source == "hub":
        commit, items = list_files(row, row.revision or earlier.revision, policy, stop)
        return Source(row, commit, items)
    url = re.sub(r"^https://[^/]+", lambda _: policy.archives, row.origin) if policy.archives else row.origin
    size = retrying(policy, stop, lambda: _archive_size(url, client, policy))
    known = [("sha256", fact.sha256) for fact in row.files if fact.sha256]
    if ARCHIVE_SHA256 in earlier.extra:
        known.append(("sha256", earlier.extra[ARCHIVE_SHA256]))
    return Source(row, "", (Item(url, ARCHIVE, size, tuple(known)),))


def _archive_size(url: str, client: httpx2.Client, policy: Policy) -> int:
    """Size that the server gives for an archive; 0 if it does not say."""
    try:
        response = client.head(url)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise explained(error, url, policy.stall) from error
    if response.status_code == 405:
        return 0
    if response.status_code != 200:
        raise refused(response.status_code, url, 0.0)
    if response.headers.get("content-type", "").startswith("text/html"):
        raise Temporary(
            ModelStoreError(
                f"Statt des Archivs {url} kam eine Webseite",
                "Meldet sich hier ein Netzzugang oder Proxy? Im Browser anmelden, dann noch einmal",
            )
        )
    text = response.headers.get("content-length", "")
    return int(text) if text.isdecimal() else 0
