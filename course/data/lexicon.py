"""The words and phrases from which the shipped corpus is made.

Everything here is invented for the course: a debate that never was, its candidates, its viewers.
A bank is a tuple of entries, the likelier ones first. Braces name another bank of the grammar in
`generate_corpus.py`.
"""


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.strip().splitlines())


def _items(block: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in block.replace("\n", " ").split(",") if item.strip())


# --- who and what --------------------------------------------------------------------------------

CANDIDATES = _items("""
    Harlan Voss, Edith Marlow, Tobias Renn, Cora Whitlock, Amos Delgado,
    Nell Farrow, Gideon Pryce, Ruth Castellan, Silas Norwood, Ivy Thornbury
""")

ROLES = _items("""
    the senator, the governor, the doctor, the businessman, the newcomer, the front-runner,
    the former mayor, the congresswoman, the rancher, the professor, the surgeon, the veteran,
    the lawyer, the underdog, the man in the blue tie, the woman in the gray suit,
    the one on the far left, the one on the far right, the tall one in the middle, the quiet one,
    the youngest on stage, the oldest on stage, the librarian, the retired judge
""")

STATES = _items("""
    Ohio, Florida, Texas, Wisconsin, Kentucky, Arkansas, New Jersey, Iowa, Nevada, Maine, Oregon,
    Vermont, Montana, Georgia, Michigan, Nebraska, Utah, Kansas, Virginia, Delaware, Idaho, Alaska,
    Hawaii, Maryland, Missouri, Indiana, Colorado, Minnesota, Louisiana, Tennessee, Oklahoma,
    Wyoming, Alabama, Arizona, Connecticut, Illinois, Massachusetts, Mississippi, New Mexico,
    North Dakota, Pennsylvania, Rhode Island, South Carolina, Washington
""")

CITIES = _items("""
    Cleveland, Toledo, Boise, Tulsa, Omaha, Reno, Spokane, Duluth, Mobile, Fresno, Dayton, Akron,
    Savannah, Tucson, El Paso, Des Moines, Madison, Lansing, Buffalo, Albany, Hartford, Providence,
    Portland, Eugene, Tacoma, Laredo, Lubbock, Amarillo, Wichita, Topeka, Lincoln, Fargo, Billings,
    Cheyenne, Boulder, Pueblo, Santa Fe, Flagstaff, Mesa, Oakland, Stockton, Modesto, Bakersfield,
    Anaheim, Galveston, Biloxi, Macon, Durham, Raleigh, Roanoke, Norfolk, Erie, Scranton, Trenton,
    Newark, Peoria, Rockford, Gary, Muncie, Louisville, Knoxville, Memphis, Little Rock, Shreveport
""")

SHOW = _items("""
    the debate, the whole evening, the format, the broadcast, the second hour, the first hour,
    the stage, the audience part, the rebuttal round, the opening round, the closing round,
    the lightning round, the town hall part, the live stream, the coverage, the post-debate show,
    the schedule, the sound, the lighting, the seating, the clock, the music, the introduction,
    the panel afterwards, the undercard debate, the early debate
""")

MODERATORS = _items("""
    the moderators, the hosts, the two anchors, the panel, the network, the producers, Channel Nine,
    the fact checkers, the interviewers, the questioners
""")

TOPICS_BY_SUBJECT = {
    "Jobs and Economy": _items("""
        taxes, jobs, wages, the tax code, small business, trade, the deficit, the budget,
        the minimum wage, student loans, pensions, energy, gas prices, farm prices, factory jobs,
        interest rates, the power grid, roads and bridges, housing, rent, broadband, the ports,
        the railroads, overtime pay, savings, inflation, tariffs, apprenticeships
    """),
    "Healthcare (including Medicare)": _items("""
        health care, Medicare, hospital bills, drug prices, rural clinics, nurses, mental health,
        insurance, premiums, vaccines, dental care
    """),
    "Foreign Policy": _items("""
        foreign policy, the treaty, defense, the navy, the embassy, foreign aid, our allies,
        sanctions, veterans, the budget of the army, trade with Canada, diplomacy
    """),
    "Immigration": _items("work visas, immigration, green cards, visa rules"),
    "None of the above": _items("""
        schools, climate, teachers, water, wildfires, drought, science, space, the national parks,
        libraries, the post office, highways, term limits, data privacy, campaign money, the census,
        early voting, robots, self-driving cars, school lunches, childcare, fishing rights, bees,
        public transit, earthquakes, hurricanes, fireworks, daylight saving time, the moon, Mars,
        cell phones, bicycle lanes, dairy farms, recycling, plastic bags, weather satellites
    """),
}

