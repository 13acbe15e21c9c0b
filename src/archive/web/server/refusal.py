"""Answers of the server itself: to requests that never reach the application."""

from typing import Final

from waitress.task import ErrorTask

from archive.web.http.security import HEADERS

TEXTS: Final = {
    400: "Förfrågan gick inte att förstå.\nThe request could not be understood.\n",
    413: "Förfrågan är större än webbplatsen tar emot.\nThe request is larger than the site takes.\n",
    431: "Adressen eller huvudet är för långt.\nThe address or the header is too long.\n",
    500: "Något gick fel hos oss.\nSomething went wrong on our side.\n",
    501: "Förfrågan är gjord på ett sätt som webbplatsen inte kan läsa.\nThe site cannot read this.\n",
    507: "Arkivets disk är full just nu.\nThere is no room on the archive's disk just now.\n",
}


class Refusal(ErrorTask):  # type: ignore[misc] # Waitress has no types
    """Refuses a request in plain words, with the headers of every other response."""

    def execute(self) -> None:
        """Send the answer; the connection ends with it."""
        error = self.request.error
        body = TEXTS.get(error.code, f"{error.reason}\n").encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Cache-Control", "no-store"),
            *HEADERS.items(),
            *self.channel.server.more_headers.items(),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        if self.request_method() != "HEAD":
            self.write(body)

    def request_method(self) -> str:
        """Return the method, as far as it was read."""
        return str(getattr(self.request, "command", ""))
