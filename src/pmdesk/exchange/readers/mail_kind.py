"""Which mails are no requests by their nature: bounces, automatic replies, newsletters.

In doubt a mail is a request: a mailing list's discussion carries nearly the same marks as a
newsletter, and a ticket system's notice may hold a customer's words.
"""

from __future__ import annotations

import re

from pmdesk.exchange.readers.mail_headers import Headers

_AWAY = re.compile(
    r"(?:automatic reply|auto(?:matic)?[- ]?response|out of (?:the )?office|automatische antwort"
    r"|abwesenheits\w*|réponse automatique|respuesta automática|risposta automatica)\b",
    re.I,
)
_BULK_MAILER = re.compile(
    r"mailchimp|sendinblue|constant ?contact|campaign ?monitor|mailjet|cleverreach|newsletter", re.I
)
_TAG = re.compile(r"\[([^\[\]]{2,60})\]")
_BULK_FIELDS = ("x-mc-user", "x-campaign", "x-campaignid", "x-roving-id")


def why_no_request(
    headers: Headers, kind: str, report_type: str, address: str, subject: str
) -> str | None:
    """The reason for skipping a mail, or None for a request."""
    if kind == "multipart/report":
        if report_type == "disposition-notification":
            return "a read receipt, no request"
        if report_type in ("delivery-status", "feedback-report", ""):
            return "a mail server's report (a bounce), no request"
    user = address.partition("@")[0].lower()
    nobody = headers.get("return-path").replace(" ", "") == "<>"
    if headers.has("x-failed-recipients") or user == "mailer-daemon":
        return "a mail server's report (a bounce), no request"
    if _is_automatic_reply(headers, nobody, subject):
        return "an automatic reply, no request"
    if _is_newsletter(headers):
        return "a newsletter, no request"
    return None


def _is_automatic_reply(headers: Headers, nobody: bool, subject: str) -> bool:
    automatic = headers.get("auto-submitted").lower().partition(";")[0]
    automatic = automatic.partition("(")[0].strip()
    if automatic == "auto-replied" or headers.has("x-autoreply") or headers.has("x-autorespond"):
        return True
    if headers.get("precedence").lower() == "auto_reply":
        return True
    # "auto-generated" alone stands on tickets and forms too, which may hold a customer's words
    return automatic == "auto-generated" and (nobody or _AWAY.match(subject) is not None)


def _is_newsletter(headers: Headers) -> bool:
    if not headers.has("list-unsubscribe") or headers.has("in-reply-to"):
        return False
    if headers.has("list-post") and headers.get("list-post").upper() != "NO":
        return False
    return (
        headers.get("precedence").lower() in ("bulk", "junk")
        or any(headers.has(name) for name in _BULK_FIELDS)
        or _BULK_MAILER.search(headers.get("x-mailer")) is not None
    )


def list_tag(headers: Headers, subject: str) -> str:
    """ "[users@httpd]" where the list's own name says that it has put that into the subject."""
    found = _TAG.search(subject)
    if found is None:
        return ""
    of_list = f"{headers.get('list-id')} {headers.get('list-post')}".lower()
    return found[0] if found[1].strip().lower() in of_list else ""
