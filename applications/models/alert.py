"""Job alerts: who wants to hear of new positions that a search finds."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models.application import new_token
from applications.models.letter import Letter


class AlertQuerySet(models.QuerySet["Alert"]):
    def alike(self, alert: "Alert") -> "AlertQuerySet":
        """Those of the same address for the same search, this one too."""
        return self.filter(email__iexact=alert.email, search=alert.search)

    def in_force(self) -> "AlertQuerySet":
        """Those that are confirmed and whose mailbox takes our letters."""
        return self.filter(confirmed_at__isnull=False, set_aside_at__isnull=True)

    def unconfirmed(self) -> "AlertQuerySet":
        """Those whose link nobody has confirmed yet."""
        return self.filter(confirmed_at__isnull=True)

    def set_aside(self) -> "AlertQuerySet":
        """Those whose mailbox has refused too many letters in a row."""
        return self.filter(set_aside_at__isnull=False)

    def end(self) -> int:
        """Delete them, and forget what mail servers said of their letters; how many it were."""
        with transaction.atomic():
            found = list(self.select_for_update())
            for alert in found:
                alert.letters().update(reply="")
                alert.delete()
        return len(found)


class Alert(models.Model):
    """A subscription to a search, asked for by anybody and in force once its link was confirmed.

    ``search`` has what ``services.search.Search.given`` has, ``words`` say it. Positions listed
    after ``news_since`` are new to its reader. ``tried_for`` is the due time of the last letter
    that was sent or refused. Whose mailbox refused too many in a row is set aside.
    """

    # The link of a letter that asks for it is good for as long.
    CONFIRM_WITHIN = timedelta(days=7)

    email = models.EmailField(_("e-mail"))
    search = models.JSONField(default=dict, editable=False)
    words = models.TextField(_("search"), blank=True)
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    news_since = models.DateTimeField(null=True, blank=True, editable=False)
    tried_for = models.DateTimeField(null=True, blank=True, editable=False)
    refusals = models.PositiveSmallIntegerField(_("refusals in a row"), default=0)
    set_aside_at = models.DateTimeField(_("set aside at"), null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("job alert")
        verbose_name_plural = _("job alerts")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                "search",
                condition=Q(confirmed_at__isnull=False),
                name="alert_once_for_a_search",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(news_since__isnull=False),
                name="alert_in_force_knows_what_is_new",
            ),
        )
        indexes = (
            models.Index(
                fields=("asked_at",),
                condition=Q(confirmed_at__isnull=True),
                name="alert_not_confirmed",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is confirmed, and looked at later."""
        return reverse("alert", kwargs={"token": self.token})

    def is_expired(self, now: datetime) -> bool:
        """Whether its link came to be followed too late."""
        return self.confirmed_at is None and self.asked_at <= now - self.CONFIRM_WITHIN

    @property
    def is_in_force(self) -> bool:
        return self.confirmed_at is not None and self.set_aside_at is None

    @property
    def about_letters(self) -> str:
        """How ``Letter.about`` begins for each of its letters."""
        return f"alert:{self.pk}:"

    def letters(self) -> models.QuerySet[Letter]:
        """The one that asked whether it was meant, and those of the mornings."""
        kinds = Letter.Kind
        first = Q(kind=kinds.ALERT_CONFIRMATION, about=str(self.pk))
        return Letter.objects.filter(
            first | Q(kind=kinds.ALERT, about__startswith=self.about_letters)
        )

    @property
    def page_url(self) -> str:
        """The same with the site's address, for letters."""
        return settings.SITE_URL + self.get_absolute_url()

    @property
    def list_path(self) -> str:
        """Where the search finds what is open."""
        return reverse("jobs") + (f"?{urlencode(self.search)}" if self.search else "")

    @property
    def end_url(self) -> str:
        """Where it is ended, by a person or with one click by a mail program."""
        return settings.SITE_URL + reverse("end_alert", kwargs={"token": self.token})
