"""What each step is called on the applicant's page, in every state it can be in.

``held`` is for a letter of which nobody knows whether the mail server has it, and that waits for
a person.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

Sentences = Mapping[str, Mapping[str, StrOrPromise]]

APPLY_NOW: Sentences = {
    "scan_files": {
        "pending": _("Your files will be checked for viruses."),
        "sent": _("Your files are next to be checked for viruses."),
        "started": _("We are checking your files for viruses."),
        "retry": _("Our virus scanner does not answer at the moment. We are trying again."),
        "success": _("The virus check of your files is over."),
        "failure": _("Your files could not be checked for viruses. A person here will do it."),
        "cancelled": _("Your files were not all checked for viruses."),
    },
    "render_dossier": {
        "pending": _("Your dossier will be made."),
        "sent": _("Your dossier is next to be made."),
        "started": _("We are making your dossier."),
        "retry": _("Your dossier is not made yet. We are trying again."),
        "success": _("Your dossier is made."),
        "failure": _("Your dossier could not be made. A person here will look into it."),
        "cancelled": _("No dossier was made."),
    },
    "store_dossier": {
        "pending": _("Your documents will be put in safe storage."),
        "sent": _("Your documents are next to be stored."),
        "started": _("We are storing your documents."),
        "retry": _("Our storage does not answer at the moment. We are trying again."),
        "success": _("Your documents are in safe storage."),
        "failure": _("Your documents could not be moved to storage. A person here will do it."),
        "cancelled": _("Your documents were not all moved to storage."),
    },
    "email_hr": {
        "pending": _("Our hiring team will be told."),
        "sent": _("Our hiring team is about to be told."),
        "started": _("We are telling our hiring team."),
        "retry": _("Our hiring team could not be reached yet. We are trying again."),
        "success": _("Our hiring team has been mailed your application."),
        "failure": _("The e-mail to our hiring team failed. A person here will look into it."),
        "cancelled": _("Our hiring team was not mailed your application."),
        "held": _(
            "We do not know whether the e-mail to our hiring team got through. "
            "A person here will find out."
        ),
    },
    "email_applicant": {
        "pending": _("You will get a receipt by e-mail."),
        "sent": _("Your receipt is about to be mailed."),
        "started": _("We are mailing your receipt."),
        "retry": _("Your mailbox could not be reached yet. We are trying again."),
        "success": _("Your receipt is on its way to your mailbox."),
        "failure": _("Your receipt could not be mailed. Check the address on this page."),
        "cancelled": _("No receipt was mailed to you."),
        "held": _(
            "We do not know whether your receipt got through. If it is not in your mailbox, "
            "a person here will send it again."
        ),
    },
}

WITHDRAWAL: Sentences = {
    "email_hr": {
        "pending": _("Our hiring team will be told that you have withdrawn."),
        "sent": _("Our hiring team is about to be told that you have withdrawn."),
        "started": _("We are telling our hiring team that you have withdrawn."),
        "retry": _("Our hiring team is not told yet that you have withdrawn. We are trying again."),
        "success": _("Our hiring team has been mailed that you have withdrawn."),
        "failure": _(
            "The e-mail to our hiring team that you have withdrawn failed. "
            "A person here will look into it."
        ),
        "cancelled": _("Our hiring team was not mailed that you have withdrawn."),
        "held": _(
            "We do not know whether our hiring team got the mail that you have withdrawn. "
            "A person here will find out."
        ),
    },
    "email_applicant": {
        "pending": _("You will get a confirmation by e-mail."),
        "sent": _("Your confirmation is about to be mailed."),
        "started": _("We are mailing your confirmation."),
        "retry": _("Your mailbox could not be reached yet. We are trying again."),
        "success": _("Your confirmation is on its way to your mailbox."),
        "failure": _("Your confirmation could not be mailed. Check the address on this page."),
        "cancelled": _("No confirmation was mailed to you."),
        "held": _(
            "We do not know whether your confirmation got through. If it is not in your mailbox, "
            "a person here will send it again."
        ),
    },
}

ERASURE: Sentences = {
    "erase_records": {
        "pending": _("What you wrote will be deleted from our database."),
        "sent": _("What you wrote is next to be deleted from our database."),
        "started": _("We are deleting what you wrote from our database."),
        "retry": _("We are waiting for what was under way with your application to end."),
        "success": _("What you wrote is gone from our database."),
        "failure": _("Your data could not be deleted. A person here will look into it."),
        "cancelled": _("Your data was not deleted."),
    },
    "erase_objects": {
        "pending": _("Your files will be deleted, with all their versions."),
        "sent": _("Your files are next to be deleted, with all their versions."),
        "started": _("We are deleting your files, with all their versions."),
        "retry": _("Our storage does not answer at the moment. We are trying again."),
        "success": _("Your files are gone, with all their versions."),
        "failure": _("Your files could not be deleted. A person here will look into it."),
        "cancelled": _("Your files were not deleted."),
    },
    "email_hr": {
        "pending": _("Our hiring team will be asked to delete what they were mailed."),
        "sent": _("Our hiring team is about to be asked to delete what they were mailed."),
        "started": _("We are asking our hiring team to delete what they were mailed."),
        "retry": _("Our hiring team could not be reached yet. We are trying again."),
        "success": _("Our hiring team has been asked to delete what they were mailed."),
        "failure": _("The e-mail to our hiring team failed. A person here will look into it."),
        "cancelled": _("Our hiring team was not asked to delete what they were mailed."),
        "held": _(
            "We do not know whether the e-mail to our hiring team got through. "
            "A person here will find out."
        ),
    },
    "email_applicant": {
        "pending": _("You will get a receipt of what was erased."),
        "sent": _("Your receipt is about to be mailed."),
        "started": _("We are mailing your receipt."),
        "retry": _("Your mailbox could not be reached yet. We are trying again."),
        "success": _("Your receipt is on its way to your mailbox."),
        "failure": _("Your receipt could not be mailed. It stands on this page."),
        "cancelled": _("No receipt was mailed to you. It stands on this page."),
        "held": _("We do not know whether your receipt got through. It stands on this page."),
    },
    "forget_address": {
        "pending": _("Your address will be forgotten."),
        "sent": _("Your address is next to be forgotten."),
        "started": _("We are forgetting your address."),
        "retry": _("Your address is not forgotten yet. We are trying again."),
        "success": _("Your address is forgotten."),
        "failure": _("Your address could not be forgotten. A person here will look into it."),
        "cancelled": _("Your address is forgotten."),
    },
}
