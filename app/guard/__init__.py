"""Pure checks of a (source, target) pair: what changed in meaning is never spoken."""
