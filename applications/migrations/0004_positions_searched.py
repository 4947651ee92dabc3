"""What the search, the feed and search engines need of a position."""

import django.utils.timezone
from django.db import migrations, models

import applications.countries
import applications.models.folded


def fill(apps, _schema_editor):
    """Every save writes the searched column."""
    for job in apps.get_model("applications", "Job").objects.iterator():
        job.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0003_letters_about_anything"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="job",
            options={
                "ordering": ("-opens_at", "title", "pk"),
                "verbose_name": "position",
                "verbose_name_plural": "positions",
            },
        ),
        migrations.AddField(
            model_name="job",
            name="country",
            field=models.CharField(
                blank=True,
                choices=applications.countries.choices,
                help_text="Where the place is; for remote work, where people must live. "
                "Search engines list a position only if they are told.",
                max_length=2,
                verbose_name="country",
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="updated_at",
            field=models.DateTimeField(
                auto_now=True, default=django.utils.timezone.now, verbose_name="changed at"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="job",
            name="search_text",
            field=applications.models.folded.FoldedText(
                default="",
                editable=False,
                of=(
                    "title",
                    "department",
                    "place",
                    "workplace",
                    "employment",
                    "summary",
                    "description",
                ),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
