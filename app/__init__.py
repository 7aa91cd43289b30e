"""Sprachpult: an on-device language desk for health consultations."""
