# The image of every process of the application; docker-compose.yml says which one a container is.

FROM python:3.12.12-slim-bookworm AS system
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
COPY requirements/system.txt /tmp/
RUN apt-get update \
    && awk '!/^#/ && $2 == "image" { print $1 }' /tmp/system.txt \
    | xargs apt-get install --yes --no-install-recommends \
    && rm -rf /var/lib/apt/lists/* /tmp/system.txt

FROM system AS packages
COPY requirements/production.txt /tmp/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/production.txt

FROM system
# The code belongs to root; the user that runs it can write to var/ only.
RUN useradd --uid 10001 --create-home app && install -d -o app -g app /app/var
COPY --from=packages /venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY . .
# No setting matters to collectstatic, but the settings want a key: this one is gone with its line.
RUN SECRET_KEY=collectstatic python manage.py collectstatic --no-input
USER 10001
