from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="shows_advice",
            field=models.BooleanField(default=True, verbose_name="советы рядом с работой"),
        ),
    ]
