"""Adapters around models: voice activity, recognition, translation, voices, and the model catalog."""
