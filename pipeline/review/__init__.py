"""The review page ("trang xem lại"): the paper and what was read of it side by side, each finding at its place."""
