"""What a page may load and run: on the public pages nothing but what this site itself serves.

https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
"""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

_BACK_OFFICE_PATH = "/staff/"

NONE, SELF = "'none'", "'self'"

PUBLIC: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "connect-src": [SELF],
    # The proof of work is reckoned in a worker.
    "worker-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}

# Unfold, the back office's dress, writes its colours into a <style> element and shows and hides
# with style attributes; its Alpine.js makes functions of the words in its attributes, which
# browsers count as eval. Neither has a build without. Inline scripts stay forbidden here, too.
# https://alpinejs.dev/advanced/csp
BACK_OFFICE: dict[str, Any] = {
    **PUBLIC,
    "script-src": [SELF, "'unsafe-eval'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
}

SETTING: dict[str, Any] = {"DIRECTIVES": PUBLIC}


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp's middleware, with a policy of its own for the back office."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 - django-csp's own signature
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith(_BACK_OFFICE_PATH):
            parts.config = parts.config or BACK_OFFICE
        return parts
