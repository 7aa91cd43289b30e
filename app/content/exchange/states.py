"""How far the work has come, in the words of each format. What a file claims is a claim, never a status."""

from app.content.exchange.unit import Claim

XLIFF2 = {
    Claim.OPEN: "initial",
    Claim.DRAFT: "translated",
    Claim.EXPIRED: "translated",
    Claim.CHECKED: "reviewed",
    Claim.APPROVED: "final",
}
XLIFF1 = {
    Claim.OPEN: "needs-translation",
    Claim.DRAFT: "translated",
    Claim.EXPIRED: "needs-review-translation",
    Claim.CHECKED: "signed-off",
    Claim.APPROVED: "final",
}
_READ = {
    "initial": Claim.OPEN,
    "new": Claim.OPEN,
    "needs-translation": Claim.OPEN,
    "needs-adaptation": Claim.OPEN,
    "needs-l10n": Claim.OPEN,
    "unprocessed": Claim.OPEN,
    "translated": Claim.DRAFT,
    "needs-review-translation": Claim.DRAFT,
    "needs-review-adaptation": Claim.DRAFT,
    "needs-review-l10n": Claim.DRAFT,
    "provisionallyprocessed": Claim.DRAFT,
    "reviewed": Claim.CHECKED,
    "signed-off": Claim.CHECKED,
    "finalized": Claim.CHECKED,
    "final": Claim.APPROVED,
    "offen": Claim.OPEN,
    "entwurf": Claim.DRAFT,
    "geprüft": Claim.CHECKED,
    "freigegeben": Claim.APPROVED,
    "abgelaufen": Claim.EXPIRED,
} | {claim.value: claim for claim in Claim}


def read_claim(word: str, default: Claim) -> Claim | None:
    """The claim of a state word in any of the formats; None if the word is unknown."""
    return _READ.get(word.strip().lower(), None) if word.strip() else default


def own_claim(status: str, seen: Claim) -> Claim:
    """Our own word (`status` of the metadata) tells more than the state, as long as both still agree."""
    own = _READ.get(status)
    if own is not None and XLIFF2[own] == XLIFF2[seen]:
        return own
    return seen