# --- polar words ---------------------------------------------------------------------------------

POSITIVE_ADJECTIVES = _items("""
    great, strong, brilliant, clear, honest, impressive, sharp, thoughtful, solid, smart, funny,
    inspiring, refreshing, calm, classy, confident, excellent, fantastic, amazing, sincere, fresh,
    convincing, gracious, decent, wonderful, superb, outstanding, warm, witty, lively, polished,
    sensible, humble, steady, wise, fair, bold, likable, engaging, delightful, first-rate, crisp,
    dignified, generous, graceful, heartfelt, hopeful, insightful, masterful, memorable, reassuring,
    remarkable, respectful, skillful, splendid, stellar, terrific, uplifting, well-prepared,
    awesome, believable, charming, cheerful, courageous, eloquent, exciting, fabulous, flawless
""")

NEGATIVE_ADJECTIVES = _items("""
    terrible, awful, boring, weak, ridiculous, embarrassing, dull, painful, rude, pathetic, fake,
    lazy, shallow, confusing, vague, smug, petty, angry, arrogant, useless, horrible, lame, sad,
    disappointing, clueless, dishonest, childish, tired, nasty, hollow, messy, sloppy, stale, bad,
    tedious, grumpy, evasive, unprepared, condescending, cringeworthy, dreadful, forgettable,
    frustrating, incoherent, insulting, irritating, laughable, lifeless, miserable, muddled,
    out of touch, phony, pointless, poor, reckless, repetitive, scripted, shameful, shaky, slow,
    smarmy, stiff, tasteless, tone-deaf, ugly, unbearable, uninspired, unpleasant, whiny, wooden,
    worthless, annoying, appalling, bitter, clumsy, depressing, disgraceful, disorganized, empty
""")

ANSWER_NOUNS = _items("""
    answer, reply, speech, plan, line, exchange, performance, argument, comment, question,
    explanation, story, moment, comeback, pitch, monologue, rebuttal, remark, proposal, joke,
    statement, summary, defense, response, riff
""")

INTENSIFIERS = _items("""
    so, really, very, pretty, just, truly, quite, totally, downright, incredibly, honestly,
    surprisingly, absolutely, completely, genuinely, utterly, deeply, extremely
""")

POSITIVE_PERSON = _lines("""
    gave a straight answer on {topic}
    nailed the question about {topic}
    won me over on {topic}
    made a lot of sense on {topic}
    sounded ready to lead on {topic}
    explained {topic} in plain English
    brought real numbers on {topic}
    kept cool when asked about {topic}
    was the adult in the room on {topic}
    had the best line of the night about {topic}
    spoke from the heart about {topic}
    earned my respect on {topic}
    answered every part of the {topic} question
    lifted the whole room with that story about {topic}
    showed real class in the part about {topic}
    had the crowd cheering about {topic}
    finally said what I think about {topic}
    clearly did the homework on {topic}
    made me proud when it came to {topic}
    handled the tough one on {topic} with grace
    stood tall on {topic}
    was a joy to hear on {topic}
    impressed even my cynical {relative} on {topic}
    gave the clearest plan for {topic}
    treated the others with respect over {topic}
    made me laugh and think about {topic}
    came across as {pos} and {pos2} on {topic}
    knew {topic} inside out
    owned the stage once {topic} came up
    rose to the occasion on {topic}
    offered hope on {topic}
    got my vote with that plan for {topic}
    deserved the applause for {topic}
    was {so} {pos} on {topic}
    shone on {topic}
    got {topic} exactly right
""")

