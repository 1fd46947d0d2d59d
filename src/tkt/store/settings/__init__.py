"""What a desk has set: `tkt.yaml` and the files of public holidays beside it."""
