"""One HTTP client for everything, and what its errors mean for a person."""

import ssl
from functools import cache
from urllib.parse import urlsplit

import httpx2

from app.modelstore.errors import GO_ON, ModelStoreError
from app.modelstore.fetch.policy import Policy

MOST_REDIRECTS = 8
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NETWORK = f"Netz und Proxy prüfen; {GO_ON}"


class Temporary(Exception):
    """A try failed in a way that may pass; carries the error to show if it does not."""

    def __init__(self, error: ModelStoreError, wait: float = 0.0) -> None:
        super().__init__(error.message)
        self.error = error
        self.wait = wait
        """Seconds that the server asked for."""


def open_client(policy: Policy) -> httpx2.Client:
    """Certificates from the operating system; no encoding, so that lengths and ranges count file bytes."""
    return httpx2.Client(
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
        timeout=policy.stall,
        proxy=policy.proxy or None,
        # What runs on this machine is not reached through a proxy.
        mounts={f"all://[{host}]" if ":" in host else f"all://{host}": None for host in _LOOPBACK},
        verify=certificates(),
        headers={"User-Agent": "sprachpult", "Accept-Encoding": "identity"},
        event_hooks={"request": [_require_safe]},
    )


@cache
def certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def _require_safe(request: httpx2.Request) -> None:
    """Called for every hop: encrypted, or a server on this machine. Raises ModelStoreError."""
    url = request.url
    if not url.host:
        raise _no_address(str(url))
    if url.scheme != "https" and not (url.scheme == "http" and url.host in _LOOPBACK):
        raise ModelStoreError(
            f"{url.scheme}://{url.host} ist nicht verschlüsselt", "Eine Adresse mit https:// eintragen"
        )


def explained(error: Exception, url: str, stall: float) -> Temporary | ModelStoreError:
    """What a failed request means: something that may pass, or an error to show at once."""
    host, text = host_of(url), str(error)
    if isinstance(error, ModelStoreError):
        return error
    if isinstance(error, httpx2.TooManyRedirects):
        return ModelStoreError(f"{host} leitet im Kreis weiter", "Adresse des Spiegels oder den Proxy prüfen")
    if isinstance(error, httpx2.ProxyError):
        return proxy_error() if "407" in text else Temporary(_unreachable(f"den Proxy zu {host}"))
    if isinstance(error, httpx2.ConnectError) and "CERTIFICATE" in text.upper():
        return _certificate(host, text)
    if isinstance(error, httpx2.TimeoutException):
        return Temporary(ModelStoreError(f"{host} antwortet seit {stall:g} s nicht", _NETWORK))
    if isinstance(error, httpx2.ConnectError):
        return Temporary(_unreachable(host))
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL | ValueError):
        return _no_address(url)
    return Temporary(ModelStoreError(f"Die Verbindung zu {host} ist abgebrochen", _NETWORK))


def host_of(url: str) -> str:
    """For messages; the whole text where it is no address."""
    try:
        return urlsplit(url).netloc or url
    except ValueError:
        return url


def refused(status: int, url: str, wait: float) -> Temporary | ModelStoreError:
    """What a status other than success means."""
    host = host_of(url)
    if status == 407:
        return proxy_error()
    if status in (404, 410):
        return Gone(f"Auf {host} gibt es {urlsplit(url).path} nicht", "Den Eintrag im Katalog prüfen")
    if status in (408, 429) or status >= 500:
        reason = "ist überlastet" if status == 429 else "ist gestört"
        error = ModelStoreError(f"{host} {reason} (HTTP {status})", f"Später versuchen; {GO_ON}")
        return Temporary(error, wait)
    if status in (401, 403):
        hint = "Modelle mit Anmeldung holt das Programm nicht; anderes Modell wählen oder Spiegel prüfen"
        return ModelStoreError(f"{host} verweigert {urlsplit(url).path} (HTTP {status})", hint)
    return ModelStoreError(f"{host} antwortet unerwartet (HTTP {status})", "Adresse des Spiegels prüfen")


class Gone(ModelStoreError):
    """The server does not have it."""


def proxy_error() -> ModelStoreError:
    return ModelStoreError(
        "Der Proxy verlangt ein Kennwort",
        'in settings.toml: proxy = "http://NAME:KENNWORT@HOST:PORT", oder die Variable HTTPS_PROXY setzen',
    )


def _no_address(url: str) -> ModelStoreError:
    return ModelStoreError(f"„{url}“ ist keine Adresse", "settings.toml und Katalog prüfen: https://…")


def _unreachable(what: str) -> ModelStoreError:
    return ModelStoreError(f"Keine Verbindung zu {what}", _NETWORK)


def _certificate(host: str, text: str) -> ModelStoreError:
    import datetime

    if "expired" in text or "not yet valid" in text:
        now = datetime.datetime.now().astimezone().strftime("%d.%m.%Y %H:%M")
        return ModelStoreError(
            f"Das Zertifikat von {host} gilt nicht zu der Zeit, die dieser Rechner hat ({now})",
            "Datum und Uhrzeit des Rechners stellen",
        )
    return ModelStoreError(
        f"Dem Zertifikat von {host} ist nicht zu trauen",
        "Prüft ein Proxy den Verkehr: dessen Zertifikat gehört in den Speicher des Betriebssystems",
    )