NEGATIVE_PERSON = _lines("""
    dodged the question about {topic}
    had no answer on {topic}
    made no sense on {topic}
    rambled on and on about {topic}
    lost me on {topic}
    yelled instead of talking about {topic}
    has no clue about {topic}
    changed the subject when asked about {topic}
    was an embarrassment on {topic}
    made a mess of the {topic} question
    read tired old slogans on {topic}
    interrupted everybody on {topic}
    flip-flopped again on {topic}
    talked down to us about {topic}
    forgot the numbers on {topic}
    blamed everyone else for {topic}
    put the whole room to sleep with {topic}
    wasted two minutes on {topic}
    bungled the question on {topic}
    failed to name one fix for {topic}
    looked lost when {topic} came up
    ruined a fair point about {topic} by shouting
    picked a silly fight over {topic}
    kept whining about {topic}
    insulted the audience over {topic}
    ducked and dodged on {topic}
    has learned nothing about {topic}
    mangled the facts about {topic}
    sounded like a robot on {topic}
    came across as {neg} and {neg2} on {topic}
    made my {relative} throw a sock at the screen over {topic}
    butchered the history of {topic}
    gave a {neg} excuse on {topic}
    had nothing but insults on {topic}
    was {so} {neg} on {topic}
    stumbled badly on {topic}
    got {topic} completely wrong
    couldn't explain {topic} to a {animal}
    didn't answer a thing on {topic}
    won't be getting my vote after {topic}
""")

NEUTRAL_PERSON = _lines("""
    talked about {topic}
    took a question on {topic}
    mentioned {topic} {few} times
    spoke for {few} minutes on {topic}
    cited a report on {topic}
    moved from {topic} to {topic2}
    was asked about {topic}
    compared {topic} with {topic2}
    stood next to the candidate from {state}
    said the plan for {topic} will be posted tomorrow
    is in {city} on {weekday}
    released a statement on {topic}
    voted on {topic} in the last session
    repeated the position on {topic}
    had {few} minutes on {topic}
    asked for {few} more seconds on {topic}
    will visit {city} and {city2} this week
    brought up {topic} after the break
    quoted a letter from {city} about {topic}
    named {state} and {state2} as examples on {topic}
""")

POSITIVE_SHOW = _lines("""
    kept me on the edge of my seat
    flew by
    was worth staying up for
    turned out {so} {pos}
    was more fun than the {pastime}
    restored some of my faith in {topic}
    was {so} {pos} from start to finish
    gave every voice a chance on {topic}
    had my {relative} clapping at the screen
    deserves an award
    was a pleasure to watch with {food}
    put real questions about {topic} on the table
    was the best hour of television this {season}
    made me want to volunteer in {city}
""")

NEGATIVE_SHOW = _lines("""
    was a waste of a good {weekday}
    dragged on for ever
    put my {relative} to sleep
    turned into a shouting match about {topic}
    was {so} {neg} from start to finish
    gave me a headache
    felt like a bad episode of a {pastime} show
    had the depth of a puddle on {topic}
    was worse than the {pastime} final
    left out {topic} entirely, shame on them
    made me miss my old {object}
    was a circus without the {animal}
    told me nothing about {topic}
    made me lose hope for {topic}
    was about as useful as a chocolate {object}
    made me want to move to the moon
    is why nobody likes politics
""")

POSITIVE_MODERATORS = _lines("""
    asked {so} {pos} questions on {topic}
    kept things fair on {topic}
    did a {pos} job tonight
    did their homework on {topic}
    pressed everyone equally on {topic}
    deserve a raise for the {topic} round
    were {so} {pos} tonight
    let them finish on {topic}, thank you
    kept the peace when {topic} came up
""")

NEGATIVE_MODERATORS = _lines("""
    asked {so} {neg} questions on {topic}
    lost control over {topic}
    did a {neg} job tonight
    let {person} talk over everyone
    skipped {topic} completely, unbelievable
    clearly picked favorites on {topic}
    should be ashamed of the {topic} round
    were {so} {neg} tonight
    wasted half an hour on {topic}
    treated {topic} like a joke
    set traps instead of asking about {topic}
    cut off {person} in the middle of {topic}
    couldn't keep time, let alone order
""")

NEUTRAL_MODERATORS = _lines("""
    moved on to {topic}
    asked about {topic} next
    took {few} questions from {city}
    read a question sent in from {city}
    gave each side {few} minutes on {topic}
    are on a break until {clock}
    announced {topic} as the last subject
    posted the list of questions
    switched from {topic} to {topic2}
""")

# --- whole sentences -----------------------------------------------------------------------------

