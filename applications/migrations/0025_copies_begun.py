from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0024_small_photos'),
    ]

    operations = [
        # Of the rows that are there nobody knows it.
        migrations.AddField(
            model_name='letter',
            name='copies_begun',
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name='copies begun'),
        ),
        migrations.AlterField(
            model_name='letter',
            name='copies_begun',
            field=models.PositiveIntegerField(default=0, editable=False, null=True, verbose_name='copies begun'),
        ),
    ]
