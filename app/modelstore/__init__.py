"""Models on disk: fetched, verified, bundled, imported."""
