"""`sprachpult interpret`, `transcribe`, `speak`: sound in and out, through the live loop's own parts."""