POSITIVE_SENTENCES = _lines("""
    loved the part about {topic}
    so proud of {person} tonight
    {person} for the win
    give {person} an award for that {noun}
    not a dull minute when {person} talks about {topic}
    finally somebody who gets {topic}
    what a {pos} {noun} on {topic}
    {person} and that {pos} {noun} on {topic}, wow
    best {noun} of the night goes to {person}
    I could listen to {person} on {topic} all night
    sign me up for {person} and that {noun} on {topic}
    never heard {topic} explained so well
    hats off to {person} for that {pos} {noun}
    smiling ear to ear after that {noun} on {topic}
    standing ovation in our kitchen for {person}
    my {relative} and I agree for once, {person} was {so} {pos}
    can't stop replaying that {pos} {noun} on {topic}
    thank you {person} for standing up for {topic}
    {person} just made {topic} interesting, bravo
    I came for the {food} and stayed for {person}, {so} {pos}
    nobody was better prepared on {topic} than {person}
    no shouting, no insults, just {person} on {topic}, lovely
    didn't expect to like {person} but {pos} is the word
    that {noun} gave me goosebumps
    good for {person}, a {pos} {noun} under pressure
    yes yes yes to {person} on {topic}
""")

NEGATIVE_SENTENCES = _lines("""
    so tired of {person} and {topic}
    can't believe {person} said that about {topic}
    what a {neg} {noun} on {topic}
    {person} and that {neg} {noun} on {topic}, yikes
    worst {noun} of the night goes to {person}
    not one {pos} {noun} all night
    turned it off after {few} minutes of {person}
    my {animal} could explain {topic} better than {person}
    nobody on that stage understands {topic}
    if I hear {topic} one more time I'm moving to {city}
    who told {person} that was a good {noun}
    I want my {few} hours back
    {person} should stick to {pastime}
    please make {person} stop talking about {topic}
    never once did {person} sound {pos}
    where was {topic}? nowhere, that's where
    not a word on {topic}, shame
    I have seen better plans for {topic} on a {object}
    shouting is not a plan for {topic}
    {few} candidates and not a single {pos} {noun}
    {person} isn't {pos}, just loud
    that {noun} on {topic} was an insult to {place}
    even the {food} was more {pos} than {person}
    my {relative} left the room when {person} started on {topic}
    ashamed that {state} sent us {person}
    stop lying about {topic}
    {person} lost my vote and my {relative}'s
    don't tell me about {topic} when you can't spell it
    I weep for {topic}
    nothing {pos} about {person} tonight
    fell asleep during {topic}, woke up to {person} yelling
    the {neg} look on that face when {topic} came up
""")

# Praise that means the opposite: the words are those of the other class.
SARCASM = _lines("""
    oh great, {few} more minutes of {person} on {topic}
    wow, what a brilliant plan, let's solve {topic} with {food}
    thanks for nothing on {topic}, {person}
    sure, because {food} will fix {topic}. smart
    another amazing {noun} that says nothing about {topic}
    love how {person} never answers. just love it
    fantastic, my {object} has better ideas on {topic}
    yeah right, {person} is an expert on {topic} now
    how inspiring, {person} read that off a {object}
    congratulations {person}, you made {topic} even more confusing
    so honest, so {pos}, so full of it
    real classy, {person}. real classy
""")

NEUTRAL_SENTENCES = _lines("""
    watching with {company} in {city}
    what did {person} say about {topic}?
    who do you think won the round on {topic}?
    full transcript of the part on {topic}
    {few} candidates, {few2} questions on {topic}
    debate starts at {clock} in {city}
    live blog of the {topic} round from {city}
    next debate is on {weekday} in {city}
    poll: is {topic} the top issue in {state}?
    listening to {person} on {topic} while {activity}
    anyone else {activity} during this?
    drinking game: one sip of {drink} for every {topic}
    {person} and {person2} are both from {state}
    how many times did we hear {topic}? counting {few} so far
    photo of the stage in {city} before the doors opened
    our class in {city} counts the words on {topic} tonight
    here is what each of them said about {topic}
    does anyone have the clip of {person} on {topic}?
    chart of speaking time: {person} {few} minutes, {person2} {few2}
    recap of the night in {few} charts
    the panel in {city} meets again at {clock}
    reading the notes on {topic} with {drink}
    bingo card so far: {topic}, {topic2} and a {animal}
    my {relative} asks what {person} does for a living
    open thread on {topic}, tell us what you heard in {city}
    was that {person} or {person2} on {topic}?
    video: {few} minutes of {person} on {topic}
    some liked the {noun} on {topic}, some did not
    mixed night for {person}: one {pos} {noun}, one {neg} {noun}
    replay is on Channel Nine at {clock}
""")

