"""How well the archive finds, on sets of questions with known answers, compared to other engines."""
