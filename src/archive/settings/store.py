"""The settings of where originals and pictures are kept."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_core import PydanticCustomError

_GIB = 1024**3
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9!_.*'()/-]*")


class StoreSettings(BaseModel):
    """Where originals and pictures are kept: "" is the data folder, else "s3://bucket/prefix".

    In `archive.toml` a line `store = "s3://bucket/prefix"` is short for `url`. `endpoint` is the service's
    address, "" Amazon's own in `region`. The key is `access_key_id` with what `secret_access_key_file` or
    ARCHIVE_STORE__SECRET_ACCESS_KEY holds, or else what AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY say.
    `ca_file` names the authority of a service with a certificate of one's own. `encryption`: how the service
    encrypts what it keeps, with the key `kms_key_id` where it is "aws:kms". A name in the host
    (bucket.endpoint) is used with `bucket_in_host`.

    What is read often is kept in the data folder, too, `copies_max_bytes` of it. A request may take `time_s`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    access_key_id: str = ""
    secret_access_key: SecretStr = SecretStr("")
    secret_access_key_file: Path | None = None
    ca_file: Path | None = None
    bucket_in_host: bool = False
    encryption: Literal["", "AES256", "aws:kms"] = ""
    kms_key_id: str = ""
    copies_max_bytes: Annotated[int, Field(ge=0)] = 4 * _GIB
    time_s: Annotated[float, Field(gt=0, le=600)] = 30.0

    @property
    def bucket(self) -> str:
        """Return the bucket's name, "" where originals are in the data folder."""
        return urlsplit(self.url).netloc

    @property
    def prefix(self) -> str:
        """Return what every key begins with, without a stroke at either end."""
        return urlsplit(self.url).path.strip("/")

    @field_validator("url")
    @classmethod
    def _check_url(cls, url: str) -> str:
        parts = urlsplit(url)
        is_usable = (
            parts.scheme == "s3"
            and _BUCKET.fullmatch(parts.netloc)
            and _PREFIX.fullmatch(parts.path)
            and not (parts.query or parts.fragment or "//" in parts.path or "/../" in f"{parts.path}/")
        )
        if url and not is_usable:
            raise PydanticCustomError(
                "bad_store", 'expected a bucket and what keys begin with, such as "s3://bucket/arkivet"'
            )
        return url

    @field_validator("endpoint")
    @classmethod
    def _check_endpoint(cls, endpoint: str) -> str:
        parts = urlsplit(endpoint)
        is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
        is_whole = parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and is_here))
        if endpoint and not (is_whole and not parts.path.strip("/") and not parts.query):
            raise PydanticCustomError(
                "bad_endpoint", "expected the service's address with https, such as https://s3.example.org"
            )
        return endpoint.rstrip("/")

    @model_validator(mode="after")
    def _check_key(self) -> Self:
        has_secret = bool(self.secret_access_key.get_secret_value() or self.secret_access_key_file)
        if bool(self.access_key_id) != has_secret:
            raise PydanticCustomError(
                "half_a_key", "access_key_id and a secret_access_key_file belong together: give both or none"
            )
        if self.kms_key_id and self.encryption != "aws:kms":
            raise PydanticCustomError("no_kms", 'kms_key_id needs encryption = "aws:kms"')
        return self
