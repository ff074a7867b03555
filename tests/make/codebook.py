"""Builds a deployment's own codebook folder."""

from pathlib import Path

WATER = """\
# Points d'eau, as a deployment asks after them.
[[keyword]]
kind = "water"
any = ["WPT"]

[forms.water]
title = { fr = "Points d’eau", en = "Water points" }
required = ["state", "place"]

[[forms.water.field]]
number = 1
name = "state"
reader = "choices"
values = "water_state"
labels = ["etat"]
says = { fr = "Le point d’eau marche ?", en = "Does it work?" }

[[forms.water.field]]
number = 2
name = "families"
reader = "numbers"
labels = ["familles", "families"]
says = { fr = "Familles", en = "Families" }
lowest = 0
highest = 5000

[[forms.water.field]]
number = 3
name = "what"
reader = "texts"
labels = ["quoi"]
says = { fr = "Ce qui ne va pas", en = "What is wrong" }

[[forms.water.field]]
number = 4
name = "place"
reader = "places"
labels = ["lieu"]

[[values.water_state]]
number = 1
code = "works"
card = ["MARCHE"]
says = { fr = "il marche", en = "it works" }

[[values.water_state]]
number = 2
code = "broken"
card = ["CASSE"]
says = { fr = "il est cassé", en = "it is broken" }

[words.fr.water_state]
broken = ["hors service", "ne marche pas"]
"""

# A form with two places and two dates.
TOUR = """\
[[keyword]]
kind = "tour"
any = ["TRN"]
[forms.tour]
title = { fr = "Tournée", en = "Tour" }
required = ["place", "back"]
[[forms.tour.field]]
number = 1
name = "place"
reader = "places"
labels = ["lieu", "depart"]
[[forms.tour.field]]
number = 2
name = "destination"
reader = "places"
labels = ["arrivee", "destination"]
says = { fr = "Lieu d'arrivée", en = "Destination" }
[[forms.tour.field]]
number = 3
name = "date"
reader = "dates"
labels = ["date"]
[[forms.tour.field]]
number = 4
name = "back"
reader = "dates"
labels = ["retour"]
says = { fr = "Jour du retour", en = "Day of return" }
[[forms.tour.field]]
number = 5
name = "mood"
reader = "texts"
labels = ["etat"]
"""


def folder(parent: Path, *, water: str = WATER, **files: str) -> Path:
    """A folder with the form `water`, and other files by name, `replies=` for replies.toml."""
    made = parent / "codebook"
    (made / "forms").mkdir(parents=True, exist_ok=True)
    if water:
        (made / "forms" / "water.toml").write_text(water, "utf-8")
    for name, text in files.items():
        (made / f"{name.replace('_', '.')}.toml").write_text(text, "utf-8")
    return made
