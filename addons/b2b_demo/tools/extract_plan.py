"""What the extract takes: articles, customers, price groups (see make_extract.py)."""

# code, category, drawing, colour, pack (pieces sold together)
ARTICLES = [
    (code, category, drawing, colour, pack)
    for category, drawing, pack, items in [
        ("bags", "jumbo_bag", 10, "85099B:red 85099F:rose 22386:pink 23203:blue"),
        ("bags", "jumbo_bag", 10, "23344:green 23201:tan 85099C:black 21931:teal"),
        ("bags", "jumbo_bag", 10, "22411:wine 23199:green 23202:olive 21929:rose"),
        ("bags", "jumbo_bag", 10, "20712:olive 21928:blue"),
        ("bags", "lunch_bag", 10, "20725:red 20727:black 22383:teal 22382:blue"),
        ("bags", "lunch_bag", 10, "20728:sky 23209:cream 22384:pink 23206:green"),
        ("bags", "lunch_bag", 10, "20726:olive"),
        ("bags", "pouch_bag", 10, "20724:red 22355:teal"),
        ("kitchen", "cakestand", 1, "22423:pink"),
        ("kitchen", "tins", 3, "22720:teal 23245:rose 22722:olive"),
        ("kitchen", "cake_cases", 12, "21212:red 21977:pink 84991:sky"),
        ("kitchen", "jars", 6, "22961:rose 22960:red"),
        ("kitchen", "box", 6, "22666:yellow"),
        ("kitchen", "mould", 12, "22993:tan"),
        ("kitchen", "teacup", 6, "22699:rose 22697:green 22698:pink"),
        ("kitchen", "baking_set", 3, "22138:red 22139:rose"),
        ("kitchen", "bowls", 6, "20914:red"),
        ("kitchen", "cutter", 12, "84380:sky 22966:tan"),
        ("kitchen", "scales", 1, "22624:cream"),
        ("kitchen", "lunch_box", 6, "22629:blue 22630:pink"),
        ("hanging", "heart", 6, "85123A:cream 21733:red"),
        ("hanging", "bird", 8, "84879:teal 22219:cream"),
        ("hanging", "wicker_heart", 6, "22469:tan 22470:tan 23321:cream"),
        ("hanging", "slate_heart", 6, "22457:black"),
        ("hanging", "jar_light", 12, "84978:sky"),
        ("hanging", "heart", 12, "22577:wine"),
        ("lighting", "glass_light", 12, "22178:sky 84946:grey"),
        ("lighting", "night_light", 12, "23084:pink 21731:red"),
        ("lighting", "chain_lights", 4, "79321:red"),
        ("paper", "bunting", 5, "47566:red 23298:pink 22090:teal"),
        ("paper", "paper_chain", 6, "22086:green 22910:red"),
        ("paper", "napkins", 12, "21080:red 22907:teal"),
        ("paper", "popcorn", 12, "22197:red"),
        ("paper", "ribbons", 12, "22077:tan"),
        ("home", "sign", 12, "21181:cream 21175:sky 21166:wine"),
        ("home", "clock", 4, "22727:red 22726:green 22728:pink"),
        ("home", "frame", 6, "82482:cream 82494L:tan"),
        ("home", "doormat", 2, "23284:tan 20685:red"),
        ("home", "hot_bottle", 4, "22112:wine 22111:sky 23355:teal"),
    ]
    for code, colour in (item.split(":") for item in items.split())
]

# pieces on the shelf where the demo needs a certain amount
STOCK_PLAN = {"23201": 0, "22423": 6, "47566": 196, "22086": 310, "84879": 1105}

# party of the demo, customer of the data set, customer that stands for the year
# before, last day taken (two parties went to sleep early)
WINDOW = ("2010-12-10", "2011-12-09")
PARTIES = [
    ("brightwell", "13098", "17677", WINDOW[1]),
    ("lindner", "12471", "12621", WINDOW[1]),
    ("verrier", "12682", "12681", WINDOW[1]),
    ("oak_thistle", "13694", "15061", WINDOW[1]),
    ("larkspur", "17675", "14051", "2011-10-29"),
    ("blue_door", "15159", "16523", "2011-11-13"),
    ("blum", "12709", "12720", "2011-09-02"),
    ("noemie", "12583", "12683", WINDOW[1]),
]

PRICE_GROUPS = ("0010", "0020", "0040", "0050")
