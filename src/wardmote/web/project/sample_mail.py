"""No e-mail of the sample leaves: its people are invented, and whoever is invited to it on a trial never asked."""

from collections.abc import Sequence
from email.utils import parseaddr
from functools import cached_property
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from wardmote.web.partnerships.interface import Person
from wardmote.web.partnerships.models import Invitation


def is_of_the_sample(address: str) -> bool:
    """Whether the sample alone knows this address: as one of its people, or as one who is invited to it."""
    email = parseaddr(address)[1]
    person = Person.objects.filter(email__iexact=email).first()
    invited = Invitation.objects.filter(email__iexact=email)
    if invited.filter(partnership__is_sample=False).exists():
        return False
    if person is None:
        return invited.filter(partnership__is_sample=True).exists()
    held = person.memberships
    is_real = person.is_operator or held.filter(partnership__is_sample=False).exists()
    return not is_real and held.filter(partnership__is_sample=True).exists()


class SparingBackend(SmtpBackend):
    """Sends by SMTP what is for real people, and writes into the folder mail what is for the sample's."""

    def __init__(self, *args: Any, folder: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.folder, self.name = folder, options.get("alias")

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = [message for message in email_messages if any(map(is_of_the_sample, message.recipients()))]
        sent = [message for message in email_messages if message not in kept]
        count = int(self._folder_backend.send_messages(kept) or 0) if kept else 0
        return count + (int(super().send_messages(sent) or 0) if sent else 0)

    @cached_property
    def _folder_backend(self) -> Any:
        return FileBackend(alias=self.name, file_path=self.folder)
