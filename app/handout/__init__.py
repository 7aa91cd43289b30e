"""Printed sheets and sound packs, made from the phrasebooks."""
