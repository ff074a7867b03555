"""The words of the noise: what a report may say, and what people put around it. All of it invented."""

# kind: code: what the card says, words in a French sentence, words in an English one, and whether children are counted
WHAT: dict[str, dict[str, tuple[str, tuple[str, ...], tuple[str, ...], bool]]] = {
    "incident": {
        "killing": ("TUE", ("tué", "meurtre", "mort"), ("killed", "murdered"), True),
        "maiming": ("BLE", ("blessé", "mutilé", "blessés"), ("wounded", "injured"), True),
        "recruitment": ("REC", ("recruté", "recrutement", "enrôlé"), ("recruited", "recruitment"), True),
        "sexual_violence": ("VS", ("viol", "violence sexuelle"), ("rape", "sexual violence"), True),
        "abduction": ("ENL", ("enlevé", "enlèvement", "kidnappé"), ("abducted", "kidnapped"), True),
        "deprivation_liberty": ("DET", ("détenu", "arrêté", "prison"), ("detained", "arrested"), True),
        "attack_on_schools": ("ECO", ("école brûlée", "attaque école"), ("school attacked",), False),
        "attack_on_hospitals": ("SAN", ("attaque CSCOM", "CSCOM attaqué"), ("hospital attacked",), False),
        "denial_humanitarian_access": ("DAH", ("accès refusé", "convoi bloqué"), ("access denied",), False),
        "military_use": ("MIL", ("école occupée",), ("school occupied",), False),
    },
    "release": {
        "handover": ("REMIS", ("remis", "remise"), ("handed over",), True),
        "escaped": ("FUI", ("fui",), ("escaped",), True),
        "released": ("LIBERE", ("libéré", "libérés"), ("released", "freed"), True),
    },
    "alert": {
        "attack": ("ATTAQUE", ("attaque",), ("attack",), False),
        "displacement": ("DEPLACEMENT", ("déplacement",), ("displacement",), False),
        "movement": ("MOUVEMENT", ("mouvement",), ("movement",), False),
        "explosive": ("EEI", ("mine", "engin explosif"), ("landmine",), False),
    },
}
NUMBER = {  # what is pressed on the card for each violation
    code: number
    for number, code in enumerate(
        [
            "killing",
            "maiming",
            "recruitment",
            "sexual_violence",
            "abduction",
            "attack_on_schools",
            "attack_on_hospitals",
            "denial_humanitarian_access",
            "military_use",
            "deprivation_liberty",
        ],
        start=1,
    )
}
KEYWORDS = {"incident": ("ENF", "ENFANT", "INCIDENT"), "release": ("LIB", "LIBERATION"), "alert": ("ALERTE",)}
ENGLISH_KEYWORDS = {"incident": "CHILD", "release": "RELEASE", "alert": "ALERT"}
FIELD_NUMBERS = {"what": 1, "children": 2, "age": 3, "place": 4, "date": 5, "party": 6, "source": 7}
LABELS = {
    "what": {"incident": "type", "release": "comment", "alert": "menace"},
    "children": "nombre",
    "age": "age",
    "place": "lieu",
    "date": "date",
    "party": "auteur",
    "source": "source",
}
PARTIES = {
    "fama": ("FAMA", "FDSM", "militaires"),
    "cma": ("CMA",),
    "gatia": ("GATIA",),
    "msa": ("MSA",),
    "csp": ("CSP",),
    "jnim": ("JNIM", "GSIM"),
    "eigs": ("EIGS", "ISGS"),
    "dozo": ("dozo", "donso"),
    "dan_na_ambassagou": ("DNA",),
    "wagner": ("Wagner",),
    "unidentified": ("HANI", "inconnu"),
}
SOURCES = {"witness": ("VU", "temoin"), "victim": ("FAM", "VIC"), "secondary": ("DIT", "entendu"), "document": ("DOC",)}
# Places of the gazetteer with a name that no other place has, of five letters and more: shorter ones bear no slip.
PLACES = (
    *("Ansongo", "Bourem", "Tessit", "Talataye", "Ouattagouna", "Tarkint", "Gounzoureye", "Andéramboukane", "Inékar"),
    *("Tessalit", "Boghassa", "Timtaghene", "Goundam", "Essakane", "Bintagoungou", "Gargando", "Kirchamba", "Tienkour"),
    *("Haribomo", "Ouinerden", "Dinangourou", "Bankass", "Fatoma", "Korarou", "Djaptodji", "Diafarabé", "Ténenkou"),
    *("Youwarou", "Farimaké", "Madiama", "Niansanari", "Diabaly", "Nampalari", "Siribala", "Konodimini", "Tominian"),
    *("Barapiréli", "Diallassagou", "Mandiakuy", "Sokolo", "Hombori", "Mondoro", "Douentza", "Sansanding", "Gossi"),
    *("Bambara Maoudé", "Tin Hama", "Koporo Pen", "Sanankoroba", "Baguinéda", "Yangasso", "Somasso", "Zégoua"),
)
GREETINGS = (
    *(
        "Bonjour",
        "bjr",
        "Bonsoir chef,",
        "slt",
        "salut",
        "Bsr",
        "Bonjour monsieur",
        "i ni sogoma",
        "Aw ni wula",
        "Salam",
    ),
    *("I ni ce", "allo", "Bonjour,", "BJR", "bonsoir."),
)
CLOSINGS = (
    *("merci", "Merci.", "merci bcp", "svp merci", "A barika", "Merci beaucoup !", "merci chef", "stp", "Cordialement"),
    *("bonne journée", "merci d'avance", "MERCI"),
)
# What people add when everything is said; none of it changes the report.
STORIES = (
    *("la famille est tres inquiete", "tout le village a fui", "les gens ont peur de parler", "rappelez moi svp"),
    *("on n'a plus de reseau ici", "les parents demandent de l'aide", "le chef du village veut vous parler"),
    *("personne n'ose sortir", "les voisins les cherchent encore", "je vous appelle ce soir"),
)
NOTES = (
    *("rappeler apres la priere", "le pere est parti a Bamako avec 2 motos", "3 autres sont revenus", "voir le chef"),
    *("ne pas appeler le soir", "la mère a tout vu, elle a peur", "il y avait 20 motos venues de Gao", "école fermée"),
)
# A telephone with a dictionary puts a word it knows for a place it does not.
AUTOCORRECTED = (
    "bourse",
    "tissu",
    "ombre",
    "gourdin",
    "solo",
    "taquin",
    "fantôme",
    "madame",
    "diable",
    "basket",
    "talent",
)
LONG_STORY = (
    "la famille cherche encore les enfants et demande une intervention rapide parce que les villageois sont "
    "terrorises depuis longtemps et personne ne comprend pourquoi les responsables abandonnent completement "
    "les populations vulnerables malgre les avertissements transmis regulierement"
)
NUMBERS = ["zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"]
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
SHORT_MONTHS = ["jan", "fev", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec"]
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
# As they sound, or as a hurried thumb leaves them: each one letter from the word on the left, accents aside.
BY_EAR = {
    "enlevé": ("anlevé", "enlvé", "enlevée"),
    "recruté": ("rekruté", "recrutté", "récruté"),
    "kidnappé": ("kidnapé", "kidnnappé"),
    "blessé": ("bléssé", "blesé", "plessé"),
    "détenu": ("detenus", "détennu"),
    "arrêté": ("arété", "arreté"),
    "attaque": ("ataque", "attacque"),
    "mouvement": ("mouvment", "mouvemant"),
    "déplacement": ("deplacment", "déplacemant"),
    "libéré": ("libérer", "liberé"),
}
# One letter from two places of the gazetteer, and themselves none.
BETWEEN_TWO = (
    *("Arouan", "Diabal", "Dinkolo", "Douabougou", "Dondori", "Frakala", "Kadana", "Kouroum", "Koussann", "Madima"),
    *("Masina", "Maskala", "Nampalai", "Siokolo", "Soubal", "Soumpu", "Teslit", "Gounfam", "Kolono", "Tenenu"),
)
# Beginnings of the long story's words that are words themselves: a text that stops there is not known to be cut.
STILL_WORDS = (
    "cher",
    "long",
    "village",
    "parc",
    "part",
    "pour",
    "dans",
    "comp",
    "villa",
    "person",
    "abandon",
    "avert",
    "trans",
)
