"""Gets models, as `sprachpult models pull` does: `python download_models.py --languages tr,ar,uk`."""

from app.cli.models_pull import main

if __name__ == "__main__":
    main()
