"""A letter may be about anything; those there are, are about their applications."""

import django.db.models.deletion
from django.db import migrations, models

BATCH = 1000


def name_the_applications(apps, _schema_editor):
    letters = apps.get_model("applications", "Letter").objects
    while batch := list(letters.filter(about="").only("application_id")[:BATCH]):
        for letter in batch:
            letter.about = str(letter.application_id)
        letters.bulk_update(batch, ["about"])


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0002_notes_and_letters_in_doubt"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to="applications.application",
                verbose_name="application",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="message_id",
            field=models.CharField(max_length=400, unique=True, verbose_name="Message-ID"),
        ),
        migrations.AddField(
            model_name="letter",
            name="about",
            field=models.CharField(default="", max_length=100, verbose_name="about"),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_applications, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="letter",
            name="letter_one_of_a_kind_per_application",
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("kind", "about"), name="letter_one_of_a_kind_about_it"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("about", ""), _negated=True), name="letter_is_about_something"
            ),
        ),
    ]