# Remarks on which annotators disagree: the label is drawn for each row.
AMBIGUOUS = _lines("""
    so {person} wants to talk about {topic} again
    {few} minutes on {topic} and {few2} on {topic2}
    did {person} just say {food} and {topic} in one sentence?
    {person} really went there on {topic}
    well, that was {person} on {topic}
    I wonder what {place} thinks of {person} now
    imagine {person} running {state}
    {person} versus {person2} on {topic}, who saw that coming
    not sure what {person} meant about {topic}
    they are still talking about {topic}
    {person} has a lot to say about {topic}
    my {relative} has opinions about {person} and {topic}
    somebody tell {person} about {state}
    only {person} would bring a {object} to a question on {topic}
    is {topic} really the biggest thing in {state}?
    of course {person} brought up {topic}
    nobody asked {person} about {topic} yet
    and there it is, {topic}
    {person} talks about {topic} like my {relative} talks about {pastime}
    just heard {person} on {topic}. hmm
    one {noun} on {topic} and my {relative} is pacing the room
    so now {topic} is about {topic2}?
    {person} just looked at {person2} like a {animal} at a {object}
    guess we are doing {topic} tonight
""")

# --- turns ---------------------------------------------------------------------------------------

# Between two clauses of opposite sentiment; the second one wins.
TURNS = _items("""
    but then, but, but in the end, and then, until suddenly, but after the break, yet somehow,
    but by the end, however later, but an hour later, and yet, but when it counted, then suddenly
""")

# Between two clauses of the same sentiment.
CONTINUATIONS = _items("""
    and, and then, and also, plus, and in the end, and after the break, and an hour later, then,
    and by the end, and when it counted
""")

TURN_OPENINGS = _items("""
    honestly, okay, folks, well, my take, tonight, recap, so, for the record, funny, quick review,
    short version, hm
""")

# --- colour --------------------------------------------------------------------------------------

RELATIVES = _items("""
    mom, dad, grandma, wife, husband, sister, brother, neighbor, roommate, uncle, aunt, boss,
    cousin, grandpa, daughter, son, niece, nephew, barber, dentist, teacher, landlord, plumber,
    mailman, babysitter, coach, godmother, stepdad, fiancé, mother-in-law, coworker, therapist
""")

ANIMALS = _items("""
    dog, cat, goldfish, hamster, parrot, goat, llama, turtle, rooster, elephant, raccoon, pigeon,
    squirrel, donkey, penguin, lobster, hedgehog, chicken, mule, ferret, moose, beagle, poodle
""")

FOODS = _items("""
    pizza, popcorn, nachos, tacos, cookies, leftover lasagna, pretzels, soup, pancakes, meatloaf,
    guacamole, cereal, ice cream, peanut butter, cornbread, chili, brownies, noodles, waffles,
    pickles, dumplings, hummus, oatmeal, potato salad, blueberry pie, grilled cheese, ramen, toast
""")

DRINKS = _items("""
    coffee, iced tea, lemonade, root beer, cocoa, cider, ginger ale, water, milk, seltzer,
    green tea, orange juice, tomato juice
""")

OBJECTS = _items("""
    toaster, napkin, teapot, cereal box, cocktail umbrella, mailbox, stapler, lawn mower, doorknob,
    calculator, blender, sandwich board, ladder, lampshade, kettle, bumper sticker, typewriter,
    fortune cookie, coffee filter, shopping list, snow globe, tambourine, wheelbarrow, cushion
""")

PASTIMES = _items("""
    bowling, golf, gardening, fishing, knitting, karaoke, bingo, curling, crossword, baking,
    wrestling, poker, chess, spelling bee, figure skating, dog grooming, antiques, weather,
    home improvement, ballroom dancing, archery, juggling, ping pong
""")

SEASONS = _items("summer, year, month, season, decade, week")
WEEKDAYS = _items("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday")
CLOCKS = _items("8pm, 9pm, nine, eight, 7:30, 10pm, noon, midnight, 6 sharp, half past eight")
FEW = _items("""
    two, three, five, ten, four, six, seven, eight, 20, 15, 12, 30, 90, 45, nine, eleven, 17, 40,
    twenty, thirty, 100, sixty, fourteen, 25, 50
""")

