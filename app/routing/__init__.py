"""From a sentence to a translation: prepared phrases first, machine translation second."""
