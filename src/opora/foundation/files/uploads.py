"""Receiving a file from the network: nothing beyond the limit is written to the disk."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Keeps the first `UPLOAD_LIMIT` bytes and counts the rest, so that the refusal names the true size."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) <= settings.UPLOAD_LIMIT:
            self.file.write(raw_data)
        return None
