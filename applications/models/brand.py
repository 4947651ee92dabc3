"""How the company presents itself to applicants and to its own people."""

from functools import cached_property
from hashlib import sha256

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications import stylesheet
from applications.palette import DEFAULT_COLOUR, Palette, palette

# A logo not much wider than high is a mark, beside which the name stands; wider ones say it.
_MARK = 1.6
_FINGERPRINT = 12


class Brand(models.Model):
    """Name, colour and logo of pages, letters and dossiers. There is one row, or none: then all
    of its defaults hold.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(
        _("name"),
        max_length=80,
        blank=True,
        help_text=_("The company's name. Empty: the one that the installation was given."),
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default=DEFAULT_COLOUR,
        validators=[
            RegexValidator(
                r"^#[0-9a-fA-F]{6}\Z", _("Write the colour as # and six digits, such as #0b5d4e.")
            )
        ],
    )
    # Small, and looked at before the object store is: so the database has it.
    logo = models.BinaryField(_("logo"), blank=True, default=b"")
    logo_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brand")
        constraints = (models.CheckConstraint(condition=Q(id=1), name="brand_is_one"),)

    def __str__(self) -> str:
        return self.name or str(settings.SITE_NAME)

    def wear(self, logo: bytes, digest: str, size: tuple[int, int]) -> None:
        """Take a PNG of this size as the logo; with empty bytes, none."""
        self.logo, self.logo_sha256 = logo, digest
        self.logo_width, self.logo_height = size

    @cached_property
    def palette(self) -> Palette:
        return palette(self.colour)

    @property
    def initial(self) -> str:
        """What stands in the icon."""
        return next((sign for sign in str(self) if sign.isalnum()), "·").upper()

    @property
    def has_wordmark(self) -> bool:
        """Whether its logo is wide enough to be the company's name."""
        return self.logo_width > _MARK * self.logo_height

    @property
    def logo_url(self) -> str:
        """The logo's address, or "" if there is none."""
        fingerprint = self.logo_sha256[:_FINGERPRINT]
        return reverse("logo", kwargs={"fingerprint": fingerprint}) if fingerprint else ""

    @property
    def logo_content(self) -> bytes:
        """The PNG, or nothing; another query where ``logo`` was deferred."""
        return bytes(self.logo) if self.logo_sha256 else b""

    @property
    def icon_fingerprint(self) -> str:
        return sha256(f"{self.colour}{self.initial}".encode()).hexdigest()[:_FINGERPRINT]

    @property
    def icon_url(self) -> str:
        return reverse("icon", kwargs={"fingerprint": self.icon_fingerprint})

    @property
    def stylesheet_url(self) -> str:
        fingerprint = stylesheet.fingerprint(self.colour)
        return reverse("stylesheet", kwargs={"fingerprint": fingerprint})
