"""Text on disk, lossless: ticket files, the desk's folder, settings, people, templates."""
