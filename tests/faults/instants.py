"""The instants of a step at which a worker can be told to die, by the names of their failpoints."""

# How the address of somebody begins whose application kills whoever renders it.
POISON = "poison"
STEPS = ("render_dossier", "store_dossier", "email_hr", "email_applicant")
# In the order in which they come.
INSTANTS = {
    **{f"claimed.{step}": f"after the claim of {step}" for step in STEPS},
    "rendered": "after the render",
    "kept": "after the dossier is kept",
    "put": "after the PUT",
    "intent": "after the intent",
    "dot": "after the final dot",
    "reply": "after the 250",
    "letter": "after the letter's record",
    **{f"recorded.{step}": f"after the record of {step}" for step in STEPS},
}
