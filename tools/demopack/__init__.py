"""Training of the demo pack: small models that know the phrasebooks and nothing else."""
