"""What a browser calls itself, in the few words by which its owner knows it again."""

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_MAX_CHARS = 60


def device_name(user_agent: str) -> str:
    """Return browser and system of a `User-Agent`, such as "Firefox, Windows", else its beginning.

    The order of names matters: most browsers say that they are others, too.
    """
    names = [
        next((name for sign, name in known if sign in user_agent), "") for known in (_BROWSERS, _SYSTEMS)
    ]
    found = ", ".join(name for name in names if name)
    return found or "".join(c for c in user_agent if c.isprintable())[:_MAX_CHARS]
