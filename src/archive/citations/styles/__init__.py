"""References as text in six styles, Swedish and English, by the Citation Style Language.

Items come in, sentences go out. Begin with `registry.py`; what others use is `STYLES` and `reference`.
"""

from archive.citations.styles.registry import STYLES, Style, style_named
from archive.citations.styles.rendering import reference

__all__ = ["STYLES", "Style", "reference", "style_named"]
