"""German beside English, so that the choice of the language can be seen."""

#: Addons whose words buyers read, beside those of this suite; loading all of them
#: takes most of a minute.
READ_BY_BUYERS = ("base", "web", "portal", "product", "website")
GERMAN = "de_DE"


def build(kit):
    lang = kit.env["res.lang"]._activate_lang(GERMAN)
    addons = kit.env["ir.module.module"].search(
        [
            ("state", "in", ("installed", "to install", "to upgrade")),
            "|",
            ("name", "in", READ_BY_BUYERS),
            ("name", "=like", "b2b\\_%"),
        ]
    )
    addons._update_translations([GERMAN])
    if "website" in kit.env:
        kit.env["website"].search([]).language_ids |= lang
