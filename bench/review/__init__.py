"""What staff look at before they publish, measured over the corpus."""