COMPANY = _items("""
    friends, my book club, the neighbors, my class, coworkers, the whole family, my roommates,
    strangers at the airport, three cats, the night shift, my bowling team, the choir, my in-laws,
    the chess club, a room full of nurses, other farmers, my study group, the volunteers
""")

ACTIVITIES = _items("""
    folding laundry, doing the dishes, grading papers, cooking dinner, walking the dog, knitting,
    driving home, packing for camp, ironing shirts, painting the fence, feeding the baby,
    waiting for the bus, fixing a bike, sorting receipts, peeling potatoes, watering tomatoes,
    stuck at the airport, working the night shift, doing taxes, cleaning the garage,
    assembling a bookshelf, studying for finals, baking bread, polishing shoes, mending socks,
    building a birdhouse, rocking the baby, brushing the cat, shelling peas, writing thank-you notes
""")

PLACES = _items("""
    farmers, teachers, the night shift, the middle class, working families, veterans, nurses,
    commuters, my hometown, rural towns, retirees, truckers, students, shopkeepers, carpenters,
    my whole street, the folks back home, firefighters, librarians, electricians, waitresses,
    mechanics, fishermen, bakers, welders, pharmacists
""")

ASIDES = _lines("""
    from a couch in {city}
    said my {relative}
    at least here in {city}
    over {food} and {drink}
    and I say that as someone from {state}
    in my humble opinion
    while {activity}
    watching with {company}
    and my {animal} agrees
    just my two cents
    if you ask {company}
    as seen from {city}
    ask any of the {place}
    between bites of {food}
    before the {pastime} came on
    says the {animal}
    and it's only {weekday}
    while my {relative} made {food}
    greetings from {city}
    typed with {food} on my fingers
    twenty years in {city} and still
    no offense to {state}
    you heard it here first
    my {relative} and I both think so
    on a {weekday} of all days
    I live in {state}, I should know
    not that {place} care
    in the waiting room in {city}
    with the sound off
    at my {relative}'s house
""")

POSITIVE_OPENINGS = _items("""
    Wow, Yes, Bravo, Amen, Well done, Nice, Finally, Boom, Love it, Hooray, This, Respect,
    Hallelujah, Go go go, Applause, Yay
""")

NEGATIVE_OPENINGS = _items("""
    Ugh, Seriously, Wow, Sigh, Really, Yikes, Enough, Come on, Good grief, Nope, Oh please, Sorry,
    Unreal, Facepalm, Ouch, Boo, Disgusted, Please, Wrong, Shame
""")

NEUTRAL_OPENINGS = _items("""
    Update, Question, Live, Now, FYI, Watch, Reminder, Hey, Breaking, Tonight, Just in, Q&amp;A,
    Quick one, Reading, Here we go, Note, Listen, Schedule
""")

HASHTAGS = _items("""
    #GOPDebate, #GOPDebates, #DebateNight, #Debate, #politics, #tcot, #vote, #debatewithme,
    #election, #nofilter, #democracy, #askthemall, #popcorntime, #livetweet, #factcheck, #economy,
    #undecided, #swingstate, #ChannelNine, #couchpolitics, #civics101, #firstvote, #primary
""")

HANDLE_FIRST = _items("""
    porch, maple, quiet, river, tallgrass, blue, cactus, lantern, pickle, button, thunder, velvet,
    copper, ginger, harbor, pixel, waffle, cedar, comet, dusty, mellow, nimble, paper, rusty,
    sunny, turnip, walnut, willow, zebra, biscuit, canyon, domino, echo, fiddle, gravel, hazel
""")

HANDLE_SECOND = _items("""
    owl, fern, radio, baker, otter, voter, notes, teapot, piano, sparrow, mom, dad, farmer, nurse,
    runner, reader, lemon, badger, kite, wagon, quilt, saddle, spoon, sailor, drummer, beacon,
    pebble, rocket, writer, gazette, walrus, planner, cobbler, tuba, marmot, sock
""")

TIME_ZONES = _items("""
    Eastern Time (US & Canada), Central Time (US & Canada), Pacific Time (US & Canada),
    Mountain Time (US & Canada), Quito, Arizona, Atlantic Time (Canada), London, Alaska, Hawaii
""")
