"""The ledger's rows, which only ``ledger`` writes, and the alarm that ``alarm`` keeps."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One journey of one subject through one pipeline."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pipeline = models.CharField(_("pipeline"), max_length=60)
    subject_id = models.CharField(_("subject"), max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=("pipeline", "subject_id"), name="run_once_per_subject"),
        )
        indexes = (
            models.Index(fields=("status", "-created_at"), name="run_by_status"),
            models.Index(fields=("-created_at",), name="run_by_time"),
            models.Index(fields=("pipeline", "-created_at"), name="run_by_pipeline"),
        )

    def __str__(self) -> str:
        return f"{self.pipeline} {self.id}"


class StepRun(models.Model):
    """Where a run stands with one step: the latest attempt, and what happens next.

    ``due_at`` is when the sweep must look at it: the end of the lease while an attempt runs, the
    time of the next try while it waits, at once when its message could not be sent. It is null
    while nobody needs to look: not its turn yet, on the broker, or finished.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        SENT = "sent", _("Sent")
        STARTED = "started", _("Started")
        RETRY = "retry", _("Waiting to try again")
        SUCCESS = "success", _("Succeeded")
        FAILURE = "failure", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(_("step"), max_length=60)
    stage = models.PositiveSmallIntegerField(_("stage"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    # Every claim counts, and its number fences the attempts before it.
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # Since its turn came or a person resumed it: tries that failed, and workers that died.
    tries = models.PositiveIntegerField(_("failed tries"), default=0)
    crashes = models.PositiveIntegerField(_("crashes"), default=0)
    opened_at = models.DateTimeField(_("its turn since"), null=True, blank=True)
    queued_at = models.DateTimeField(_("queued at"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=120, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    # The class of the outage that the last attempt met, until one succeeds.
    outage = models.CharField(_("outage"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("stage", "id")
        constraints = (
            models.UniqueConstraint(fields=("run", "name"), name="step_once_per_run"),
            models.CheckConstraint(
                condition=~Q(status="started") | Q(due_at__isnull=False, started_at__isnull=False),
                name="step_started_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("success", "failure", "cancelled"))
                | Q(due_at__isnull=True),
                name="step_finished_is_never_due",
            ),
        )
        indexes = (
            models.Index(fields=("due_at",), condition=Q(due_at__isnull=False), name="step_due"),
            # With what a backlog is counted by.
            models.Index(
                fields=("queued_at", "name", "attempts"),
                condition=Q(status="sent"),
                name="step_sent",
            ),
            models.Index(fields=("outage",), condition=~Q(outage=""), name="step_outage"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def next_attempt(self) -> int:
        """The number that the next claim will have."""
        return self.attempts + 1


class Attempt(models.Model):
    """An attempt that was not its step's last word, kept so that its story can be told later."""

    class Outcome(models.TextChoices):
        RETRY = "retry", _("Failed, tried again")
        CRASH = "crash", _("Worker died")
        FAILURE = "failure", _("Failed for good")
        REVOKED = "revoked", _("Revoked")
        SUCCESS = "success", _("Succeeded, done again later")

    step = models.ForeignKey(StepRun, on_delete=models.CASCADE, related_name="past_attempts")
    number = models.PositiveIntegerField(_("number"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    queued_at = models.DateTimeField(_("queued at"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"))
    worker = models.CharField(_("worker"), max_length=120, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("past attempt")
        verbose_name_plural = _("past attempts")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("step", "number"), name="attempt_once_per_step"),
        )

    def __str__(self) -> str:
        return f"{self.step_id}.{self.number}"


class Alarm(models.Model):
    """That runs have failed, and when people were told so. There is a row while it lasts.

    ``held_until`` is set while a process is telling them; the others leave it alone until then.
    """

    topic = models.CharField(_("topic"), max_length=20, primary_key=True)
    raised_at = models.DateTimeField(_("raised at"))
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")

    def __str__(self) -> str:
        return self.topic
