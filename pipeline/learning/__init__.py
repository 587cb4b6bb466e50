"""What the profile can learn from reviewers ("học từ người duyệt"): proposed with its evidence, applied only on request."""
