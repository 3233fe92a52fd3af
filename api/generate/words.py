"""The words of an invented country. No council, agency or person of these names is meant to exist."""

FIRST_PARTS = (
    "Amber", "Apple", "Ash", "Bramble", "Brindle", "Candle", "Clover", "Copper", "Curlew", "Damson", "Dapple", "Elder",
    "Ember", "Fennel", "Feather", "Gorse", "Hazel", "Heron", "Juniper", "Kestrel", "Lantern", "Larch", "Linnet", "Mallow",
    "Marrow", "Nettle", "Oaken", "Otter", "Pebble", "Plover", "Quill", "Rowan", "Saffron", "Sorrel", "Tansy", "Teasel",
    "Thistle", "Umber", "Velvet", "Willow",
)  # fmt: skip
LAST_PARTS = (
    "barrow", "beck", "bourne", "brook", "combe", "dale", "dell", "fold", "glade", "hithe", "holt", "hurst", "keep", "lea",
    "marsh", "mere", "moor", "reach", "stead", "thwaite", "vale", "wharf", "wick", "wold", "worthy",
)  # fmt: skip
FORENAMES = (
    "Abel", "Ada", "Amina", "Arun", "Beatrix", "Bilal", "Cora", "Dev", "Edith", "Emeka", "Farah", "Felix", "Greta", "Hanif",
    "Ines", "Isaac", "Jaya", "Jonah", "Kezia", "Kofi", "Leila", "Lorcan", "Mabel", "Marek", "Nadia", "Ngozi", "Olwen",
    "Omar", "Petra", "Priya", "Quentin", "Rhys", "Rosa", "Samira", "Silas", "Tamsin", "Tariq", "Una", "Viktor", "Zofia",
)  # fmt: skip
SURNAMES = (
    "Appletwist", "Brackenshaw", "Cloudsley", "Dewpenny", "Eavesdown", "Fernlight", "Goosander", "Hollowby", "Inkpenny",
    "Jackdawe", "Kettleby", "Larkspur", "Mossgrove", "Nightjar", "Oatsheaf", "Pennywhistle", "Quicksedge", "Ragwort",
    "Silverthorn", "Thimbleby", "Underhay", "Vetchley", "Wagtail", "Yarrowby",
)  # fmt: skip
POSTS = (
    "Head of Service", "Assistant Director", "Designated Nurse", "Detective Inspector", "Service Manager",
    "Headteacher", "Principal Social Worker", "Named Doctor", "Team Manager", "Commissioning Lead", "Data Analyst",
)  # fmt: skip
# Name and short name; the area's name goes in front of both.
AGENCIES = (
    ("Council", "Council"), ("NHS Foundation Trust", "NHS FT"), ("Integrated Care Board", "ICB"), ("Police", "Police"),
    ("Schools Partnership", "Schools"), ("Probation Service", "Probation"), ("Voluntary Sector Forum", "VSF"),
)  # fmt: skip
GROUPS = ("multi-agency partners", "schools", "families", "the voluntary sector")
AIMS = (
    "Listen to children and act on what they say", "Help families early", "Keep children safe outside the home",
    "Learn from reviews and audits", "Support the people who do the work", "Make sure that plans lead to change",
)  # fmt: skip
VERBS = ("Review", "Agree", "Publish", "Set up", "Test", "Extend", "Audit", "Rewrite", "Train staff in", "Report on")
THINGS = (
    "the threshold document", "the neglect toolkit", "the exploitation pathway", "supervision of safeguarding leads",
    "the multi-agency dataset", "the escalation policy", "the early help offer", "transition to adult services",
    "the voice of children in plans", "attendance of partners at conferences", "the training offer", "information sharing",
)  # fmt: skip
ENDS = (
    "across all agencies", "in every locality", "with schools and health", "by joint working groups",
    "from the lessons of the last audit", "and report to the executive", "for children who are missing education",
)  # fmt: skip
DONE = (
    "The working group met and agreed the next steps", "A draft went round all agencies", "Training was given to two teams",
    "The audit of twenty records is complete", "Data for the quarter was collected and checked",
    "The pathway was tried in one locality", "Partners answered the survey", "The policy was approved by the executive",
    "Two agencies have not sent their figures yet", "The date of the workshop had to be moved",
    "Staff changes have slowed this down", "The new form is in use since the start of the month",
)  # fmt: skip
THEN = (
    "the findings go to the next board", "a second audit follows in the spring", "the lead will write to the two agencies",
    "the next meeting is in six weeks", "schools get the guidance after half term", "the figures will be looked at again",
    "the group asks for a decision on resources", "the draft is with the legal team",
)  # fmt: skip
IMPACTS = (
    "Families wait four weeks less than a year ago.", "Nine out of ten practitioners say that the tool helps them.",
    "Referrals come with the information that is needed.", "Children were part of the review and changed two of its aims.",
)  # fmt: skip
REASONS = (
    "Staff changes in the lead agency.",
    "The board asked for a wider pilot first.",
    "National guidance is awaited.",
)
RATING_KEY = (
    {"letter": "R", "word": "Off track", "meaning": "Will not be met without help or a decision"},
    {"letter": "A", "word": "At risk", "meaning": "Late or uncertain, with a plan to recover"},
    {"letter": "G", "word": "On track", "meaning": "Going to plan"},
    {"letter": "B", "word": "Complete", "meaning": "Evidenced, and signed off by a second person"},
)
