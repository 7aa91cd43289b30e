"""`sprachpult interpret`, `transcribe` and `speak`: sound in, sound out, through the live loop's own parts."""
