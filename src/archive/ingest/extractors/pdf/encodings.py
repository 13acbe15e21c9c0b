"""What codes mean where a font gives its letters no names."""

TEX_CODES = {
    11: "ff", 12: "fi", 13: "fl", 14: "ffi", 15: "ffl", 16: "ı", 17: "ȷ", 18: "`", 19: "´", 20: "ˇ", 21: "˘",
    22: "¯", 23: "˚", 24: "¸", 25: "ß", 26: "æ", 27: "œ", 28: "ø", 29: "Æ", 30: "Œ", 31: "Ø", 127: "¨",
}  # fmt: skip
"""What TeX's OT1 encoding (`ot1enc.def`) has where others have control characters."""
