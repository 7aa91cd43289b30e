"""The live loop: audio process, segmenter, interpreter."""
