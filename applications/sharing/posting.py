"""A position as search engines read it: schema.org's JobPosting.

https://schema.org/JobPosting
https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from applications import branding, countries, markup
from applications.models import Job
from applications.sharing.addresses import absolute

_EMPLOYMENT = {
    Job.Employment.FULL_TIME: "FULL_TIME",
    Job.Employment.PART_TIME: "PART_TIME",
    Job.Employment.TEMPORARY: "TEMPORARY",
    Job.Employment.INTERNSHIP: "INTERN",
}
# What could end the script element, or begin a comment in it; JSON reads the escapes as the same.
# https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def posting(job: Job) -> dict[str, Any] | None:
    """The JobPosting of an open position; None for one whose country is not known.

    Google wants the country: of the place, or of the people who may work from where they are.
    """
    if not job.country:
        return None
    company = str(branding.current())
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": job.title,
        "description": markup.as_html(f"{job.summary}\n\n{job.description}"),
        "identifier": {"@type": "PropertyValue", "name": company, "value": job.slug},
        "url": absolute(job.get_absolute_url()),
        "datePosted": job.opens_at.isoformat(),
        "employmentType": _EMPLOYMENT[Job.Employment(job.employment)],
        "hiringOrganization": {
            "@type": "Organization",
            "name": company,
            "sameAs": settings.SITE_URL,
        },
        "directApply": True,
        **_where(job),
        **({"validThrough": job.closes_at.isoformat()} if job.closes_at else {}),
    }


def as_json_ld(job: Job) -> SafeString:
    """The same as the text of a script element; empty if there is none."""
    content = posting(job)
    return SafeString(json.dumps(content).translate(_ESCAPES) if content else "")


def _where(job: Job) -> dict[str, Any]:
    """The place; for work that is done from anywhere, where people must live."""
    if job.workplace == Job.Workplace.REMOTE:
        country = {"@type": "Country", "name": countries.names()[job.country]}
        return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": country}
    address = {
        "@type": "PostalAddress",
        "addressLocality": job.place,
        "addressCountry": job.country,
    }
    return {"jobLocation": {"@type": "Place", "address": address}}
