"""Events of files."""

from opora.foundation.audit.vocabulary import event

FILE_STORED = event("files.stored", "Загружен файл ({content_type}, байт: {size})")
FILE_READ = event("files.read", "Открыт файл ({content_type})", quiet=True)
