"""Requests as Waitress reads them, without those whose end two readers may see at different places."""

from waitress.parser import HTTPRequestParser, ParsingError


class RequestParser(HTTPRequestParser):  # type: ignore[misc] # Waitress has no types
    """Refuses what a proxy in front may take for two requests; takes one request at a time."""

    has_surplus = False
    """Whether more came than one request."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head of a request; Waitress answers 400 to a ParsingError.

        RFC 9112, section 6.1: a message with both lengths ought to be handled as an error, and one of
        HTTP/1.0 with a Transfer-Encoding must be.
        """
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # more digits than Python makes a number of
            raise ParsingError("Content-Length is invalid") from error
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding exclude each other")
        if "TRANSFER_ENCODING" in self.headers:
            raise ParsingError("Transfer-Encoding needs HTTP/1.1")

    def received(self, data: bytes) -> int:
        """Read on; drop what comes after the request, which is answered with `Connection: close`.

        No browser and no proxy sends requests ahead. Each would add an answer to those that wait for a client
        that may never read one (RFC 9112, section 9.3.2: it asks again on another connection).
        """
        consumed: int = super().received(data)
        if self.completed and not self.empty and data[consumed:].strip(b"\r\n"):
            self.has_surplus = True
            self.headers["CONNECTION"] = "close"
            return len(data)
        return consumed
